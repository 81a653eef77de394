import { assert, constantFrom, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareText, type Comparison, type ListedDevice } from '../../../src/keys/identity/compare.ts'
import { clients, writeCommand, writeFingerprint } from '../../../src/keys/clients/clients.ts'
import type { OmemoClient } from '../../../src/keys/clients/client.ts'
import { deviceLink, invitationLink, trustLink } from '../../../src/keys/identity/uri.ts'
import { vectors } from '../signed-history.ts'

const jid = 'press@example.org'
const listed: readonly ListedDevice[] = vectors.devices.map(({ id, name, fingerprint, ed25519 }, n) => ({
  jid,
  id,
  name,
  fingerprint,
  ed25519,
  isRevoked: n === 2,
}))
const [phone, laptop, revoked] = listed as [ListedDevice, ListedDevice, ListedDevice]
const kind = (text: string) => compareText(text, listed).kind
const commandsOf = (account: string, device: ListedDevice) =>
  clients.flatMap(client => writeCommand(account, device, client) ?? [])

describe('a device that is listed', () => {
  test.each(clients)('is known in the form of $id, alone, among words, and with another', client => {
    const [one, other] = [phone, laptop].map(device => writeFingerprint(device, client))
    for (const text of [one!, `  ${one}\n`, `OMEMO fingerprint: ${one}.`, `${one}\n${other}`]) {
      expect([text, kind(text)]).toEqual([text, 'listed'])
    }
    expect(compareText(one!, listed).message).toContain('phone')
  })

  test('is known by its link, its invitation, its Ed25519 form and the lines that trust it', () => {
    for (const text of [
      deviceLink(jid, [phone, laptop]),
      invitationLink(jid, [phone]),
      trustLink(jid, [phone.ed25519!], [revoked.ed25519!]),
      phone.ed25519!,
      ...commandsOf(jid, phone),
    ]) {
      expect([text, kind(text)]).toEqual([text, 'listed'])
    }
  })
})

describe('everything else is no good news', () => {
  test.each<readonly [Comparison['kind'], string]>([
    ['revoked', revoked.fingerprint],
    ['revoked', deviceLink(jid, [phone, revoked])],
    ['revoked', trustLink(jid, [revoked.ed25519!], [])],
    ['contradiction', trustLink(jid, [], [phone.ed25519!])],
    ['contradiction', deviceLink('eve@example.org', [phone])],
    ['contradiction', deviceLink(jid, [{ id: 7, fingerprint: phone.fingerprint }])],
    ...commandsOf('eve@example.org', phone).map(line => ['contradiction', line] as const),
    ['unlisted', 'f'.repeat(64)],
    ['unlisted', deviceLink(jid, [phone, { id: 7, fingerprint: 'f'.repeat(64) }])],
    ['unlisted', `${phone.fingerprint}\n${'f'.repeat(64)}`],
    ['unreadable', ''],
    ['unreadable', 'hello'],
    ['unreadable', phone.fingerprint.slice(0, 56)],
    ['unreadable', `${phone.fingerprint} ${phone.fingerprint.slice(0, 56)}`],
    ['unreadable', `${phone.fingerprint}00`],
    ['unreadable', `xmpp:${jid}`],
    ['contradiction', `xmpp:${jid}?omemo-sid-1=00`],
    ['contradiction', 'xmpp:%E0%A4%A?omemo-sid-1=00'],
  ])('%s: %s', (expected, text) => expect(kind(text)).toBe(expected))

  test('no fingerprint with a digit changed, lost or added is ever listed', () => {
    const digits = [...'0123456789abcdef', '']
    const isRefused = (n: number, at: number, digit: string, client: OmemoClient) => {
      const key = listed[n]![client.shows]!
      const wrong = key.slice(0, at) + digit + key.slice(at + 1)
      const text = writeFingerprint({ fingerprint: wrong, ed25519: wrong }, client)
      return wrong === key || kind(text!) !== 'listed'
    }
    const run = property(
      integer({ min: 0, max: 4 }),
      integer({ min: 0, max: 63 }),
      constantFrom(...digits),
      constantFrom(...clients),
      isRefused,
    )
    expect(() => assert(run, { numRuns: 2000 })).not.toThrow()
  })
})
