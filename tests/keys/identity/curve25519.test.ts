import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ed25519 } from '@noble/curves/ed25519.js'
import { describe, expect, test } from 'vitest'
import { checkCurve, toCurve25519 } from '../../../src/keys/identity/curve25519.ts'

const { devices } = JSON.parse(
  readFileSync(new URL('../../fixtures/keys/vectors.json', import.meta.url), 'utf8'),
) as { devices: { fingerprint: string }[] }

const fresh = (type: 'x25519' | 'ed25519') =>
  (type === 'x25519' ? generateKeyPairSync('x25519') : generateKeyPairSync('ed25519')).publicKey
    .export({ format: 'der', type: 'spki' })
    .subarray(12)
    .toString('hex')

const p = 2n ** 255n - 19n

/** The same question, answered by @noble/curves: lift u to the Edwards curve and multiply by the group's order. */
function isPlausible(hex: string): boolean {
  const u = BigInt(`0x${Buffer.from(Buffer.from(hex, 'hex').toReversed()).toString('hex')}`)
  if (u >= p || u === 0n || u === 1n || u === p - 1n) return false
  const { Fp } = ed25519.Point
  const y = Fp.div(Fp.sub(u, 1n), Fp.add(u, 1n))
  try {
    return ed25519.Point.fromBytes(Uint8Array.from(Fp.toBytes(y))).isTorsionFree()
  } catch {
    return false
  }
}

describe('the check of a fingerprint against the curve', () => {
  test('accepts what a client makes', () => {
    for (let n = 0; n < 200; n++) expect(checkCurve(fresh('x25519')).refusal).toBeUndefined()
  })

  test('agrees with @noble/curves on any 32 bytes', () => {
    const near = devices.flatMap(({ fingerprint }) =>
      Array.from({ length: 64 }, (_, at) => fingerprint.slice(0, at) + 'f' + fingerprint.slice(at + 1)),
    )
    for (const hex of [...near, ...Array.from({ length: 60 }, () => fresh('ed25519'))]) {
      expect([hex, checkCurve(hex).refusal === undefined]).toEqual([hex, isPlausible(hex)])
    }
  })

  test('refuses every torsion component and every point of low order', () => {
    const base = ed25519.Point.BASE
    const small = ed25519.Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')
    for (let n = 1; n < 8; n++) {
      const torsion = small.multiplyUnsafe(BigInt(n))
      for (const point of [torsion, base.multiply(5n).add(torsion)]) {
        if (point.equals(ed25519.Point.ZERO)) continue
        const hex = Buffer.from(ed25519.utils.toMontgomery(point.toBytes())).toString('hex')
        expect(checkCurve(hex).refusal?.message).toMatch(/torsion|low order/)
      }
    }
  })

  test('the Ed25519 form converts as @noble/curves converts it', () => {
    for (let n = 0; n < 50; n++) {
      const key = fresh('ed25519')
      const curve = ed25519.utils.toMontgomery(Uint8Array.from(Buffer.from(key, 'hex')))
      expect(toCurve25519(key).value).toBe(Buffer.from(curve).toString('hex'))
    }
  })
})

const share = (wrong: readonly string[]) =>
  (100 * wrong.filter(hex => checkCurve(hex).refusal).length) / wrong.length

const demonstration = [
  ...readFileSync(new URL('../../../pages/about/keys.yaml', import.meta.url), 'utf8').matchAll(
    /^ +fingerprint: ((?:[0-9a-f]{8} ?){8})$/gm,
  ),
].map(([, written = '']) => written.replaceAll(' ', ''))

describe('of the demonstration’s fingerprints', () => {
  test('there are five', () => expect(demonstration).toHaveLength(5))

  test('at least nine in ten of all one-digit typos are refused offline', () => {
    const typos = demonstration.flatMap(fingerprint =>
      [...fingerprint].flatMap((digit, at) =>
        [...'0123456789abcdef']
          .filter(other => other !== digit)
          .map(other => fingerprint.slice(0, at) + other + fingerprint.slice(at + 1)),
      ),
    )
    const refused = share(typos)
    process.stdout.write(`${refused.toFixed(1)} % of ${typos.length} one-digit typos are refused\n`)
    expect(refused).toBeGreaterThanOrEqual(90)
  })

  test('at least nine in ten of all swaps of two groups are refused offline', () => {
    const swaps = demonstration.flatMap(fingerprint =>
      Array.from({ length: 8 }, (_, one) => one).flatMap(one =>
        Array.from({ length: 7 - one }, (_, n) => {
          const groups = fingerprint.match(/.{8}/g)!
          const other = one + n + 1
          ;[groups[one], groups[other]] = [groups[other]!, groups[one]!]
          return groups.join('')
        }),
      ),
    )
    const refused = share(swaps)
    process.stdout.write(`${refused.toFixed(1)} % of ${swaps.length} swaps of two groups are refused\n`)
    expect(refused).toBeGreaterThanOrEqual(90)
  })
})
