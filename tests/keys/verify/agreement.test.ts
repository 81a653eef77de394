import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { authorise, readAllowedSigners } from '../../../src/keys/verify/allowed-signers.ts'
import { checkSignature, namespace } from '../../../src/keys/verify/ssh-signature.ts'
import { wireString } from '../../../src/keys/verify/ssh-key.ts'
import { folderWith } from '../../folder.ts'
import { newSigner, now, publicLine, signText } from '../signed-history.ts'

const message = 'version: 1\n'
const signer = newSigner()
const line = publicLine(signer)
const good = signText(message, signer)
const me = 'press@example.org'

const hash = (data: Uint8Array | string, algorithm = 'sha256') => createHash(algorithm).update(data).digest()

/** What a signature is over (openssh, PROTOCOL.sshsig), its reserved part empty. */
const parts = [namespace, '', 'sha256'].map(wireString)
const signedData = Buffer.concat([Buffer.from('SSHSIG'), ...parts, wireString(hash(message))])

function armour(blob: Buffer, signature: Buffer): string {
  const head = Buffer.from('SSHSIG\0\0\0\x01', 'latin1')
  const all = Buffer.concat([head, wireString(blob), ...parts, wireString(signature)])
  const lines = all
    .toString('base64')
    .match(/.{1,70}/g)!
    .join('\n')
  return `-----BEGIN SSH SIGNATURE-----\n${lines}\n-----END SSH SIGNATURE-----\n`
}

interface Signed {
  /** A line of allowed_signers. */
  readonly list: string
  readonly signature: string
}

const listed = (type: string, blob: Buffer) => `${me} ${type} ${blob.toString('base64')}`

/** A whole number as SSH writes it, without zeros in front but the one that keeps it from being negative; or with `zeros` more. */
function mpint(bytes: Buffer, zeros = 0): Buffer {
  const short = bytes.subarray(bytes.findIndex(byte => byte !== 0))
  const sign = (short[0] ?? 0) & 0x80 ? 1 : 0
  return wireString(Buffer.concat([Buffer.alloc(sign + zeros), short]))
}

interface Token {
  readonly flags: number
  readonly kind?: 'ed25519' | 'ecdsa'
}

/** A key of a FIDO token, and a signature by it (openssh, PROTOCOL.u2f), as the token makes them. */
function signWithToken({ flags, kind = 'ed25519' }: Token): Signed {
  const application = 'ssh:'
  const token = Buffer.from([flags, 0, 0, 0, 7])
  const data = Buffer.concat([hash(application), token, hash(signedData)])
  if (kind === 'ed25519') {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const type = 'sk-ssh-ed25519@openssh.com'
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(12)
    const blob = Buffer.concat([wireString(type), wireString(raw), wireString(application)])
    const inner = Buffer.concat([wireString(type), wireString(sign(null, data, privateKey)), token])
    return { list: listed(type, blob), signature: armour(blob, inner) }
  }
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const type = 'sk-ecdsa-sha2-nistp256@openssh.com'
  const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-65)
  const blob = Buffer.concat(
    [type, 'nistp256'].map(wireString).concat(wireString(point), wireString(application)),
  )
  const raw = sign('sha256', data, { key: privateKey, dsaEncoding: 'ieee-p1363' })
  const numbers = wireString(Buffer.concat([mpint(raw.subarray(0, 32)), mpint(raw.subarray(32))]))
  return {
    list: listed(type, blob),
    signature: armour(blob, Buffer.concat([wireString(type), numbers, token])),
  }
}

/** A signature by an ECDSA key whose r has so many zeros in front of it that nobody needs. */
function signWithEcdsa(zeros: number): Signed {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const type = 'ecdsa-sha2-nistp256'
  const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-65)
  const blob = Buffer.concat([wireString(type), wireString('nistp256'), wireString(point)])
  const raw = sign('sha256', signedData, { key: privateKey, dsaEncoding: 'ieee-p1363' })
  const numbers = Buffer.concat([mpint(raw.subarray(0, 32), zeros), mpint(raw.subarray(32))])
  return {
    list: listed(type, blob),
    signature: armour(blob, Buffer.concat([wireString(type), wireString(numbers)])),
  }
}

/** A signature by an RSA key that begins with a zero, over a text of its own, whole and without that zero. */
function signWithRsa(): Signed & { readonly text: string; readonly short: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 })
  const { e = '', n = '' } = publicKey.export({ format: 'jwk' })
  const [exponent, modulus] = [e, n].map(part => Buffer.from(part, 'base64url'))
  const blob = Buffer.concat([wireString('ssh-rsa'), mpint(exponent!), mpint(modulus!)])
  const inner = (raw: Buffer) => Buffer.concat([wireString('rsa-sha2-512'), wireString(raw)])
  // One in 256 does.
  for (let text = message; ; text += '#\n') {
    const data = Buffer.concat([Buffer.from('SSHSIG'), ...parts, wireString(hash(text))])
    const raw = sign('sha512', data, privateKey)
    if (raw[0] !== 0) continue
    const [whole, short] = [raw, raw.subarray(1)].map(each => armour(blob, inner(each)))
    return { list: listed('ssh-rsa', blob), signature: whole!, short: short!, text }
  }
}

/** The other s of the same Ed25519 signature: s + L, which RFC 8032, section 5.1.7, refuses. */
function signWithLargeS(): Signed {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const type = 'ssh-ed25519'
  const blob = Buffer.concat([
    wireString(type),
    wireString(publicKey.export({ format: 'der', type: 'spki' }).subarray(12)),
  ])
  const raw = sign(null, signedData, privateKey)
  const order = 2n ** 252n + 27742317777372353535851937790883648493n
  const s = BigInt(`0x${Buffer.from(raw.subarray(32).toReversed()).toString('hex')}`) + order
  const large = Buffer.from(Buffer.from(s.toString(16).padStart(64, '0'), 'hex').toReversed())
  const inner = Buffer.concat([wireString(type), wireString(Buffer.concat([raw.subarray(0, 32), large]))])
  return { list: listed(type, blob), signature: armour(blob, inner) }
}

/** A certificate that an authority gave, and a signature by its key. */
function signWithCertificate(): Signed {
  const run = (args: readonly string[], input = '') =>
    execFileSync('ssh-keygen', args, {
      cwd: folder,
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    })
  for (const name of ['authority', 'user']) run(['-q', '-t', 'ed25519', '-N', '', '-f', name])
  run(['-q', '-s', 'authority', '-I', 'id', '-n', me, 'user.pub'])
  const signature = run(['-Y', 'sign', '-n', namespace, '-f', 'user-cert.pub'], message)
  const [type, base64] = readFileSync(join(folder, 'authority.pub'), 'utf8').split(' ')
  return { list: `${me} cert-authority ${type} ${base64}`, signature }
}

function withVersion0(signature: string): string {
  const bytes = Buffer.from(signature.replace(/-----.*-----|\n/g, ''), 'base64')
  bytes.writeUInt32BE(0, 'SSHSIG'.length)
  const lines = bytes
    .toString('base64')
    .match(/.{1,70}/g)!
    .join('\n')
  return `-----BEGIN SSH SIGNATURE-----\n${lines}\n-----END SSH SIGNATURE-----\n`
}

const folder = folderWith()
const touched = signWithToken({ flags: 1 })
const untouched = signWithToken({ flags: 0 })
const withPin = signWithToken({ flags: 5 })
const ecdsaToken = signWithToken({ flags: 1, kind: 'ecdsa' })
const untouchedEcdsaToken = signWithToken({ flags: 0, kind: 'ecdsa' })
const [ecdsa, paddedEcdsa] = [signWithEcdsa(0), signWithEcdsa(3)]
const rsa = signWithRsa()
const largeS = signWithLargeS()
const certified = signWithCertificate()
const ofVersion0 = withVersion0(good)
const dss = `eve@example.org ssh-dss ${wireString('ssh-dss').toString('base64')}`
const certificate = 'ssh-ed25519-cert-v01@openssh.com'
const cert = `eve@example.org ${certificate} ${wireString(certificate).toString('base64')}`

type Answer = 'good' | 'bad'

/** What is tried, the list, the signature, what both answer. */
const agreed: readonly (readonly [string, string, string, Answer, text?: string | undefined])[] = [
  ['as it should be', `${me} ${line}`, good, 'good'],
  ['CRLF in the signature', `${me} ${line}`, good.replaceAll('\n', '\r\n'), 'bad'],
  ['a blank among principals', `"you@example.org, ${me}" ${line}`, good, 'bad'],
  ['a blank among namespaces', `${me} namespaces="git, ${namespace}" ${line}`, good, 'bad'],
  ['namespaces twice', `${me} namespaces="${namespace}",namespaces="${namespace}" ${line}`, good, 'bad'],
  ['valid-after twice', `${me} valid-after="20260101Z",valid-after="20260102Z" ${line}`, good, 'bad'],
  ['a byte order mark before the list', `\ufeff${me} ${line}`, good, 'bad'],
  ['a DSS key beside ours', `${dss}\n${me} ${line}`, good, 'good'],
  ['a certificate beside ours', `${me} ${line}\n${cert}`, good, 'good'],
  ['the key of a token beside ours', `${touched.list}\n${me} ${line}`, good, 'good'],
  ['an authority of certificates beside ours', `${me} cert-authority ${line}\n${me} ${line}`, good, 'good'],
  ['an authority of certificates alone', `${me} cert-authority ${line}`, good, 'bad'],
  ['a token that was touched', touched.list, touched.signature, 'good'],
  ['a token that was not', untouched.list, untouched.signature, 'good'],
  ['a token whose flags were changed', touched.list, untouched.signature, 'bad'],
  ['a token that asked for a PIN', withPin.list, withPin.signature, 'good'],
  ['an ECDSA token that was touched', ecdsaToken.list, ecdsaToken.signature, 'good'],
  ['an ECDSA token that was not', untouchedEcdsaToken.list, untouchedEcdsaToken.signature, 'good'],
  ['an ECDSA token whose flags were changed', ecdsaToken.list, untouchedEcdsaToken.signature, 'bad'],
  ['the key of an ECDSA token beside ours', `${ecdsaToken.list}\n${me} ${line}`, good, 'good'],
  ['an ECDSA key', ecdsa.list, ecdsa.signature, 'good'],
  ['an RSA signature that begins with a zero', rsa.list, rsa.signature, 'good', rsa.text],
  ['another namespace', `${me} namespaces="git" ${line}`, good, 'bad'],
  ['a pattern that excludes', `!${me},* ${line}`, good, 'bad'],
]

/** Signatures that this program refuses and ssh-keygen accepts, with the reason of each. */
const stricter: readonly (readonly [string, string, string, why: string, text?: string | undefined])[] = [
  [
    'text behind the signature',
    `${me} ${line}`,
    `${good}hello\n`,
    'nothing unsigned lies beside what is signed',
  ],
  [
    'a second signature behind it',
    `${me} ${line}`,
    good + good,
    'a file has one signature, or nobody knows which counts',
  ],
  [
    'a blank line in the armour',
    `${me} ${line}`,
    good.replace('-----\n', '-----\n\n'),
    'ssh-keygen writes none',
  ],
  [
    'a day that does not exist',
    `${me} valid-after="20260230Z" ${line}`,
    good,
    'a typo in a limit must not pass for a limit',
  ],
  ['a line that is none behind ours', `${me} ${line}\nwho knows`, good, 'half of a list may be missing'],
  ['a line that is none before ours', `who knows\n${me} ${line}`, good, 'half of a list may be missing'],
  [
    'a tab in the armour',
    `${me} ${line}`,
    good.replace(/(?<=\n.{20})/, '\t'),
    'ssh-keygen writes none, and base64 has one way to be written',
  ],
  [
    'an RSA signature without the zero that it begins with',
    rsa.list,
    rsa.short,
    'RFC 8017, section 8.2.2: it is as long as the modulus',
    rsa.text,
  ],
  ['a signature of version 0', `${me} ${line}`, ofVersion0, 'PROTOCOL.sshsig has version 1 and no other'],
  [
    'an Ed25519 signature whose s is too large',
    largeS.list,
    largeS.signature,
    'RFC 8032, section 5.1.7: there is one signature, and not two',
  ],
  [
    'an ECDSA signature with zeros that nobody needs',
    paddedEcdsa.list,
    paddedEcdsa.signature,
    'RFC 4251, section 5: a number is written in one way',
  ],
  [
    'a limit with a small z',
    `${me} valid-before="20990101z" ${line}`,
    good,
    'ssh-keygen(1) has a capital one, and newer versions may read this as a local time',
  ],
  [
    'a limit that holds in some time zones only',
    `${me} valid-before="${now.toISOString().slice(0, 10).replaceAll('-', '')}1800" ${line}`,
    good,
    'ssh-keygen takes the zone of whoever runs it, and no two machines may judge differently',
  ],
  [
    'a certificate whose authority is listed',
    certified.list,
    certified.signature,
    'the page names a key, and a certificate names whoever its authority says',
  ],
]

function answersOf(list: string, signature: string, text = message): readonly [ours: Answer, theirs: Answer] {
  const signers = readAllowedSigners({ path: 'allowed_signers', text: `${list}\n` }).value
  const key = checkSignature(Buffer.from(text), signature).value
  const isOurs = signers && key && authorise(signers, key, me, now).value !== undefined
  const [listFile, signatureFile] = [join(folder, 'list'), join(folder, 'signature')]
  writeFileSync(listFile, `${list}\n`)
  writeFileSync(signatureFile, signature)
  const args = ['-Y', 'verify', '-f', listFile, '-I', me, '-n', namespace, '-s', signatureFile]
  const time = `verify-time=${now
    .toISOString()
    .replace(/\.\d+|\D/g, '')
    .slice(0, 14)}Z`
  const { status } = spawnSync('ssh-keygen', [...args, '-O', time], { input: text })
  return [isOurs ? 'good' : 'bad', status === 0 ? 'good' : 'bad']
}

const named = <Row extends readonly [string, ...unknown[]]>(rows: readonly Row[]) =>
  rows.map(row => [row[0], row] as const)

test.each(named(agreed))('with ssh-keygen: %s', (_, [, list, signature, answer, text]) => {
  expect(answersOf(list, signature, text)).toEqual([answer, answer])
})

test.each(named(stricter))('stricter than ssh-keygen: %s', (_, [, list, signature, why, text]) => {
  expect([...answersOf(list, signature, text), why]).toEqual(['bad', 'good', expect.stringContaining(' ')])
})
