import { toCurve25519 } from '../identity/curve25519.ts'

/** What a bundle says of the key of a device, as far as it can be read. */
export interface IdentityKey {
  /** The Curve25519 form, 64 lower-case hexadecimal digits. */
  readonly fingerprint: string
  /** The Ed25519 form, where that is what is handed out. */
  readonly ed25519?: string | undefined
}

/**
 * Reads the identity key of a bundle. Version 0.3 of XEP-0384 writes a Curve25519 key as libsignal does, a byte 5 and
 * 32 bytes; the present one (section 5.3.1) an Ed25519 key of 32 bytes. Undefined when it is neither.
 */
export function readIdentityKey(namespace: string, base64: string): IdentityKey | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64)) return undefined
  const bytes = Buffer.from(base64, 'base64')
  if (namespace !== 'urn:xmpp:omemo:2') {
    const isWire = bytes.length === 33 && bytes[0] === 5
    return isWire ? { fingerprint: bytes.subarray(1).toString('hex') } : undefined
  }
  if (bytes.length !== 32) return undefined
  const ed25519 = bytes.toString('hex')
  const fingerprint = toCurve25519(ed25519).value
  return fingerprint === undefined ? undefined : { fingerprint, ed25519 }
}
