import { assert, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { addDevice, extendDevice, setSignedFields, setVerified } from '../../../src/keys/manifest/edit.ts'
import { fixture } from '../signed-history.ts'

const file = (text: string) => ({ path: 'keys.yaml', text })
const odd = fixture('layout/keys.yaml')
const device = {
  id: 7,
  name: 'tablet',
  fingerprint: 'aa'.repeat(32),
  verified: { on: '2026-11-20', how: 'qr' },
}
const head = {
  serial: 4,
  issued: '2026-11-21',
  previous: `sha256:${'0'.repeat(64)}`,
  signer: 'press@example.org',
}

/** Every line of `before` is still there, in order: nothing but additions and the values asked for. */
function removedLines(before: string, after: string): string[] {
  const rest = after.split('\n')
  return before.split('\n').filter(line => {
    const at = rest.indexOf(line)
    if (at >= 0) rest.splice(0, at + 1)
    return at < 0
  })
}

describe('edits leave comments and layout alone', () => {
  test.each([odd, odd.replaceAll('\n', '\r\n'), odd.trimEnd()])('adding a device to an account', text => {
    const edited = addDevice(file(text), 'press@example.org', device).value!
    expect(removedLines(text, edited).filter(line => line.trim() !== '')).toEqual([])
    expect(parse(edited).accounts[0].devices.at(-1)).toEqual(device)
    expect(edited.includes('\r\n')).toBe(text.includes('\r\n'))
    expect(/[^\r]\n/.test(edited)).toBe(!text.includes('\r\n'))
  })

  test('adding a device to a flow list, to an empty one, and to an account that is not there', () => {
    for (const jid of ['flow@example.org', 'empty@example.org', 'new@example.org']) {
      const edited = addDevice(file(odd), jid, device).value!
      expect(removedLines(odd, edited).length).toBeLessThanOrEqual(1)
      const account = parse(edited).accounts.find((each: { jid: string }) => each.jid === jid)
      expect(account.devices.at(-1)).toEqual(device)
    }
  })

  test('adding the first device of all', () => {
    for (const text of ['version: 1\n', 'version: 1', 'version: 1\naccounts: []\n']) {
      const edited = addDevice(file(text), 'press@example.org', device).value!
      expect(parse(edited)).toEqual({
        version: 1,
        accounts: [{ jid: 'press@example.org', devices: [device] }],
      })
    }
  })

  test('a comment says where a device is from, where the list has room for it', () => {
    for (const jid of ['press@example.org', 'flow@example.org', 'empty@example.org', 'new@example.org']) {
      const edited = addDevice(file(odd), jid, device, { comment: 'from a link\u202e\nof x' }).value!
      expect(removedLines(odd, edited).length).toBeLessThanOrEqual(1)
      const account = parse(edited).accounts.find((each: { jid: string }) => each.jid === jid)
      expect(account.devices.at(-1)).toEqual(device)
      expect(edited.includes('- id: 7 # from a link of x\n')).toBe(jid !== 'flow@example.org')
    }
  })

  test('how a device was verified is written anew, in block and in flow style, or for the first time', () => {
    const verified = { on: '2026-11-21', how: 'on-device' }
    const { accounts } = parse(odd) as { accounts: { devices: object[] }[] }
    for (const [n, { devices }] of accounts.entries()) {
      for (const d of devices.keys()) {
        const edited = setVerified(file(odd), n, d, verified).value!
        expect(parse(edited).accounts[n].devices[d]).toEqual({ ...devices[d], verified })
        const comments = (text: string) => text.match(/#.*/g)
        expect(comments(edited)).toEqual(comments(odd))
      }
    }
  })

  test('revoking a device, in block and in flow style', () => {
    const revoked = { on: '2026-11-20', reason: 'lost: in a train, “somewhere”' }
    for (const [account, at] of [
      [0, 0],
      [0, 1],
      [1, 0],
    ] as const) {
      const edited = extendDevice(file(odd), account, at, { revoked }).value!
      expect(parse(edited).accounts[account].devices[at].revoked).toEqual(revoked)
      expect(removedLines(odd, edited).length).toBeLessThanOrEqual(1)
    }
  })

  test('signing sets what is there and inserts what is not', () => {
    const edited = setSignedFields(file(odd), head).value!
    expect(parse(edited)).toEqual({ ...parse(odd), ...head })
    expect(removedLines(odd, edited)).toEqual(['serial: 3   # by the program', "issued: '2026-05-01'"])
    expect(edited).toContain('serial: 4   # by the program')
    expect(setSignedFields(file('version: 1\n'), head).value).toBe(
      `version: 1\nserial: 4\nissued: 2026-11-21\nprevious: ${head.previous}\nsigner: press@example.org\n`,
    )
  })
})

const survives = (name: string) => {
  const edited = addDevice(file(odd), 'press@example.org', { ...device, name })
  return parse(edited.value!).accounts[0].devices.at(-1).name === name
}

test('any text survives being written', () => {
  expect(() => assert(property(string({ unit: 'grapheme', minLength: 1 }), survives))).not.toThrow()
})

test('a layout that cannot be edited is left alone and reported', () => {
  const { value, diagnostics } = setSignedFields(file('{ version: 1 }\n'), head)
  expect(value).toBeUndefined()
  expect(diagnostics.map(({ code }) => code)).toEqual(['keys/edit'])
})
