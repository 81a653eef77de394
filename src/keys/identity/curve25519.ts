import { createPrivateKey, createPublicKey, diffieHellman, type KeyObject } from 'node:crypto'
import { refuse, type Checked } from './refusal.ts'

/** The field of Curve25519 and Ed25519, RFC 7748, section 4.1. */
const p = 2n ** 255n - 19n

/** The coefficient A of v² = u³ + Au² + u. */
const a = 486662n

/**
 * A scalar that X25519 leaves as it is (a multiple of 8 between 2²⁵⁴ and 2²⁵⁵) and that is −1 modulo the order
 * L of the prime subgroup. X25519 with it gives back u exactly for the points that `d·G` can be: on Curve25519,
 * without torsion, in canonical form. On the twist, whose order is another prime, and for a point with a torsion
 * component, which the factor 8 removes, it gives another number; for a point of low order it refuses to answer.
 * So one native X25519 of 0.1 ms replaces a square root and a multiplication by L, of 3 ms.
 */
const minusOne = '50000000000000000000000000000000685ae1592ed6102fb85bef83d0cd23a0'

let scalar: KeyObject | undefined

/**
 * Could a client have made this fingerprint? Of keys with one wrong digit, 15 in 16 are refused.
 * @param fingerprint 64 lower-case hexadecimal digits: u in little-endian, as RFC 7748, section 5, encodes it
 */
export function checkCurve(fingerprint: string): Checked<string> {
  const bytes = Buffer.from(fingerprint, 'hex')
  scalar ??= createPrivateKey({
    key: Buffer.concat([
      Buffer.from('302e020100300506032b656e04220420', 'hex'),
      Buffer.from(minusOne, 'hex').toReversed(),
    ]),
    format: 'der',
    type: 'pkcs8',
  })
  try {
    const key = Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), bytes])
    const publicKey = createPublicKey({ key, format: 'der', type: 'spki' })
    if (diffieHellman({ privateKey: scalar, publicKey }).equals(bytes)) return { value: fingerprint }
  } catch {
    // A point of low order: X25519 would give nothing but zeros, and OpenSSL refuses to.
  }
  return refuse(
    'keys/curve',
    `No client can have made this key: ${flaw(bytes)}`,
    'at least one digit is wrong, or it is not an OMEMO fingerprint: copy it again from the client',
  )
}

function flaw(bytes: Buffer): string {
  if ((bytes[31] ?? 0) & 0x80) return 'its highest bit is set, and Curve25519 keys leave it clear'
  const u = toNumber(bytes)
  if (u >= p) return 'it is not below 2²⁵⁵ − 19'
  const square = modulo(u * (u * (u + a) + 1n))
  if (square === 0n || u === 1n || u === p - 1n) return 'it is one of the few points of low order'
  return power(square, (p - 1n) / 2n) === 1n
    ? 'its point has a torsion component'
    : 'its point is on the twist, not on Curve25519'
}

/**
 * The Curve25519 form of an Ed25519 public key, u = (1 + y) / (1 − y), RFC 7748, section 4.1; both are 64
 * hexadecimal digits. The sign bit of the Ed25519 form is lost, which is why it cannot be computed backwards.
 */
export function toCurve25519(ed25519: string): Checked<string> {
  const bytes = Buffer.from(ed25519, 'hex')
  bytes[31] = (bytes[31] ?? 0) & 0x7f
  const y = toNumber(bytes)
  if (y >= p || y === 1n) {
    return refuse(
      'keys/ed25519',
      'This is not an Ed25519 public key',
      'copy it again, or leave out ed25519: only trust-message links need it',
    )
  }
  const u = modulo((1n + y) * power(1n - y, p - 2n))
  return {
    value: Buffer.from(Buffer.from(u.toString(16).padStart(64, '0'), 'hex').toReversed()).toString('hex'),
  }
}

const toNumber = (littleEndian: Uint8Array) =>
  BigInt(`0x${Buffer.from(littleEndian.toReversed()).toString('hex')}`)

const modulo = (n: bigint) => ((n % p) + p) % p

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = modulo(base)
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % p
    square = (square * square) % p
  }
  return result
}
