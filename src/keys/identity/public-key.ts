import { refuse, type Checked } from './refusal.ts'
import { decodeBase64, parseSshKey, rsaBits, sshFingerprint } from '../verify/ssh-key.ts'

/** A key beside the OMEMO ones, with everything that a page shows of it. */
export type PublicKey =
  | { readonly type: 'ssh'; readonly key: string; readonly comment: string; readonly fingerprint: string }
  | {
      readonly type: 'openpgp'
      readonly fingerprint: string
      readonly file?: string | undefined
      /** Of the file, 64 lower-case hexadecimal digits; `keys sign` writes it. */
      readonly sha256?: string | undefined
    }
  | { readonly type: 'age'; readonly key: string }
  | { readonly type: 'minisign'; readonly key: string; readonly id: string }

const wrong = (message: string, hint: string) => refuse('keys/public-key', message, hint)

/** A private key in the manifest would be published with it: say so loudly, before anything else. */
const isPrivate = (text: string) => /PRIVATE KEY|^AGE-SECRET-KEY|^untrusted comment: .*secret/i.test(text)

const exposed = () =>
  wrong(
    'This is a private key',
    'remove it and make a new pair: it may have been seen; publish the public half',
  )

export function checkSshKey(text: string): Checked<PublicKey> {
  if (isPrivate(text)) return exposed()
  if (/[\r\n]/.test(text.trim())) return wrong('An SSH key is one line', 'one entry for every key')
  const key = parseSshKey(text)
  if (!key) {
    const hint =
      'copy the line of ~/.ssh/id_ed25519.pub: type, base64, comment; ed25519, ecdsa and rsa are known'
    return wrong('This is not an SSH public key', hint)
  }
  const bits = rsaBits(key)
  if (bits !== undefined && bits < 2048) {
    return wrong(`An RSA key of ${bits} bits can be broken`, 'make a new one: ssh-keygen -t ed25519')
  }
  const fingerprint = sshFingerprint(key.blob)
  const line = `${key.type} ${key.blob.toString('base64')}`
  return { value: { type: 'ssh', key: line, comment: key.comment, fingerprint } }
}

/** A recipient is Bech32 (BIP 173) of 32 bytes or, for age1pq1…, of an ML-KEM-768 and X25519 key. */
export function checkAgeKey(text: string): Checked<PublicKey> {
  if (isPrivate(text)) return exposed()
  const match = /^(age|age1pq|age1tagpq|age1tag)1([02-9ac-hj-np-z]+)$/.exec(text)
  if (!match?.[1] || !match[2]) {
    return wrong('This is not an age recipient', 'copy the line that begins with age1: age-keygen -y key.txt')
  }
  const data = [...match[2]].map(c => 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'.indexOf(c))
  const prefix = [...match[1]].map(c => c.charCodeAt(0))
  const sum = bech32Sum([...prefix.map(c => c >> 5), 0, ...prefix.map(c => c & 31), ...data])
  if (sum !== 1 || (match[1] === 'age' && text.length !== 62)) {
    return wrong('A letter of this age recipient is wrong', 'copy it again: age-keygen -y key.txt')
  }
  return { value: { type: 'age', key: text } }
}

/** The checksum of BIP 173, which is 1 for a whole string. */
function bech32Sum(values: readonly number[]): number {
  const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
  let sum = 1
  for (const value of values) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    for (const [bit, g] of generator.entries()) if ((top >> bit) & 1) sum ^= g
  }
  return sum
}

/** Two letters for the algorithm, the key's id in little-endian, an Ed25519 key. */
export function checkMinisignKey(text: string): Checked<PublicKey> {
  if (isPrivate(text)) return exposed()
  const bytes = decodeBase64(text)
  if (bytes?.length !== 42 || bytes.toString('latin1', 0, 2) !== 'Ed') {
    return wrong('This is not a minisign public key', 'copy the second line of minisign.pub, RW…')
  }
  const id = Buffer.from(bytes.subarray(2, 10).toReversed()).toString('hex').toUpperCase()
  return { value: { type: 'minisign', key: text, id } }
}

export function checkOpenpgpFingerprint(text: string): Checked<string> {
  if (isPrivate(text)) return exposed()
  const folded = text.replace(/^0x|[\s:]/gi, '').toUpperCase()
  return /^([0-9A-F]{40}|[0-9A-F]{64})$/.test(folded)
    ? { value: folded }
    : wrong(
        'An OpenPGP fingerprint has 40 hexadecimal digits, or 64 since version 6',
        'a key id is too short, anybody can make one like it; see gpg --fingerprint',
      )
}
