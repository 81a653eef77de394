import { execFileSync } from 'node:child_process'
import { createCipheriv, generateKeyPairSync, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { secretsIn, secretsInText } from '../../src/document/secrets.ts'
import { folderWith } from '../folder.ts'

const bytes = (file: string | Uint8Array) => Buffer.from(file as string)
const kinds = (file: Uint8Array) => secretsIn(file).map(({ kind }) => kind)

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const edwards = generateKeyPairSync('ed25519')
const protectedBy = { cipher: 'aes-256-cbc', passphrase: 'a passphrase' } as const
const pkcs8 = edwards.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string

function openSsh(...options: readonly string[]): Buffer {
  const file = join(folderWith(), 'key')
  execFileSync('ssh-keygen', ['-q', '-N', '', '-f', file, ...options])
  return readFileSync(file)
}

const random = (length: number) => randomBytes(length).toString('base64')
const bech32 = (length: number, alphabet: string) =>
  Array.from(randomBytes(length), byte => alphabet[byte % alphabet.length]).join('')

/** A packet of OpenPGP whose body is this key’s: tag 5, version 4, Ed25519. */
const packet = (tag: number) => Buffer.concat([Buffer.from([tag, 90, 4, 0x65, 0, 0, 0, 22]), randomBytes(90)])

describe('a private key is found, whatever made it and however it is wrapped', () => {
  test.each<[kind: string, file: Uint8Array]>([
    ['an OpenSSH private key', openSsh('-t', 'ed25519')],
    ['an RSA private key', openSsh('-t', 'rsa', '-m', 'PEM')],
    ['a private key', bytes(pkcs8)],
    ['an RSA private key', bytes(rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }) as string)],
    ['an EC private key', bytes(ec.privateKey.export({ type: 'sec1', format: 'pem' }) as string)],
    [
      'an encrypted private key',
      bytes(rsa.privateKey.export({ type: 'pkcs8', format: 'pem', ...protectedBy }) as string),
    ],
    [
      'an RSA private key',
      bytes(rsa.privateKey.export({ type: 'pkcs1', format: 'pem', ...protectedBy }) as string),
    ],
    ['a private key in DER (PKCS #8)', edwards.privateKey.export({ type: 'pkcs8', format: 'der' })],
    ['a private key in DER (PKCS #8)', rsa.privateKey.export({ type: 'pkcs8', format: 'der' })],
    ['an RSA private key in DER', rsa.privateKey.export({ type: 'pkcs1', format: 'der' })],
    ['an EC private key in DER', ec.privateKey.export({ type: 'sec1', format: 'der' })],
    [
      'an encrypted private key in DER',
      rsa.privateKey.export({ type: 'pkcs8', format: 'der', ...protectedBy }),
    ],
    ['a private JSON Web Key', bytes(JSON.stringify(ec.privateKey.export({ format: 'jwk' })))],
    ['an OpenPGP private key', packet(0x94)],
    ['an OpenPGP private key', packet(0xc5)],
    [
      'an OpenPGP private key',
      bytes(`-----BEGIN PGP PRIVATE KEY BLOCK-----\nComment: of the press\n\n${random(60)}\n`),
    ],
    [
      'a private key of PuTTY',
      bytes(
        `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPublic-Lines: 1\n${random(30)}\nPrivate-Lines: 1\n${random(48)}\n`,
      ),
    ],
    [
      'an age secret key',
      bytes(`# public key: age1…\nAGE-SECRET-KEY-1${bech32(58, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L')}\n`),
    ],
    [
      'a minisign secret key',
      bytes(`untrusted comment: minisign encrypted secret key\nRWRTY0Iy${random(150)}\n`),
    ],
    ['a minisign secret key', bytes(`untrusted comment: minisign secret key\nRWQAAEIy${random(150)}\n`)],
    ['a signify secret key', bytes(`untrusted comment: signify secret key\nRWRCS${random(100)}\n`)],
    [
      'a secret key of a Tor onion service',
      Buffer.concat([bytes('== ed25519v1-secret: type0 =='), randomBytes(67)]),
    ],
    ['a WireGuard private key', bytes(`[Interface]\nPrivateKey = ${random(32)}\nAddress = 10.0.0.2/32\n`)],
    ['a Nostr private key', bytes(`nsec1${bech32(58, 'qpzry9x8gf2tvdw0s3jn54khce6mua7l')}`)],
    [
      'an OMEMO client’s private identity key',
      bytes(`[identity]\nidentity_key_public=BQ\nidentity_key_private=${random(33)}\n`),
    ],
    [
      'an OMEMO client’s private identity key',
      bytes(JSON.stringify({ identityKeyPair: { pubKey: random(33), privKey: random(32) } })),
    ],
    [
      'an OMEMO client’s store of keys',
      bytes('SQLite format 3\0…CREATE TABLE identity (id INTEGER, identity_key_private_base64 TEXT)'),
    ],
    [
      'an OMEMO client’s store of keys',
      bytes('SQLite format 3\0…CREATE TABLE identities( account TEXT, ownKey NUMBER, key TEXT)'),
    ],
  ])('%s (%#)', (kind, file) => {
    expect(kinds(file)[0]).toBe(kind)
  })

  test.each<[where: string, wrapped: string | Uint8Array]>([
    ['in JSON', JSON.stringify({ type: 'service', private_key: pkcs8 })],
    ['in a quotation', pkcs8.replace(/^/gm, '> ')],
    ['in an indented block', pkcs8.replace(/^/gm, '    ')],
    ['in HTML', `<pre>${pkcs8.replaceAll('\n', '<br>\n')}</pre>`],
    ['with the line ends of Windows', pkcs8.replaceAll('\n', '\r\n')],
    ['without any', pkcs8.replaceAll('\n', ' ')],
    ['in a program, line by line', pkcs8.replace(/^(.*)$/gm, '"$1\\n" +')],
    ['in UTF-16, as PowerShell writes', Buffer.from(`\ufeff${pkcs8}`, 'utf16le')],
    ['in UTF-16, the other way', Buffer.from(`\ufeff${pkcs8}`, 'utf16le').swap16()],
    ['behind a megabyte of something else', 'x '.repeat(600_000) + pkcs8],
  ])('%s', (_, wrapped) => {
    expect(kinds(bytes(wrapped))).toEqual(['a private key'])
  })

  test('anywhere in a text, at its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (before, after) => {
        const text = `${before}\n${pkcs8}${after}`
        const found = secretsInText(text)
        expect(found).toContainEqual({ kind: 'a private key', at: text.indexOf('-----BEGIN') })
        expect(kinds(bytes(text))).toContain('a private key')
      }),
    )
  })
})

test.each<[kind: string, text: string]>([
  ['a Nostr private key', `nsec1${bech32(58, 'qpzry9x8gf2tvdw0s3jn54khce6mua7l')}`],
  ['a secret key of a Tor onion service', '== ed25519v1-secret: type0 =='],
  ['a minisign secret key', `RWRTY0Iy${random(150)}`],
  ['a minisign secret key', `RWQAAEIy${random(150)}`],
  ['a signify secret key', `RWRCS${random(100)}`],
  ['a WireGuard private key', `\nPrivateKey = ${random(32)}\n`],
  ['a private JSON Web Key', JSON.stringify(ec.privateKey.export({ format: 'jwk' }))],
  ['an age secret key', `AGE-SECRET-KEY-1${bech32(58, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L')}`],
  ['an OMEMO client’s private identity key', `identity_key_private=${random(33)}\n`],
  ['an OMEMO client’s private identity key', `"privKey":"${random(32)}"`],
])('in a text, and among numbers: %s (%#)', (kind, text) => {
  for (const before of ['', '1 ', 'c1 v1-s ', '11\n'.repeat(31), '1 '.repeat(64), '2011 '.repeat(500)])
    expect(secretsInText(`${before}${text} 1`).map(found => found.kind)).toEqual([kind])
})

test('a key is found wherever it stands among a thousand things that look like the beginning of one', () => {
  const decoy = '-----BEGIN PRIVATE KEY-----\n…\n'
  for (const before of [0, 1, 500, 1000, 1050, 1100, 2000, 2100, 2200, 5000]) {
    const file = bytes(`${decoy.repeat(before)}\n${pkcs8}\n${decoy.repeat(6000)}`)
    expect(secretsIn(file)).toEqual([{ kind: 'a private key', at: Buffer.from(decoy).length * before + 1 }])
  }
})

describe('what holds no private key is none', () => {
  test.each<[what: string, file: string | Uint8Array]>([
    ['a header in prose', 'The file begins with `-----BEGIN OPENSSH PRIVATE KEY-----` and is yours alone.'],
    ['a manual’s example', '-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----\n\nAGE-SECRET-KEY-1…'],
    ['an abbreviated example', '-----BEGIN PRIVATE KEY-----\nMIIE...\n-----END PRIVATE KEY-----'],
    ['a public key', rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string],
    ['a public key in DER', rsa.publicKey.export({ type: 'spki', format: 'der' })],
    ['a public JSON Web Key', JSON.stringify(ec.publicKey.export({ format: 'jwk' }))],
    ['an OpenPGP public key', packet(0x98)],
    ['a minisign public key', `untrusted comment: minisign public key\nRWQ${random(40)}`],
    [
      'what was encrypted',
      createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16)).update(Buffer.alloc(50_000)),
    ],
    ['a database of something else', 'SQLite format 3\0…CREATE TABLE notes (id INTEGER, text TEXT)'],
    ['nothing', ''],
  ])('%s', (_, file) => {
    const text = typeof file === 'string' ? file : ''
    expect([...kinds(bytes(file)), ...secretsInText(text)]).toEqual([])
  })
})
