import { createHash, createPublicKey, type KeyObject } from 'node:crypto'

/** A public key in the SSH wire format, RFC 4253, section 6.6. */
export interface SshKey {
  readonly type: string
  /** The whole blob, base64 in a `.pub` file. */
  readonly blob: Buffer
  readonly comment: string
}

/** Reads length-prefixed strings, RFC 4251, section 5. Throws a RangeError where the data ends too early. */
export class WireReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  uint32(): number {
    const value = this.#bytes.readUInt32BE(this.#at)
    this.#at += 4
    return value
  }

  take(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw new RangeError('the data ends too early')
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  string(): Buffer {
    return this.take(this.uint32())
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }
}

export const wireString = (data: Uint8Array | string): Buffer => {
  const bytes = Buffer.from(data)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** Node decodes leniently; a key or signature has to be exactly what its text says. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

/** Reads the line of a `.pub` file: type, base64, comment. Undefined when it is anything else. */
export function parseSshKey(line: string): SshKey | undefined {
  const [type = '', base64 = '', ...comment] = line.trim().split(/[ \t]+/)
  const blob = decodeBase64(base64)
  if (!blob || blob.length === 0) return undefined
  const key = { type, blob, comment: comment.join(' ') }
  return readKey(key) === undefined ? undefined : key
}

/** `SHA256:…`, as ssh-keygen -l prints it. */
export const sshFingerprint = (blob: Buffer): string =>
  `SHA256:${createHash('sha256')
    .update(blob)
    .digest('base64')
    .replace(/(?<!=)=+$/, '')}`

export const curves: Record<string, { name: string; crv: string; length: number; hash: string }> = {
  'ecdsa-sha2-nistp256': { name: 'nistp256', crv: 'P-256', length: 32, hash: 'sha256' },
  'ecdsa-sha2-nistp384': { name: 'nistp384', crv: 'P-384', length: 48, hash: 'sha384' },
  'ecdsa-sha2-nistp521': { name: 'nistp521', crv: 'P-521', length: 66, hash: 'sha512' },
  // Of a FIDO token; openssh, PROTOCOL.u2f, knows this curve only.
  'sk-ecdsa-sha2-nistp256@openssh.com': { name: 'nistp256', crv: 'P-256', length: 32, hash: 'sha256' },
}

const base64url = (bytes: Buffer) => bytes.toString('base64url')

/** The key as node:crypto wants it; undefined for a kind that is not ed25519, ecdsa (of a token, too) or rsa, or a broken blob. */
export function readKey({ type, blob }: Pick<SshKey, 'type' | 'blob'>): KeyObject | undefined {
  try {
    const reader = new WireReader(blob)
    if (reader.string().toString('latin1') !== type) return undefined
    const jwk = readJwk(type, reader)
    return jwk && reader.isAtEnd ? createPublicKey({ key: jwk, format: 'jwk' }) : undefined
  } catch {
    return undefined
  }
}

/** The length of an RSA key in bits; undefined for a key of another kind. */
export const rsaBits = (key: Pick<SshKey, 'type' | 'blob'>): number | undefined =>
  key.type === 'ssh-rsa' ? readKey(key)?.asymmetricKeyDetails?.modulusLength : undefined

function readJwk(type: string, reader: WireReader) {
  if (type === 'ssh-ed25519') {
    const x = reader.string()
    return x.length === 32 ? { kty: 'OKP', crv: 'Ed25519', x: base64url(x) } : undefined
  }
  if (type === 'sk-ssh-ed25519@openssh.com') {
    const [x, application] = [reader.string(), reader.string()]
    return x.length === 32 && application.length > 0
      ? { kty: 'OKP', crv: 'Ed25519', x: base64url(x) }
      : undefined
  }
  if (type === 'ssh-rsa') {
    const [e, n] = [reader.string(), reader.string()]
    return { kty: 'RSA', e: base64url(withoutSign(e)), n: base64url(withoutSign(n)) }
  }
  const curve = curves[type]
  if (!curve || reader.string().toString('latin1') !== curve.name) return undefined
  const point = reader.string()
  if (point.length !== 1 + 2 * curve.length || point[0] !== 4) return undefined
  if (type.startsWith('sk-') && reader.string().length === 0) return undefined
  const [x, y] = [point.subarray(1, 1 + curve.length), point.subarray(1 + curve.length)]
  return { kty: 'EC', crv: curve.crv, x: base64url(x), y: base64url(y) }
}

/** An mpint has a zero in front where its highest bit is set, RFC 4251, section 5. */
export const withoutSign = (mpint: Buffer): Buffer => (mpint[0] === 0 ? mpint.subarray(1) : mpint)
