import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAuditedSite } from '../../tests/xmpp/audited-site.ts'
import { clear } from '../../tests/tree.ts'

/** Audits many accounts on a real server again and again, and prints how long each took: the slowest, and the median. */
async function count(accounts: number, devices: number, runs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'imprimatur-soak-'))
  const site = await startAuditedSite(folder, accounts, devices)
  const times: number[] = []
  let alarms = 0
  try {
    for (let i = 0; i < runs; i++) {
      const { code, stdout, stderr, took } = await site.audit()
      times.push(took)
      if (code === 0) continue
      alarms++
      console.error(`run ${i} exits ${code}:\n${stdout}${stderr}`)
    }
  } finally {
    await site.stop()
    clear(folder)
  }
  const sorted = times.toSorted((a, b) => a - b)
  const seconds = (time = 0) => `${(time / 1000).toFixed(2)} s`
  console.log(
    `${accounts} accounts of ${devices} devices, ${runs} clean runs: ${alarms} false alarms, ` +
      `median ${seconds(sorted[sorted.length >> 1])}, slowest ${seconds(sorted.at(-1))}`,
  )
  if (alarms > 0) process.exitCode = 1
}

await count(1, 2, 50)
await count(100, 10, 3)
