import { expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { startAuditedSite } from './audited-site.ts'

/** The long form is tools/soak/audit.ts: npm run soak:audit. */
test('eight accounts of three devices, three times, without a false alarm', async () => {
  const site = await startAuditedSite(folderWith(), 8, 3)
  try {
    for (let i = 0; i < 3; i++) {
      const { code, stdout, stderr } = await site.audit()
      expect([code, stdout, stderr]).toEqual([0, expect.stringMatching(/^All is well: .* 8 accounts /), ''])
    }
  } finally {
    await site.stop()
  }
})
