import { createHash } from 'node:crypto'
import { refuse, type Checked } from './refusal.ts'
import { decodeBase64 } from '../verify/ssh-key.ts'

const wrong = (message: string, hint: string) => refuse('keys/public-key', message, hint)

const block =
  /^\s*-----BEGIN PGP PUBLIC KEY BLOCK-----\r?\n(?:[A-Za-z]+: [^\r\n]*\r?\n)*[ \t]*\r?\n((?:[A-Za-z0-9+/=]+\r?\n)+?)(?:=[A-Za-z0-9+/]{4}\r?\n)?-----END PGP PUBLIC KEY BLOCK-----\s*$/

/** What a certificate may hold behind its primary key: signatures, user ids and attributes, subkeys, padding (RFC 9580, 10.1). */
const inCertificate: ReadonlySet<number> = new Set([2, 13, 14, 17, 21])

/**
 * Is this armoured file the public key of that fingerprint (RFC 9580, section 5.5.4), and nothing else? `gpg --import` takes
 * every key of every block of a file, so one block with one primary key is all that may be in it.
 */
export function checkOpenpgpFile(armoured: string, fingerprint: string): Checked<string> {
  const again = `export it anew: gpg --armor --export ${fingerprint}`
  if (/PRIVATE KEY/.test(armoured)) {
    return wrong('This is a private key', 'remove it and make a new pair: it may have been seen')
  }
  const body = block.exec(armoured)?.[1]
  const bytes = body === undefined ? undefined : decodeBase64(body.replace(/\s/g, ''))
  if (!bytes) return wrong('The file is not one armoured OpenPGP public key, and nothing else', again)
  const packets = readPackets(bytes)
  const [primary, ...others] = packets ?? []
  if (primary?.tag !== 6) return wrong('The file is not an OpenPGP public key', again)
  if (others.some(({ tag }) => tag === 6)) {
    return wrong('There is a second key in the file, which nobody signed', again)
  }
  const strange = others.find(({ tag }) => !inCertificate.has(tag))
  if (strange)
    return wrong(`The file has a packet of the kind ${strange.tag}, which is no part of a key`, again)
  const actual = openpgpFingerprint(primary.body)
  return actual === fingerprint
    ? { value: fingerprint }
    : wrong(`The file is the key ${actual}`, 'export the key of the fingerprint, or correct the fingerprint')
}

interface Packet {
  readonly tag: number
  readonly body: Buffer
}

/** All packets to the last byte; undefined where they do not end there, or have a length that is not told beforehand. */
function readPackets(bytes: Buffer): readonly Packet[] | undefined {
  const packets: Packet[] = []
  let at = 0
  while (at < bytes.length) {
    const header = readHeader(bytes, at)
    if (!header || header.start + header.length > bytes.length) return undefined
    at = header.start + header.length
    packets.push({ tag: header.tag, body: bytes.subarray(header.start, at) })
  }
  return packets
}

/** RFC 9580, section 4.2: the present format, with lengths of one, two or five bytes, and the legacy one. */
function readHeader(bytes: Buffer, at: number) {
  const [head = 0, first = 0, second = 0] = bytes.subarray(at, at + 3)
  if ((head & 0x80) === 0) return undefined
  const word = () => (at + 6 <= bytes.length ? bytes.readUInt32BE(at + 2) : Infinity)
  if (head & 0x40) {
    const tag = head & 0x3f
    if (first < 192) return { tag, start: at + 2, length: first }
    if (first < 224) return { tag, start: at + 3, length: (first - 192) * 256 + second + 192 }
    return first === 255 ? { tag, start: at + 6, length: word() } : undefined
  }
  const tag = (head >> 2) & 0xf
  const kind = head & 3
  if (kind === 0) return { tag, start: at + 2, length: first }
  if (kind === 1) return { tag, start: at + 3, length: first * 256 + second }
  if (kind === 2)
    return { tag, start: at + 5, length: at + 5 <= bytes.length ? bytes.readUInt32BE(at + 1) : Infinity }
  return undefined
}

function openpgpFingerprint(packet: Buffer): string {
  const isOld = packet[0] === 4
  const head = Buffer.alloc(isOld ? 3 : 5)
  head[0] = isOld ? 0x99 : 0x9b
  if (isOld) head.writeUInt16BE(packet.length, 1)
  else head.writeUInt32BE(packet.length, 1)
  const hash = createHash(isOld ? 'sha1' : 'sha256')
  return hash.update(head).update(packet).digest('hex').toUpperCase()
}
