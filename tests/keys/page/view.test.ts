import { expect, test } from 'vitest'
import { deviceCodesPart, devicesPart, startPart } from '../../../src/keys/page/parts.ts'
import { createWordbook } from '../../../src/keys/page/words/wordbook.ts'
import { viewAccount } from '../../../src/keys/page/view.ts'
import { vectors } from '../signed-history.ts'

const context = {
  manifest: { serial: 3, issued: '2026-01-02' },
  base: '/',
  siteUrl: 'https://example.org',
  signerKey: 'SHA256:x',
  words: createWordbook({ lang: 'en' }),
}
const jid = 'press@example.org'
const [phone, laptop, desktop] = vectors.devices as [
  (typeof vectors.devices)[0],
  (typeof vectors.devices)[0],
  (typeof vectors.devices)[0],
]
const compared = { on: '2026-11-20', how: 'on-device' } as const
const servers = { on: '2026-11-20', how: 'server' } as const

test('a device that only the server vouches for is in the table, and in no link and no code', () => {
  const devices = [
    { ...phone, verified: compared },
    { ...laptop, verified: servers },
    { ...desktop, verified: compared, revoked: { on: '2026-11-20', reason: 'lost' } },
  ]
  const account = viewAccount({ jid, invitation: true, devices })
  const texts = [...account.meant.keys(), account.qr?.text, ...account.devices.map(({ qr }) => qr?.text)]
  for (const text of texts) {
    for (const key of [laptop.fingerprint, laptop.ed25519, desktop.fingerprint]) {
      expect(text ?? '').not.toContain(key)
    }
  }
  expect(account.link).toContain(phone.fingerprint)
  expect(String(devicesPart(account, context))).toContain(laptop.fingerprint)
  expect(String(deviceCodesPart(account, context))).not.toContain(String(laptop.id))
})

test('an account without a device that was compared has no code, and says why', () => {
  const account = viewAccount({ jid, invitation: false, devices: [{ ...laptop, verified: servers }] })
  expect(account.link).toBe(`xmpp:${jid}`)
  expect(String(startPart(account, context))).toContain('There is no code: no device')
})
