import { spawnSync } from 'node:child_process'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { writeFileSync } from 'node:fs'
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

/** A key of a FIDO token, and a signature by it (openssh, PROTOCOL.u2f), as the token makes them. */
function signWithToken(flags: number) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const [type, application] = ['sk-ssh-ed25519@openssh.com', 'ssh:']
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(12)
  const blob = Buffer.concat([wireString(type), wireString(raw), wireString(application)])
  const hash = (data: Uint8Array | string) => createHash('sha256').update(data).digest()
  const parts = [namespace, '', 'sha256'].map(wireString)
  const signed = Buffer.concat([Buffer.from('SSHSIG'), ...parts, wireString(hash(message))])
  const token = Buffer.from([flags, 0, 0, 0, 7])
  const signature = sign(null, Buffer.concat([hash(application), token, hash(signed)]), privateKey)
  const inner = wireString(Buffer.concat([wireString(type), wireString(signature), token]))
  const all = Buffer.concat([Buffer.from('SSHSIG\0\0\0\x01', 'latin1'), wireString(blob), ...parts, inner])
  const lines = all
    .toString('base64')
    .match(/.{1,70}/g)!
    .join('\n')
  return {
    list: `${me} ${type} ${blob.toString('base64')}`,
    signature: `-----BEGIN SSH SIGNATURE-----\n${lines}\n-----END SSH SIGNATURE-----\n`,
  }
}

const touched = signWithToken(1)
const untouched = signWithToken(0)
const dss = `eve@example.org ssh-dss ${wireString('ssh-dss').toString('base64')}`
const certificate = 'ssh-ed25519-cert-v01@openssh.com'
const cert = `eve@example.org ${certificate} ${wireString(certificate).toString('base64')}`

type Answer = 'good' | 'bad'

/** What is tried, the list, the signature, what both answer. */
const agreed: readonly (readonly [string, string, string, Answer])[] = [
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
  ['another namespace', `${me} namespaces="git" ${line}`, good, 'bad'],
  ['a pattern that excludes', `!${me},* ${line}`, good, 'bad'],
]

/** Signatures that this program refuses and ssh-keygen accepts, with the reason of each. */
const stricter: readonly (readonly [string, string, string, string])[] = [
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
]

const folder = folderWith()

function answersOf(list: string, signature: string): readonly [ours: Answer, theirs: Answer] {
  const signers = readAllowedSigners({ path: 'allowed_signers', text: `${list}\n` }).value
  const key = checkSignature(Buffer.from(message), signature).value
  const isOurs = signers && key && authorise(signers, key, me, now).value !== undefined
  const [listFile, signatureFile] = [join(folder, 'list'), join(folder, 'signature')]
  writeFileSync(listFile, `${list}\n`)
  writeFileSync(signatureFile, signature)
  const args = ['-Y', 'verify', '-f', listFile, '-I', me, '-n', namespace, '-s', signatureFile]
  const time = `verify-time=${now
    .toISOString()
    .replace(/\.\d+|\D/g, '')
    .slice(0, 14)}Z`
  const { status } = spawnSync('ssh-keygen', [...args, '-O', time], { input: message })
  return [isOurs ? 'good' : 'bad', status === 0 ? 'good' : 'bad']
}

test.each(agreed)('with ssh-keygen: %s', (_, list, signature, answer) => {
  expect(answersOf(list, signature)).toEqual([answer, answer])
})

test.each(stricter)('stricter than ssh-keygen: %s', (_, list, signature, why) => {
  expect([...answersOf(list, signature), why]).toEqual(['bad', 'good', expect.stringContaining(' ')])
})
