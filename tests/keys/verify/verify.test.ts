import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { describeChange } from '../../../src/keys/manifest/changes.ts'
import { hashOf, type KeySources } from '../../../src/keys/manifest/sources.ts'
import {
  days,
  drafts,
  newSigner,
  now,
  buildHistory,
  publicLine,
  signText,
  verify,
} from '../signed-history.ts'

const signer = newSigner()
const good = buildHistory(signer, drafts, days)
const codesOf = (sources: KeySources, at: Date = now) =>
  verify(sources, at).diagnostics.map(({ code }) => code)

const withManifest = (text: string): KeySources => ({
  ...good,
  manifest: { ...good.manifest, text },
  signature: { path: good.paths.signature, text: signText(text, signer) },
})

const withEntry = (name: string, text: string | undefined): KeySources => {
  const history = new Map(good.history)
  if (text === undefined) history.delete(name)
  else history.set(name, { path: `${good.paths.history}/${name}`, text })
  return { ...good, history }
}

const withSigners = (text: string): KeySources => ({
  ...good,
  allowedSigners: { ...good.allowedSigners, text },
})

test('a signed manifest with its history is verified, and its changes are listed', () => {
  const { value, diagnostics } = verify(good)
  expect(diagnostics).toEqual([])
  expect(value?.history.map(({ changes }) => changes.map(describeChange))).toEqual([
    ['added phone (1204387561) of press@example.org', 'added laptop (998244353) of press@example.org'],
    ['added desktop (415926535) of press@example.org'],
    ['revoked laptop (998244353) of press@example.org: lost'],
  ])
})

test('one byte more breaks the signature', () => {
  const text = `${good.manifest.text} `
  expect(codesOf({ ...good, manifest: { ...good.manifest, text } })).toEqual(['keys/signature'])
})

test('a signature that is missing, mangled or of another purpose', () => {
  const withSignature = (text: string) => ({ ...good, signature: { path: good.paths.signature, text } })
  expect(codesOf({ ...good, signature: undefined })).toEqual(['keys/unsigned'])
  expect(codesOf(withSignature('hello'))).toEqual(['keys/signature'])
  expect(codesOf(withSignature(signText(good.manifest.text, signer, 'file')))).toEqual(['keys/signature'])
  expect(codesOf(withSignature(good.signature!.text.replace('\n', '\n\n')))).toEqual(['keys/signature'])
})

test('a signer who is another, is named otherwise, signs other things or is out of time', () => {
  const line = publicLine(signer)
  expect(codesOf(withSigners(`press@example.org ${publicLine(newSigner())}`))).toContain('keys/signer')
  expect(codesOf(withSigners(`other@example.org ${line}`))).toContain('keys/signer')
  expect(codesOf(withSigners(`*@example.org,!press@* ${line}`))).toContain('keys/signer')
  expect(codesOf(withSigners(`press@example.org namespaces="file,git" ${line}`))).toContain('keys/signer')
  expect(codesOf(withSigners(`press@example.org valid-after="20261122Z" ${line}`))).toContain('keys/signer')
  expect(codesOf(withSigners(`press@example.org valid-before="20261121Z" ${line}`))).toEqual(['keys/signer'])
  for (const allowed of [
    `*@example.org ${line}`,
    `"press@example.org" ${line} a comment`,
    `# nobody\n\na@b.org,press@example.org namespaces="file,imprimatur-*",valid-after="20260101Z" ${line}`,
    `press@example.org valid-after="20260101",valid-before="20270101" ${line}\r\n`,
  ]) {
    expect([allowed, codesOf(withSigners(allowed))]).toEqual([allowed, []])
  }
})

test('a list of signers that cannot be used', () => {
  for (const allowed of [
    '',
    'press@example.org',
    `press@example.org cert-authority ${publicLine(signer)}`,
    `press@example.org valid-after="tomorrow" ${publicLine(signer)}`,
    `press@example.org valid-before="20261131Z" ${publicLine(signer)}`,
    `press@example.org valid-before=20301231Z ${publicLine(signer)}`,
    `press@example.org verify-required ${publicLine(signer)}`,
    `press@example.org ${publicLine(signer).slice(0, -6)}`,
  ]) {
    expect([allowed, codesOf(withSigners(allowed))]).toEqual([allowed, ['keys/allowed-signers']])
  }
})

test('a history with a link missing, altered, unsigned, reordered or foreign', () => {
  const second = good.history.get('0002.yaml')!.text
  expect(codesOf(withEntry('0002.yaml', undefined))).toContain('keys/history')
  expect(codesOf(withEntry('0002.yaml', `${second}\n`))).toContain('keys/signature')
  expect(codesOf(withEntry('0002.yaml.sig', undefined))).toEqual(['keys/unsigned'])
  expect(codesOf(withEntry('notes.txt', 'x'))).toEqual(['keys/history'])
  expect(codesOf({ ...good, history: new Map() })).toEqual(['keys/history'])
  const swapped = new Map(good.history)
  for (const end of ['.yaml', '.yaml.sig']) {
    swapped.set(`0001${end}`, good.history.get(`0002${end}`)!)
    swapped.set(`0002${end}`, good.history.get(`0001${end}`)!)
  }
  const codes = codesOf({ ...good, history: swapped })
  expect(codes).toContain('keys/serial')
  expect(codes).toContain('keys/previous')
})

test('an altered link that is signed again no longer fits the hash of the next', () => {
  const text = good.history.get('0002.yaml')!.text.replace('desktop', 'desktop-2')
  const history = new Map(withEntry('0002.yaml', text).history)
  history.set('0002.yaml.sig', { path: 'x', text: signText(text, signer) })
  expect(codesOf({ ...good, history })).toEqual(['keys/previous'])
})

test('going back: an older manifest, signed as it is, does not replace a newer one', () => {
  const old = good.history.get('0002.yaml')!
  expect(codesOf(withManifest(old.text))).toEqual(['keys/serial'])
  const forged = withManifest(`${good.manifest.text}# another\n`)
  expect(codesOf(forged)).toEqual(['keys/history'])
  expect(hashOf(forged.manifest)).not.toBe(hashOf(good.manifest))
})

test('days: expired, about to expire, signed in the future, verified after the signature', () => {
  const valid = (until: string) =>
    buildHistory(signer, [drafts[0], drafts[1], `validUntil: ${until}\n${drafts[2]}`], days)
  expect(codesOf(valid('2026-11-21'))).toEqual(['keys/expiring'])
  expect(codesOf(valid('2026-11-20'))).toEqual(['keys/expired'])
  expect(codesOf(valid('2026-12-21'))).toEqual(['keys/expiring'])
  expect(codesOf(valid('2026-12-22'))).toEqual([])
  expect(verify(valid('2026-12-21')).value).toBeDefined()
  expect(codesOf(valid('2026-11-19'))).toContain('keys/date')
  expect(codesOf(good, new Date('2026-11-18T00:00:00Z'))).toEqual(['keys/date'])
  const late = buildHistory(signer, [drafts[0].replace('on: 2026-05-01', 'on: 2026-05-02')], days)
  expect(codesOf(late)).toEqual(['keys/date'])
})

test('a checkout with other line endings is distinguished from tampering', () => {
  const crlf = { ...good.manifest, text: good.manifest.text.replaceAll('\n', '\r\n') }
  const { diagnostics } = verify({ ...good, manifest: crlf })
  const [first] = diagnostics
  expect(first).toMatchObject({ code: 'keys/signature', message: expect.stringContaining('CRLF') })
  expect(first?.hint).toContain('.gitattributes')
  const altered = { ...crlf, text: crlf.text.replace('phone', 'phony') }
  expect(verify({ ...good, manifest: altered }).diagnostics[0]?.message).toContain('one byte or more')
})

test('a device that is not verified is reported as not published', () => {
  const one = drafts[0].slice(0, drafts[0].lastIndexOf('verified')).trimEnd() + '\n'
  const { value, diagnostics } = verify(buildHistory(signer, [one], days))
  expect(diagnostics.map(({ code, span }) => [code, span !== undefined])).toEqual([
    ['keys/device-unverified', true],
  ])
  expect(value?.history[0]?.changes.map(describeChange)).toEqual([
    'added phone (1204387561) of press@example.org',
    'wrote down laptop (998244353) of press@example.org, which nobody has verified',
  ])
})

test('only the verification mints a Verified', () => {
  const folder = new URL('../../../src/', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.ts'),
  )
  const minting = files.filter(name =>
    /\bas (?:unknown as )?Verified</.test(readFileSync(new URL(name, folder), 'utf8')),
  )
  expect(minting).toEqual(['keys/verify/verify.ts'])
})

test('a serial far beyond the history is refused with one diagnostic', () => {
  const text = good.manifest.text.replace(/^serial: .*$/m, `serial: ${Number.MAX_SAFE_INTEGER}`)
  const { diagnostics } = verify(withManifest(text))
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    `keys/history ${good.paths.history}/0004.yaml and all to ${Number.MAX_SAFE_INTEGER}.yaml are missing`,
  ])
})
