import { createHash, generateKeyPairSync } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  checkAgeKey,
  checkMinisignKey,
  checkOpenpgpFingerprint,
  checkSshKey,
} from '../../../src/keys/identity/public-key.ts'
import { checkOpenpgpFile } from '../../../src/keys/identity/openpgp-file.ts'

describe('SSH keys', () => {
  const folder = mkdtempSync(join(tmpdir(), 'imprimatur-ssh-'))
  const make = (name: string, ...options: string[]) => {
    const file = join(folder, name)
    execFileSync('ssh-keygen', ['-q', '-N', '', '-C', 'a comment', '-f', file, ...options])
    return file
  }

  test.each([
    ['ed25519', ['-t', 'ed25519']],
    ['rsa', ['-t', 'rsa', '-b', '2048']],
    ['ecdsa', ['-t', 'ecdsa', '-b', '521']],
  ] as const)('%s: the fingerprint is that of ssh-keygen', (name, options) => {
    const file = make(name, ...options)
    const { value } = checkSshKey(readFileSync(`${file}.pub`, 'utf8'))
    const listing = execFileSync('ssh-keygen', ['-lf', `${file}.pub`], { encoding: 'utf8' })
    expect(value).toMatchObject({ type: 'ssh', comment: 'a comment', fingerprint: listing.split(' ')[1] })
  })

  test('a private key, a short RSA key, an altered one and two lines are refused', () => {
    const file = make('one', '-t', 'ed25519')
    const pub = readFileSync(`${file}.pub`, 'utf8')
    const short = readFileSync(`${make('short', '-t', 'rsa', '-b', '1024')}.pub`, 'utf8')
    for (const text of [
      readFileSync(file, 'utf8'),
      short,
      pub.replace('ssh-ed25519', 'ssh-rsa'),
      pub.replace('AAAA', 'AAAB'),
      `${pub}${pub}`,
      'ssh-ed25519',
      '',
    ]) {
      expect(checkSshKey(text).refusal?.code).toBe('keys/public-key')
    }
  })
})

test('age: the vector of the format’s own documentation, and any letter of it changed', () => {
  const key = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'
  expect(checkAgeKey(key).value).toEqual({ type: 'age', key })
  for (let at = 4; at < key.length; at++) {
    const wrong = key.slice(0, at) + (key[at] === 'q' ? 'p' : 'q') + key.slice(at + 1)
    expect(checkAgeKey(wrong).refusal?.hint).toContain('age-keygen')
  }
  expect(checkAgeKey('AGE-SECRET-KEY-1').refusal?.message).toContain('private')
})

test('minisign: a public key with its id, and nothing shorter', () => {
  const bytes = Buffer.concat([
    Buffer.from('Ed'),
    Buffer.from('0102030405060708', 'hex'),
    Buffer.alloc(32, 7),
  ])
  const key = bytes.toString('base64')
  expect(checkMinisignKey(key).value).toEqual({ type: 'minisign', key, id: '0807060504030201' })
  expect(checkMinisignKey(key.slice(4)).refusal?.code).toBe('keys/public-key')
})

describe('OpenPGP', () => {
  /** A transferable public key of nobody’s: one packet, version 4, EdDSA (RFC 9580, section 5.5). */
  const point = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).subarray(12)
  const body = Buffer.concat([
    Buffer.from('0465f0a000160a092b06010401da470f01010740', 'hex').subarray(0, 6),
    point,
  ])
  const length = Buffer.from([body.length])
  const armour = (tag: number) =>
    `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${Buffer.concat([Buffer.from([tag]), length, body]).toString('base64')}\n=AAAA\n-----END PGP PUBLIC KEY BLOCK-----\n`
  const prefix = Buffer.from([0x99, 0, body.length])
  const fingerprint = createHash('sha1').update(prefix).update(body).digest('hex').toUpperCase()

  test.each([0x98, 0xc6])('a file of the fingerprint, in the packet format %i', tag => {
    expect(checkOpenpgpFile(armour(tag), fingerprint)).toEqual({ value: fingerprint })
  })

  test('a file of another key, of a private one, or of none', () => {
    expect(checkOpenpgpFile(armour(0x98), '0'.repeat(40)).refusal?.message).toContain(fingerprint)
    expect(checkOpenpgpFile(armour(0x94), fingerprint).refusal).toBeDefined()
    expect(checkOpenpgpFile('-----BEGIN PGP PRIVATE KEY BLOCK-----', fingerprint).refusal?.message).toContain(
      'private',
    )
    expect(checkOpenpgpFile('hello', fingerprint).refusal).toBeDefined()
  })

  const second = Buffer.concat([Buffer.from([0x98]), length, body.toReversed()])
  const armourOf = (...packets: readonly Uint8Array[]) =>
    `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${Buffer.concat(packets).toString('base64')}\n-----END PGP PUBLIC KEY BLOCK-----\n`
  const primary = Buffer.concat([Buffer.from([0x98]), length, body])
  const userId = Buffer.from([0xcd, 3, 0x61, 0x62, 0x63])

  test('a key with its user id is one key', () => {
    expect(checkOpenpgpFile(armourOf(primary, userId), fingerprint)).toEqual({ value: fingerprint })
  })

  test.each([
    ['two keys in one block', armourOf(primary, userId, second)],
    ['two blocks', armourOf(primary) + armourOf(second)],
    ['text behind the block', `${armourOf(primary)}hello`],
    ['a packet that is no part of a key', armourOf(primary, Buffer.from([0xcb, 1, 0]))],
    ['a secret key behind it', armourOf(primary, Buffer.from([0xc5, 1, 4]))],
    ['a byte behind the last packet', armourOf(primary, Buffer.from([0xcd]))],
    ['a packet that does not end', armourOf(primary, Buffer.from([0xcd, 9, 1]))],
    ['a length in parts', armourOf(primary, Buffer.from([0xcd, 0xe0, 1, 0]))],
  ])('%s: nobody signed that', (_, file) => {
    expect(checkOpenpgpFile(file, fingerprint).refusal?.code).toBe('keys/public-key')
  })

  test('a fingerprint as gpg writes it', () => {
    const written = `0x${fingerprint.toLowerCase().replace(/.{4}/g, '$& ')}`
    expect(checkOpenpgpFingerprint(written).value).toBe(fingerprint)
    expect(checkOpenpgpFingerprint(fingerprint.slice(-16)).refusal?.hint).toContain('key id')
  })
})
