import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { hueOf } from '../../src/keys/page/colour.ts'
import { checkCurve, toCurve25519 } from '../../src/keys/identity/curve25519.ts'
import { foldFingerprint, groupsOf } from '../../src/keys/identity/fingerprint.ts'
import { checkJid } from '../../src/keys/identity/jid.ts'
import { readLink } from '../../src/keys/identity/link.ts'
import { deviceLink, encodeNode, saysExactly, trustLink } from '../../src/keys/identity/uri.ts'

interface VectorDevice {
  readonly id: number
  readonly name: string
  readonly ed25519: string
  readonly fingerprint: string
  readonly xep0392Hues: readonly number[]
}

interface Vectors {
  readonly jid: string
  readonly devices: readonly VectorDevice[]
  readonly uri: { devices: readonly number[]; text: string; bytes: number; sha256: string }
  readonly trustMessage: { trust: readonly number[]; distrust: readonly number[]; text: string }
  readonly edToCurve: readonly (readonly [string, string])[]
  readonly notAFingerprint: readonly (readonly [string, string])[]
  readonly nodeEscaping: readonly (readonly [string, string])[]
  readonly jidsRefused: readonly string[]
}

const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../fixtures/keys/vectors.json', import.meta.url), 'utf8'),
)
const device = (id: number) => vectors.devices.find(each => each.id === id)!

describe.each(vectors.devices)('the vector “$name”', ({ id, ed25519, fingerprint, xep0392Hues }) => {
  test('has the hues of XEP-0392', () => {
    expect(groupsOf(fingerprint).map(group => Number(hueOf(group).toFixed(6)))).toEqual(xep0392Hues)
  })

  test('is a key that a client can have made, and its Ed25519 form is the same key', () => {
    expect(checkCurve(fingerprint)).toEqual({ value: fingerprint })
    expect(toCurve25519(ed25519)).toEqual({ value: fingerprint })
  })

  test('comes back out of a link', () => {
    const link = deviceLink(vectors.jid, [{ id, fingerprint }])
    const meant = { jid: vectors.jid, devices: [{ id, fingerprint }], pq: [], trust: [], distrust: [] }
    expect(saysExactly(link, meant)).toBe(true)
  })
})

test('the link of several devices, byte for byte', () => {
  const { text, bytes, sha256, devices } = vectors.uri
  const link = deviceLink(vectors.jid, devices.map(device))
  expect(link).toBe(text)
  expect(Buffer.byteLength(link)).toBe(bytes)
  expect(createHash('sha256').update(link).digest('hex')).toBe(sha256)
})

const keys = (ids: readonly number[]) => ids.map(id => device(id).ed25519)

test('the trust message, byte for byte', () => {
  const { trust, distrust, text } = vectors.trustMessage
  const link = trustLink(vectors.jid, keys(trust), keys(distrust))
  expect(link).toBe(text)
  const meant = { jid: vectors.jid, devices: [], pq: [], trust: keys(trust), distrust: keys(distrust) }
  expect(saysExactly(link, meant)).toBe(true)
})

test.each(vectors.edToCurve)('%s converts to Curve25519', (ed25519, curve) => {
  expect(toCurve25519(ed25519)).toEqual({ value: curve })
})

test.each(vectors.notAFingerprint)('%s is refused: %s', text => {
  const folded = foldFingerprint(text)
  const { refusal } = folded.refusal ? folded : checkCurve(folded.value)
  expect(refusal?.message).toBeTruthy()
  expect(refusal?.hint).toBeTruthy()
})

test.each(vectors.nodeEscaping)('the node %s is written %s', (node, escaped) => {
  expect(encodeNode(node)).toBe(escaped)
  const { fingerprint } = device(1)
  const link = deviceLink(`${node}@example.org`, [{ id: 1, fingerprint }])
  expect(link).toContain(`xmpp:${escaped}@example.org?`)
  expect(readLink(link).link?.jid).toBe(`${node}@example.org`)
})

describe('addresses', () => {
  test.each(vectors.jidsRefused)('%j is refused', jid => {
    for (const allowUnicode of [false, true]) {
      const { refusal } = checkJid(jid, { allowUnicode })
      expect(refusal?.code).toBe('keys/jid')
      expect(refusal?.hint).toBeTruthy()
    }
  })

  test.each(['press@example.org', 'a.b_c~d+e-f@xn--e1aybc.example', 'editor@типография.рф', '7@127.0.0.1'])(
    '%j is accepted',
    jid => expect(checkJid(jid, { allowUnicode: false })).toEqual({ value: jid }),
  )

  test('letters of other scripts need leave', () => {
    expect(checkJid('józef@example.org', { allowUnicode: false }).refusal?.hint).toContain('allowUnicode')
    expect(checkJid('józef@example.org', { allowUnicode: true }).value).toBe('józef@example.org')
  })
})

describe('links with anything but fingerprints are not read', () => {
  const { fingerprint } = device(1)
  const trust = 'xmpp:press@example.org?trust-message;encryption=urn:xmpp:omemo:2'
  test.each([
    'press@example.org',
    'xmpp://press@example.org',
    'xmpp:press',
    `xmpp:press@example.org?join;omemo-sid-1=${fingerprint}`,
    `xmpp:press@example.org?OMEMO-SID-1=${fingerprint}`,
    `xmpp:press@example.org?omemo-sid-1=05${fingerprint}`,
    `xmpp:press@example.org?omemo-sid-1=${fingerprint}&`,
    `xmpp:press@example.org?omemo-sid-1=${fingerprint};`,
    'xmpp:press%40example.org',
    'xmpp:%70ress@example.org',
    'xmpp:eve@example.org%2F@example.org',
    `xmpp:press@example.org?omemo-sid-1=${fingerprint};omemo-sid-1=${fingerprint}`,
    `xmpp:press@example.org?omemo-sid-0=${fingerprint}`,
    `xmpp:press@example.org?omemo-sid-2147483648=${fingerprint}`,
    `xmpp:press@example.org?omemo-sid-1=${fingerprint.slice(1)}`,
    `xmpp:press@example.org?omemo-sid-1=${fingerprint}?omemo-sid-2=${fingerprint}`,
    `xmpp:press@example.org?omemo-sid-1=${fingerprint}#x`,
    'xmpp:%@example.org',
    `${trust.slice(0, -1)}1;trust=${fingerprint}`,
    `${trust};believe=${fingerprint}`,
    `${trust};trust=${fingerprint.slice(1)}`,
  ])('%s', link => expect(readLink(link).strange).toBeTruthy())

  test('the case of the scheme, of the address and of digits makes no difference, nor does a resource', () => {
    const upper = `XMPP:Press@Example.org/phone?omemo-sid-1=${fingerprint.toUpperCase()}`
    expect(readLink(upper).link).toMatchObject({ jid: vectors.jid, devices: [{ id: 1, fingerprint }] })
    const invitation = `https://conversations.im/i/press@example.org?omemo-sid-1=${fingerprint}`
    expect(readLink(invitation).link?.devices).toEqual([{ id: 1, fingerprint }])
  })

  test.each(['message', 'roster', 'subscribe'])('the action %s may stand in front', action => {
    const { link } = readLink(`xmpp:press@example.org?${action};omemo-sid-1=${fingerprint}`)
    expect(link?.devices).toEqual([{ id: 1, fingerprint }])
  })
})
