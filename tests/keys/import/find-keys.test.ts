import { array, assert, constantFrom, nat, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { clients, writeFingerprint } from '../../../src/keys/clients/clients.ts'
import { findKeys } from '../../../src/keys/import/find-keys.ts'
import { vectors } from '../signed-history.ts'

/** Those that show the Curve25519 form; the other is a key of this one by chance only. */
const showing = clients.filter(({ shows }) => shows === 'fingerprint')
const keys = vectors.devices.map(({ fingerprint }) => fingerprint)
const found = (text: string) => findKeys(text).map(({ digits, isKey }) => (isKey ? digits : `no ${digits}`))

/** What stands beside fingerprints, much of it as if it were digits of them. */
const labels = [
  'bad: ',
  'Device 12345678: ',
  'a\n',
  'phone ',
  'cafe babe ',
  '\n\n',
  'deadbeef deadbeef ',
  'id 1204387561, ',
  'Слово: ',
  '00000000 ',
]

test('nothing but the fingerprints of a text is taken for one, as any client writes it, whatever stands beside', () => {
  const piece = tuple(constantFrom(...labels), nat(keys.length - 1), nat(showing.length - 1))
  let [all, missed] = [0, 0]
  assert(
    property(array(piece, { maxLength: 4 }), constantFrom(...labels), (pieces, end) => {
      const devices = pieces.map(([label, n, client]) => ({
        label,
        device: vectors.devices[n]!,
        client: showing[client]!,
      }))
      const text = devices
        .map(({ label, device, client }) => label + writeFingerprint(device, client))
        .join('\n')
      const meant = devices.map(({ device }) => device.fingerprint)
      const seen = findKeys(`${text} ${end}`)
      const certain = seen.filter(({ isKey }) => isKey).map(({ digits }) => digits)
      for (const key of certain) expect(meant).toContain(key)
      all += meant.length
      missed += meant.filter(key => !certain.includes(key)).length
    }),
    { numRuns: 300 },
  )
  // Where a label makes another key with seven groups of a fingerprint, nobody can tell which of the two is meant.
  expect(missed / all).toBeLessThan(0.1)
})

test('a wrong digit is told of, a hash is no key, a part is nothing', () => {
  const [key = ''] = keys
  const wrong = key.replace(/.$/, digit => (digit === '0' ? '1' : '0'))
  const groups = (text: string) => text.replace(/.{8}(?=.)/g, '$& ')
  expect(found(`laptop: ${groups(wrong)}.`)).toEqual([`no ${wrong}`])
  expect(found(`laptop: ${groups(key).slice(0, 60)}.`)).toEqual([])
  expect(found(`wire: 05${key}`)).toEqual([key])
  expect(found(`${key}00`)).toEqual([])
  expect(found('1'.repeat(10_000))).toEqual([])
})

test('a page made to cost time costs little', () => {
  const hostile = 'abcdef01 '.repeat(50_000)
  expect(findKeys(hostile).length).toBeLessThan(10)
})
