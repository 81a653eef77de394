import { createHash, verify } from 'node:crypto'
import { refuse, type Checked } from '../identity/refusal.ts'
import {
  curves,
  decodeBase64,
  readKey,
  rsaBits,
  WireReader,
  wireString,
  withoutSign,
  type SshKey,
} from './ssh-key.ts'

/** What the signatures of manifests are for; a signature made for anything else is none of a manifest. */
export const namespace = 'imprimatur-keys'

const broken = (message: string) =>
  refuse(
    'keys/signature',
    message,
    'put back what was signed; if the change is yours, look at it and sign it: imprimatur keys sign',
  )

interface Signature {
  readonly key: SshKey
  readonly namespace: string
  readonly reserved: Buffer
  readonly hash: string
  /** The algorithm of the signature, which for RSA is another name than that of the key. */
  readonly algorithm: string
  readonly raw: Buffer
  /** Of a FIDO token (openssh, PROTOCOL.u2f): one byte of flags and the four of a counter. */
  readonly token?: Buffer | undefined
}

/**
 * Verifies an armoured signature of `ssh-keygen -Y sign` (openssh, PROTOCOL.sshsig) over `message` and gives the
 * key that made it. Whether that key may sign is for the list of allowed signers to say. Never throws.
 */
export function checkSignature(message: Uint8Array, armoured: string): Checked<SshKey> {
  const body = /^-----BEGIN SSH SIGNATURE-----\n((?:[A-Za-z0-9+/=]+\n)+)-----END SSH SIGNATURE-----\n?$/.exec(
    armoured,
  )?.[1]
  const bytes = body === undefined ? undefined : decodeBase64(body.replaceAll('\n', ''))
  const signature = bytes && readSignature(bytes)
  if (!signature) return broken('The signature file is not an OpenSSH signature')
  if (signature.namespace !== namespace) {
    return broken(`The signature is for “${signature.namespace}”, not for “${namespace}”`)
  }
  const key = readKey(signature.key)
  if (!key) {
    const { type } = signature.key
    return refuse('keys/signature', `Signatures by ${type} keys are not read`, 'sign with an ed25519 key')
  }
  const bits = rsaBits(signature.key)
  if (bits !== undefined && bits < 2048)
    return broken(`The signature is by an RSA key of ${bits} bits, which can be broken`)
  if (!['sha256', 'sha512'].includes(signature.hash)) {
    return broken(`The signature is over a ${signature.hash} hash, which is not allowed`)
  }
  const signed = Buffer.concat([
    Buffer.from('SSHSIG'),
    wireString(signature.namespace),
    wireString(signature.reserved),
    wireString(signature.hash),
    wireString(createHash(signature.hash).update(message).digest()),
  ])
  const rules = algorithmOf(signature)
  if (!rules) return broken(`“${signature.algorithm}” is no signature of a ${signature.key.type} key`)
  const isGood = verify(
    rules.hash,
    tokenMessage(signature, signed),
    { key, dsaEncoding: 'ieee-p1363' },
    rules.raw,
  )
  if (!isGood) return broken('The manifest is not what was signed: one byte or more of it was changed since')
  return { value: signature.key }
}

/** What a token signs: the hash of its application, its flags and counter, and the hash of the message. */
function tokenMessage({ key, token }: Signature, message: Buffer): Buffer {
  if (!token) return message
  // The last part of the key, of either kind.
  const reader = new WireReader(key.blob)
  const strings: Buffer[] = []
  while (!reader.isAtEnd) strings.push(reader.string())
  const application = strings.at(-1) ?? Buffer.alloc(0)
  const hash = (data: Buffer) => createHash('sha256').update(data).digest()
  return Buffer.concat([hash(application), token, hash(message)])
}

function readSignature(bytes: Buffer): Signature | undefined {
  try {
    const reader = new WireReader(bytes)
    if (reader.take(6).toString('latin1') !== 'SSHSIG' || reader.uint32() !== 1) return undefined
    const blob = reader.string()
    const [purpose, reserved, hash] = [reader.string(), reader.string(), reader.string()]
    const signature = new WireReader(reader.string())
    const algorithm = signature.string().toString('latin1')
    const raw = signature.string()
    const token = algorithm.startsWith('sk-') ? signature.take(5) : undefined
    if (!reader.isAtEnd || !signature.isAtEnd) return undefined
    return {
      key: { type: new WireReader(blob).string().toString('latin1'), blob, comment: '' },
      namespace: purpose.toString('utf8'),
      reserved,
      hash: hash.toString('latin1'),
      algorithm,
      raw,
      token,
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The parameters of node:crypto: RFC 8709 (ed25519), RFC 8332 (rsa; never SHA-1), RFC 5656 (ecdsa). */
function algorithmOf({ key, algorithm, raw }: Signature): { hash: string | null; raw: Buffer } | undefined {
  if (key.type === 'ssh-rsa') {
    const hash = { 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' }[algorithm]
    return hash === undefined ? undefined : { hash, raw }
  }
  if (algorithm !== key.type) return undefined
  const curve = curves[key.type]
  if (!curve) return raw.length === 64 ? { hash: null, raw } : undefined
  try {
    const reader = new WireReader(raw)
    const numbers = [withoutSign(reader.string()), withoutSign(reader.string())]
    if (!reader.isAtEnd || numbers.some(({ length }) => length > curve.length)) return undefined
    const padded = numbers.map(number => Buffer.concat([Buffer.alloc(curve.length - number.length), number]))
    return { hash: curve.hash, raw: Buffer.concat(padded) }
  } catch {
    return undefined
  }
}
