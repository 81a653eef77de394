import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { domainToASCII, domainToUnicode } from 'node:url'
import { ed25519 } from '@noble/curves/ed25519.js'
import { isAlias, isScalar, parseDocument, visit } from 'yaml'

/**
 * A verifier written from src/keys/FORMAT.md alone: it imports nothing of the program, and leaves signatures to ssh-keygen. It
 * stands here to hold the text to its word; the numbers are those of the text. Of OpenPGP files it checks the hash alone.
 */
export interface Published {
  /** By name, as they lie beside the page: `keys.yaml`, `history/0001.yaml` and so on. */
  readonly files: ReadonlyMap<string, Buffer>
  readonly now: Date
}

class Refused extends Error {}

function refuse(code: string): never {
  throw new Refused(code)
}

/** `good`, or the name of the refusal. */
export function verifyPublished({ files, now }: Published): string {
  const folder = mkdtempSync(join(tmpdir(), 'second-verifier-'))
  try {
    steps(files, now, folder)
    return 'good'
  } catch (error) {
    if (error instanceof Refused) return error.message
    throw error
  } finally {
    rmSync(folder, { recursive: true })
  }
}

type Json = Record<string, unknown>

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function steps(files: ReadonlyMap<string, Buffer>, now: Date, folder: string): void {
  const read = (name: string) => files.get(name) ?? refuse('keys/read')
  const signers = utf8.decode(read('allowed_signers'))
  writeFileSync(join(folder, 'allowed_signers'), signers)
  // 2
  const other = /\bcert-authority\b|\s(?:ssh-dss|webauthn-sk-\S+|\S+-cert-v01@openssh\.com)\s/
  const lines = signers
    .split('\n')
    .filter(line => line.trim() !== '' && !line.trim().startsWith('#') && !other.test(line))
  const type =
    '(?:ssh-ed25519|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\\.com|ssh-rsa|ecdsa-sha2-nistp\\d+)'
  const line = new RegExp(`^\\S+ (?:[a-z-]+="[^"]*"(?:,[a-z-]+="[^"]*")* )?${type} [A-Za-z0-9+/=]+( .*)?$`)
  if (lines.length === 0 || !lines.every(each => line.test(each))) refuse('keys/allowed-signers')
  // 3, 4, 5, 6
  const head = readOne(read('keys.yaml'))
  checkSignature(read('keys.yaml'), files.get('keys.yaml.sig'), head, folder, [now])
  // 8
  const { issued, validUntil } = head
  for (const { verified, revoked } of devicesOf(head)) {
    for (const day of [verified, revoked])
      if (day && String((day as Json).on) > String(issued)) refuse('keys/date')
  }
  if (validUntil !== undefined && String(validUntil) < String(issued)) refuse('keys/date')
  // 9
  const dayAt = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString().slice(0, 10)
  if (String(issued) > dayAt(14)) refuse('keys/date')
  if (validUntil !== undefined && String(validUntil) < dayAt(-12)) refuse('keys/expired')
  // 10
  for (const { type, file, sha256 } of listOf(head.keys)) {
    if (type !== 'openpgp' || file === undefined) continue
    if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(String(file))) refuse('keys/public-key')
    const contents = files.get(String(file)) ?? refuse('keys/read')
    if (sha256 !== createHash('sha256').update(contents).digest('hex')) refuse('keys/public-key')
  }
  // 11, 12
  const last = Number(head.serial)
  let before: Followed | undefined
  for (let n = 1; n <= last; n++) {
    const name = `history/${String(n).padStart(4, '0')}.yaml`
    const bytes = files.get(name) ?? refuse('keys/history')
    const entry = readOne(bytes)
    const day = String(entry.issued)
    const times = ['T00:00:00Z', 'T23:59:59Z'].map(time => new Date(`${day}${time}`))
    checkSignature(bytes, files.get(`${name}.sig`), entry, folder, times)
    if (entry.serial !== n) refuse('keys/serial')
    const previous = before && `sha256:${createHash('sha256').update(before.bytes).digest('hex')}`
    if (entry.previous !== previous) refuse('keys/previous')
    if (before && day < before.issued) refuse('keys/date')
    const signer = signerOf(String(files.get(`${name}.sig`)))
    if (before) checkSuccession(before, entry, signer)
    if (entry.supersedes !== undefined && before && entry.supersedes !== before.entry.supersedes)
      refuse('keys/previous')
    before = { bytes, issued: day, entry, signer }
  }
  // 13
  if (!before?.bytes.equals(read('keys.yaml'))) refuse('keys/history')
  // 14
  for (const name of files.keys()) {
    if (!name.startsWith('history/')) continue
    const [, digits = ''] = /^history\/(\d{4,})\.yaml(?:\.sig)?$/.exec(name) ?? refuse('keys/history')
    if (!files.has(name.replace(/\.sig$/, ''))) refuse('keys/history')
    if (Number(digits) > last) refuse('keys/serial')
  }
}

/** Steps 3 to 5 and what 6 wants of the text. */
function readOne(bytes: Buffer): Json {
  const document = parseDocument(utf8.decode(bytes), { prettyErrors: false })
  if (document.errors.length > 0) refuse('keys/yaml')
  visit(document, (_, node) => {
    if (isAlias(node)) refuse('keys/yaml')
    const { anchor, tag } = (node ?? {}) as { readonly anchor?: string; readonly tag?: string }
    if (anchor !== undefined || tag !== undefined) refuse('keys/yaml')
    if (isScalar(node) && typeof node.value === 'number' && !/^(?:0|[1-9]\d*)$/.test(node.source ?? '')) {
      node.value = node.source
    }
  })
  const manifest = document.toJS() as Json
  checkForm(manifest)
  const seen = new Set<string>()
  const once = (what: string) => (seen.has(what) ? refuse('keys/duplicate') : seen.add(what))
  for (const account of listOf(manifest.accounts)) {
    checkAddress(String(account.jid), account.allowUnicode === true)
    const { label } = account
    if (label !== undefined && String(label).normalize('NFC').toLowerCase() !== account.jid)
      refuse('keys/jid')
    once(`jid ${String(account.jid)}`)
    for (const device of listOf(account.devices)) {
      const u = fold(String(device.fingerprint))
      checkCurve(u)
      if (device.ed25519 !== undefined) checkConversion(fold(String(device.ed25519)), u)
      once(`id ${String(device.id)}`)
      once(`key ${u}`)
      if (device.pq !== undefined) {
        const pq = fold(String(device.pq))
        checkCurve(pq)
        once(`key ${pq}`)
      }
      once(`name ${String(account.jid)} ${String(device.name)}`)
    }
  }
  for (const signer of listOf(manifest.signers)) {
    once(`signer ${blobOf(signer)}`)
    once(`name of a signer ${String(signer.name)}`)
    const [type = '', base64 = ''] = String(signer.key).split(/\s+/)
    const blob = Buffer.from(base64, 'base64')
    const isKey = blob.length > 4 && blob.subarray(4, 4 + blob.readUInt32BE(0)).toString() === type
    if (!isKey || blob.toString('base64') !== base64) refuse('keys/public-key')
  }
  for (const anchor of (manifest.anchors ?? []) as string[]) once(`anchor ${anchor}`)
  for (const { type, key, fingerprint } of listOf(manifest.keys)) {
    once(`${String(type)} ${String(key ?? fingerprint)}`)
    if (type === 'age' && !/^age1[a-z0-9]+$/.test(String(key))) refuse('keys/public-key')
  }
  return manifest
}

interface Followed {
  readonly bytes: Buffer
  readonly issued: string
  readonly entry: Json
  readonly signer: string
}

/** The public key in an armoured signature: behind the magic and the version, a length and so many bytes. */
function signerOf(armoured: string): string {
  const bytes = Buffer.from(armoured.replace(/-----[^-]+-----/g, ''), 'base64')
  return bytes.subarray(14, 14 + bytes.readUInt32BE(10)).toString('base64')
}

const blobOf = ({ key }: Json) => String(key).trim().split(/\s+/)[1]

/** 12: 5, Who may sign. */
function checkSuccession(before: Followed, entry: Json, signer: string): void {
  const named =
    before.entry.signers === undefined ? [before.signer] : listOf(before.entry.signers).map(blobOf)
  if (!named.includes(signer)) refuse('keys/endorsement')
  const recovery = ({ signers }: Json) =>
    listOf(signers)
      .filter(each => each.recovery === true)
      .map(blobOf)
  const kept = recovery(entry)
  if (recovery(before.entry).some(key => !kept.includes(key) && key !== signer)) refuse('keys/recovery')
  const old = new Map(devicesOf(before.entry).map(device => [device.id, device]))
  for (const { id, fingerprint, pq, verified, revoked } of devicesOf(entry)) {
    const was = old.get(id)
    const same = (one: unknown, other: unknown) => fold(String(one)) === fold(String(other))
    if (!was || !verified || revoked) continue
    const isSamePq = pq === undefined || (was.pq !== undefined && same(was.pq, pq))
    if (same(was.fingerprint, fingerprint) && isSamePq) continue
    if (String((verified as Json).on) < before.issued) refuse('keys/replaced')
  }
}

const listOf = (value: unknown) => (value ?? []) as Json[]
const devicesOf = ({ accounts }: Json) => listOf(accounts).flatMap(({ devices }) => listOf(devices))

type Check = (value: unknown) => void

/** 4: every key with what it holds; `?` behind a name for what may be missing. */
function record(fields: Readonly<Record<string, Check>>): Check {
  return value => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('keys/value')
    const known = new Set(Object.keys(fields).map(key => key.replace('?', '')))
    for (const [key, check] of Object.entries(fields)) {
      const inner = (value as Json)[key.replace('?', '')]
      if (inner !== undefined) check(inner)
      else if (!key.endsWith('?')) refuse('keys/missing-key')
    }
    if (Object.keys(value).some(key => !known.has(key))) refuse('keys/unknown-key')
  }
}

const list =
  (check: Check): Check =>
  value =>
    Array.isArray(value) ? value.forEach(check) : refuse('keys/value')

const such =
  (isGood: (value: unknown) => boolean): Check =>
  value =>
    void (isGood(value) || refuse('keys/value'))

const text = (pattern = /(?:)/, longest = Infinity) =>
  such(value => typeof value === 'string' && value.length <= longest && pattern.test(value))

const line = (longest: number) =>
  text(/^(?=\S)(?!.*\s$)(?:[\ufe0e\ufe0f]|[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}\u2800])+$/su, longest)

const whole = (most: number) =>
  such(value => Number.isInteger(value) && Number(value) > 0 && Number(value) <= most)

const day = such(value => {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false
  const time = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(value)
})

const flag = such(value => typeof value === 'boolean')

const device = record({
  id: whole(2147483647),
  name: line(60),
  'client?': line(60),
  fingerprint: text(),
  'ed25519?': text(),
  'pq?': text(),
  'verified?': record({ on: day, how: text(/^(?:on-device|in-person|qr|server)$/) }),
  'revoked?': record({ on: day, reason: line(200) }),
})

const kinds: Readonly<Record<string, Check>> = {
  ssh: record({ type: text(), key: text() }),
  age: record({ type: text(), key: text() }),
  minisign: record({ type: text(), key: text() }),
  openpgp: record({
    type: text(),
    fingerprint: text(),
    'file?': line(200),
    'sha256?': text(/^[0-9a-f]{64}$/),
  }),
}

const checkForm = record({
  version: such(value => value === 1),
  'serial?': whole(Number.MAX_SAFE_INTEGER),
  'issued?': day,
  'validUntil?': day,
  'previous?': text(/^sha256:[0-9a-f]{64}$/),
  'supersedes?': text(/^sha256:[0-9a-f]{64}$/),
  'signer?': text(/^[\p{L}\p{N}._@+=/-]+$/u, 200),
  'signers?': value => {
    list(record({ key: text(), name: line(60), 'recovery?': flag }))(value)
    if (listOf(value).length === 0) refuse('keys/value')
  },
  'anchors?': list(
    text(/^(?:https:\/\/[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:\/[!-~]*)?|dns:[A-Za-z0-9.-]+)$/, 300),
  ),
  'accounts?': list(
    record({
      jid: text(),
      'label?': line(200),
      'allowUnicode?': flag,
      'invitation?': flag,
      devices: list(device),
    }),
  ),
  'keys?': list(value => {
    const { type } = (value ?? {}) as Json
    if (type === undefined) refuse('keys/missing-key')
    const check = kinds[String(type)] ?? refuse('keys/value')
    check(value)
  }),
})

/** 3, Fingerprint. */
function fold(given: string): string {
  const folded = given
    .replace(/[\s:\-\u00ad\u200b-\u200d\u2060\ufeff\u2010-\u2015\u2212]/gu, '')
    .toLowerCase()
  return /^[0-9a-f]{64}$/.test(folded) ? folded : refuse('keys/fingerprint')
}

const p = 2n ** 255n - 19n
const littleEndian = (hex: string) =>
  BigInt(`0x${Buffer.from(Buffer.from(hex, 'hex').toReversed()).toString('hex')}`)
const modulo = (n: bigint) => ((n % p) + p) % p

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, modulo(base)]
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = modulo(result * square)
    square = modulo(square * square)
  }
  return result
}

/** 3, Curve: by the Edwards point with y = (u − 1)/(u + 1), which is on its curve exactly when u is on Curve25519. */
function checkCurve(hex: string): void {
  const u = littleEndian(hex)
  if (u >= p || u === p - 1n) refuse('keys/curve')
  const y = modulo((u - 1n) * power(u + 1n, p - 2n))
  const bytes = Uint8Array.from(Buffer.from(y.toString(16).padStart(64, '0'), 'hex')).toReversed()
  try {
    const point = ed25519.Point.fromBytes(bytes)
    if (!point.is0() && point.isTorsionFree()) return
  } catch {
    // On the twist.
  }
  refuse('keys/curve')
}

/** 3, Ed25519. */
function checkConversion(hex: string, u: string): void {
  const y = littleEndian(hex) & (2n ** 255n - 1n)
  if (y >= p || y === 1n) refuse('keys/ed25519')
  if (modulo((1n + y) * power(1n - y, p - 2n)) !== littleEndian(u)) refuse('keys/ed25519')
}

const scripts =
  'Latin Cyrillic Greek Armenian Georgian Hebrew Arabic Devanagari Bengali Gurmukhi Gujarati Tamil Telugu Kannada Malayalam Sinhala Thai Lao Tibetan Myanmar Khmer Ethiopic Mongolian Han+Hiragana+Katakana Han+Hangul Han+Bopomofo'
    .split(' ')
    .map(
      names =>
        new RegExp(
          `^[${names
            .split('+')
            .map(name => `\\p{sc=${name}}`)
            .join('')}]*$`,
          'u',
        ),
    )

const isOneScript = (part: string) => {
  const letters = part.replace(/[\p{sc=Common}\p{sc=Inherited}]/gu, '')
  return scripts.some(script => script.test(letters))
}

/** 3, Address. */
function checkAddress(jid: string, allowUnicode: boolean): void {
  const parts = jid.split('@')
  const [local = '', domain = ''] = parts
  const isPlain =
    parts.length === 2 &&
    parts.every(part => part !== '' && Buffer.byteLength(part) <= 1023) &&
    !/[\s/\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(jid) &&
    jid === jid.normalize('NFC') &&
    jid === jid.toLowerCase() &&
    !jid.startsWith('xmpp:')
  const isLocal =
    /^[a-z0-9][a-z0-9._~+-]*$/.test(local) ||
    (allowUnicode && /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._~+-]*$/u.test(local) && isOneScript(local))
  const labels = domain.split('.')
  const isDomain = labels.every(
    label => /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u.test(label) && isOneScript(label),
  )
  const ascii = domainToASCII(domain)
  const back = labels.some(label => label.startsWith('xn--'))
    ? domainToASCII(domainToUnicode(domain))
    : domainToUnicode(ascii)
  const isShort = ascii.length <= 253 && ascii.split('.').every(label => label.length <= 63)
  if (!isPlain || !isLocal || !isDomain || ascii === '' || back !== domain || !isShort) refuse('keys/jid')
}

/** 6 and 7: by ssh-keygen, at one of the times. */
function checkSignature(
  bytes: Buffer,
  signature: Buffer | undefined,
  { serial, issued, signer }: Json,
  folder: string,
  times: readonly Date[],
): void {
  if (!signature) refuse('keys/unsigned')
  if (serial === undefined || issued === undefined || signer === undefined) refuse('keys/missing-key')
  const path = join(folder, 'signature')
  writeFileSync(path, signature)
  const question = [bytes, signature, readFileSync(join(folder, 'allowed_signers'))].map(String)
  const run = (...args: readonly string[]) => {
    const known = JSON.stringify([...question, args.filter(arg => !arg.startsWith(folder))])
    const answer = answers.get(known) ?? runSshKeygen(args, path, bytes)
    answers.set(known, answer)
    return answer
  }
  if (!run('check-novalidate')) refuse('keys/signature')
  const list = ['-f', join(folder, 'allowed_signers'), '-I', String(signer)]
  const isAllowed = times.some(time => {
    const digits = time.toISOString().replace(/\.\d+|\D/g, '')
    return run('verify', ...list, '-O', `verify-time=${digits.slice(0, 14)}Z`)
  })
  if (!isAllowed) refuse('keys/signer')
}

/** What ssh-keygen has answered: most histories begin alike. */
const answers = new Map<string, boolean>()

function runSshKeygen(args: readonly string[], signature: string, input: Buffer): boolean {
  try {
    execFileSync('ssh-keygen', ['-Y', ...args, '-n', 'imprimatur-keys', '-s', signature], {
      input,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    return true
  } catch {
    return false
  }
}
