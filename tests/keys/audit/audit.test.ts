import { expect, test } from 'vitest'
import { auditAccount, type ServedKeys } from '../../../src/keys/audit/audit.ts'
import { readIdentityKey } from '../../../src/keys/audit/identity-key.ts'
import { place } from '../../build/built-site.ts'
import { days, drafts, newSigner, buildHistory, vectors, verify } from '../signed-history.ts'

const publication = verify(buildHistory(newSigner(), drafts, days)).value!
const [phone, laptop, desktop] = vectors.devices as [Device, Device, Device]
type Device = (typeof vectors.devices)[number]
const [old, present] = ['eu.siacs.conversations.axolotl', 'urn:xmpp:omemo:2']

const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64')
const inOld = ({ id, fingerprint }: Device) => ({ namespace: old, id, keys: [base64(`05${fingerprint}`)] })
const inPresent = ({ id, ed25519 }: Device) => ({ namespace: present, id, keys: [base64(ed25519)] })
const look = (devices: ServedKeys['devices'], obstacles: ServedKeys['obstacles'] = []) =>
  auditAccount(publication, { jid: 'press@example.org', devices, obstacles })
const codes = (...args: Parameters<typeof look>) => look(...args).map(({ code }) => code)

test('the same key in both versions, in either, in both forms', () => {
  const devices = [phone, desktop]
  expect(look([...devices.map(inOld), ...devices.map(inPresent)])).toEqual([])
  expect(look(devices.map(inPresent))).toEqual([])
  expect(look([inOld(phone), inPresent(desktop)])).toEqual([])
})

test('a key that is right in one version and wrong in the other is reported once', () => {
  const swapped = { ...inPresent(phone), keys: inPresent(desktop).keys }
  expect(codes([inOld(phone), swapped, inOld(desktop)])).toEqual(['audit/mismatch'])
  const both = { ...inOld(phone), keys: inOld(desktop).keys }
  expect(codes([both, swapped, inOld(desktop)])).toEqual(['audit/mismatch'])
})

test('what could not be read is reported, and then nothing counts as missing', () => {
  const obstacle = { code: 'audit/forbidden', message: 'x', hint: 'y' } as const
  expect(codes([])).toEqual(['audit/missing', 'audit/missing'])
  expect(codes([], [obstacle])).toEqual(['audit/forbidden'])
  expect(codes([inOld(laptop)], [obstacle])).toEqual(['audit/forbidden', 'audit/revoked'])
})

test('a revoked device with a new key is still the revoked device', () => {
  const found = look([inOld(phone), inOld(desktop), { ...inOld(laptop), keys: inOld(phone).keys }])
  expect(found.map(place)).toEqual([
    expect.stringMatching(/^audit\/revoked pages\/about\/keys\.yaml:\d+:13$/),
  ])
  expect(found[0]?.message).toContain('^^^^^^^^')
})

test('a device of another account is not one of this', () => {
  const found = auditAccount(publication, {
    jid: 'other@example.org',
    devices: [inOld(phone)],
    obstacles: [],
  })
  expect(found.map(({ code }) => code)).toEqual(['audit/unlisted'])
  expect(found[0]?.message).toContain('with the key of “phone”')
})

test('keys are what the two versions write, and nothing else', () => {
  const { fingerprint, ed25519 } = phone
  expect(readIdentityKey(old!, base64(`05${fingerprint}`))).toEqual({ fingerprint })
  expect(readIdentityKey(present!, base64(ed25519))).toEqual({ fingerprint, ed25519 })
  for (const [namespace, text] of [
    [old, base64(fingerprint)],
    [old, base64(`04${fingerprint}`)],
    [old, base64(`0505${fingerprint}`)],
    [old, `${base64(`05${fingerprint}`)}=`],
    [old, base64(`05${fingerprint}`).replace('A', '-')],
    [old, ''],
    [present, base64(`05${ed25519}`)],
    [present, base64(ed25519.slice(2))],
    [present, base64('01'.padEnd(64, '0'))],
    [present, base64('ff'.repeat(32))],
  ] as const) {
    expect([text, namespace === undefined ? 0 : readIdentityKey(namespace, text)]).toEqual([text, undefined])
  }
})

test('a list of hundreds is summed up: the first few in full, the others together', () => {
  const many = Array.from({ length: 498 }, (_, n) => ({
    namespace: old,
    id: 1000 + n,
    keys: [],
    flaw: 'has no bundle',
  }))
  const found = auditAccount(publication, { jid: 'press@example.org', devices: many, obstacles: [] })
  const unlisted = found.filter(({ code }) => code === 'audit/unlisted')
  expect(unlisted).toHaveLength(4)
  expect(unlisted[0]?.message).toContain('a device 1000 of press@example.org')
  expect(unlisted[3]?.message).toBe(
    `The same is so of 495 more devices of press@example.org: ${Array.from({ length: 20 }, (_, n) => 1003 + n).join(', ')} and 475 others`,
  )
  // Ten of a kind are told each by itself.
  const ten = auditAccount(publication, {
    jid: 'press@example.org',
    devices: many.slice(0, 10),
    obstacles: [],
  })
  expect(ten.filter(({ code }) => code === 'audit/unlisted')).toHaveLength(10)
})
