import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { codes, type Code } from '../../src/core/codes.ts'
import type { KeySources } from '../../src/keys/manifest/sources.ts'
import { verifyTexts } from '../../src/keys/verify-keys.ts'
import { repository } from '../program.ts'
import { pathsOf } from '../tree.ts'
import {
  buildHistory,
  days,
  drafts,
  naming,
  newSigner,
  now,
  publicLine,
  signText,
  vectors,
} from './signed-history.ts'
import { verifyPublished } from './second-verifier.ts'

type Files = ReadonlyMap<string, Buffer>

const signer = newSigner()
const other = newSigner()

const filesOf = ({ manifest, signature, allowedSigners, history }: KeySources): Files =>
  new Map([
    ['keys.yaml', Buffer.from(manifest.text)],
    ['keys.yaml.sig', Buffer.from(signature?.text ?? '')],
    ['allowed_signers', Buffer.from(allowedSigners.text)],
    ...[...history].map(([name, { text }]) => [`history/${name}`, Buffer.from(text)] as const),
  ])

/** What the program says of the same files: the codes of its errors. */
function errorsOf(files: Files, at: Date): readonly string[] {
  const file = (name: string) => ({ path: name, text: String(files.get(name) ?? '') })
  const { value, diagnostics } = verifyTexts(
    {
      manifest: file('keys.yaml'),
      signature: files.has('keys.yaml.sig') ? file('keys.yaml.sig') : undefined,
      allowedSigners: file('allowed_signers'),
      history: [...files.keys()].filter(name => name.startsWith('history/')).map(file),
      beside: files.has('x.asc') ? [file('x.asc')] : [],
    },
    at,
  )
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)
  expect(value === undefined).toBe(errors.length > 0)
  return errors
}

const good = filesOf(buildHistory(signer, drafts, days))

/** The third manifest of the history says something else, and everything is signed again. */
const saying = (edit: (draft: string) => string): Files =>
  filesOf(buildHistory(signer, [drafts[0], drafts[1], edit(drafts[2])], days))
const replacing = (from: string | RegExp, to: string) => saying(draft => draft.replace(from, to))
const postQuantum = (key: string) => replacing('name: phone', `name: phone\n        pq: '${key}'`)
const adding = (lines: string) => saying(draft => `${draft}${lines}\n`)

const withFile = (name: string, change: (text: string) => string | undefined): Files => {
  const files = new Map(good)
  const text = change(String(files.get(name) ?? ''))
  if (text === undefined) files.delete(name)
  else files.set(name, Buffer.from(text))
  return files
}

const signers = (lines: string) => withFile('allowed_signers', () => `${lines}\n`)
const key = publicLine(signer)
type Vector = (typeof vectors.devices)[0]
const [phone, laptop, , fourth] = vectors.devices as [Vector, Vector, Vector, Vector]
const signedHead = (edit: (text: string) => string): Files => {
  const files = new Map(good)
  const text = edit(String(good.get('keys.yaml')))
  for (const name of ['keys.yaml', 'history/0003.yaml']) {
    files.set(name, Buffer.from(text))
    files.set(`${name}.sig`, Buffer.from(signText(text, signer)))
  }
  return files
}

const signedEntry = (name: string, edit: (text: string) => string): Files => {
  const text = edit(String(good.get(name)))
  return new Map(good).set(name, Buffer.from(text)).set(`${name}.sig`, Buffer.from(signText(text, signer)))
}

const withOpenpgp = (sha256: string): Files =>
  new Map(
    adding(`keys: [{ type: openpgp, fingerprint: '${'A'.repeat(40)}', file: x.asc, sha256: '${sha256}' }]`),
  ).set('x.asc', Buffer.from('x'))

const safe = newSigner()
/** Three manifests: who signs each, and what is said of who may. */
const chain = (by: readonly (typeof signer)[], signerLines: readonly string[]): Files =>
  filesOf(
    buildHistory(
      by,
      drafts.slice(0, by.length).map((draft, n) => (signerLines[n] ?? '') + draft),
      days,
    ),
  )
const both = naming({ laptop: signer, desk: other })
const withSafe = naming({ laptop: signer, safe })

const refused: readonly (readonly [Code, string, Files])[] = [
  ['keys/allowed-signers', 'an empty list', signers('# nobody')],
  ['keys/allowed-signers', 'a line that is none', signers(`press@example.org ${key}\nwho knows`)],
  ['keys/allowed-signers', 'an authority of certificates', signers(`* cert-authority ${key}`)],
  ['keys/yaml', 'a key twice', replacing('signer:', 'signer: x@example.org\nsigner:')],
  ['keys/yaml', 'an anchor', replacing('signer: press', 'signer: &a press')],
  ['keys/yaml', 'a tag', replacing('signer: press', 'signer: !!str press')],
  ['keys/yaml', 'two documents', adding('---\nversion: 1')],
  ['keys/value', 'an id in hexadecimal', replacing(`id: ${phone.id}`, `id: 0x47c8d169`)],
  ['keys/value', 'an id with an exponent', replacing(`id: ${phone.id}`, `id: 1e3`)],
  ['keys/value', 'an id of zero', replacing(`id: ${phone.id}`, `id: 0`)],
  ['keys/value', 'an id beyond 31 bits', replacing(`id: ${phone.id}`, `id: 2147483648`)],
  ['keys/value', 'a day that does not exist', replacing('on: 2026-05-01', 'on: 2026-02-30')],
  ['keys/value', 'another way to verify', replacing('on-device', 'guessed')],
  ['keys/value', 'an invisible letter', replacing('name: phone', 'name: "pho\\u200bne"')],
  ['keys/value', 'a Hangul filler', replacing('name: phone', 'name: "\\u3164"')],
  ['keys/value', 'a blank Braille pattern', replacing('name: phone', 'name: "\\u2800"')],
  ['keys/value', 'a joiner of graphemes', replacing('name: phone', 'name: "pho\\u034fne"')],
  ['keys/value', 'a name with a space behind it', replacing('name: phone', 'name: "phone "')],
  ['keys/value', 'a name of 61 letters', replacing('name: phone', `name: ${'x'.repeat(61)}`)],
  ['keys/value', 'a list in place of a mapping', replacing(/verified: \{[^}]*\}/, 'verified: []')],
  ['keys/value', 'an unknown kind of key', adding('keys: [{ type: pgp, key: x }]')],
  ['keys/missing-key', 'a key of no kind', adding('keys: [{ key: x }]')],
  ['keys/missing-key', 'a device without a fingerprint', replacing(/fingerprint: .*\n/, '\n')],
  ['keys/unknown-key', 'a word too many', replacing('name: phone', 'name: phone\n        trusted: yes')],
  ['keys/fingerprint', 'a digit too few', replacing(phone.fingerprint, phone.fingerprint.slice(1))],
  ['keys/fingerprint', 'the byte of the wire', replacing(phone.fingerprint, `'05${phone.fingerprint}'`)],
  [
    'keys/fingerprint',
    'a Cyrillic letter',
    replacing(phone.fingerprint, phone.fingerprint.replace('c', 'с')),
  ],
  ['keys/curve', 'a point of the twist', replacing(phone.fingerprint, phone.ed25519.replace(/^./, '6'))],
  ['keys/curve', 'the number 1', replacing(phone.fingerprint, `'01${'0'.repeat(62)}'`)],
  ['keys/curve', 'the highest bit', replacing(/36\n/, 'b6\n')],
  [
    'keys/ed25519',
    'another Ed25519 key',
    replacing('name: phone', `name: phone\n        ed25519: ${laptop.ed25519}`),
  ],
  ...[
    'a@b@c',
    'who?@example.org',
    'a b@example.org',
    'Press@example.org',
    'x@a..b',
    'x@-a.org',
    'józef@example.org',
    'x@exаmple.org',
    'x@example.org/y',
  ].map(jid => ['keys/jid', jid, replacing('jid: press@example.org', `jid: ${jid}`)] as const),
  [
    'keys/jid',
    'a label of another',
    replacing('jid: press@example.org', 'jid: press@example.org\n    label: Eve@Example.org'),
  ],
  ['keys/duplicate', 'an id twice', replacing(`id: ${laptop.id}`, `id: ${phone.id}`)],
  ['keys/duplicate', 'a fingerprint twice', replacing(laptop.fingerprint, phone.fingerprint.toUpperCase())],
  ['keys/duplicate', 'a name twice', replacing('name: laptop', 'name: phone')],
  [
    'keys/public-key',
    'a file in another folder',
    adding(`keys: [{ type: openpgp, fingerprint: '${'A'.repeat(40)}', file: ../x }]`),
  ],
  [
    'keys/read',
    'a file that is not there',
    adding(`keys: [{ type: openpgp, fingerprint: '${'A'.repeat(40)}', file: x.asc }]`),
  ],
  ['keys/public-key', 'a file with another hash', withOpenpgp('0'.repeat(64))],
  ['keys/value', 'a hash that is none', withOpenpgp('0')],
  ['keys/unsigned', 'no signature', withFile('keys.yaml.sig', () => undefined)],
  ['keys/signature', 'a byte more', withFile('keys.yaml', text => `${text} `)],
  ['keys/signature', 'a carriage return', withFile('keys.yaml', text => text.replace('\n', '\r\n'))],
  [
    'keys/signature',
    'a signature for files',
    withFile('keys.yaml.sig', () => signText(String(good.get('keys.yaml')), signer, 'file')),
  ],
  [
    'keys/signature',
    'the signature before',
    withFile('keys.yaml.sig', () => String(good.get('history/0002.yaml.sig'))),
  ],
  ['keys/missing-key', 'no serial', signedHead(text => text.replace(/serial: 3\n/, ''))],
  ['keys/signer', 'a signer who is not listed', signers(`press@example.org ${publicLine(other)}`)],
  ['keys/signer', 'another principal', signers(`eve@example.org ${key}`)],
  ['keys/signer', 'another purpose', signers(`press@example.org namespaces="git" ${key}`)],
  ['keys/signer', 'a key of the past', signers(`press@example.org valid-before="20260601Z" ${key}`)],
  [
    'keys/signer',
    'a key that was none at first',
    signers(`press@example.org valid-after="20260601Z" ${key}`),
  ],
  ['keys/date', 'verified after the signature', replacing('on: 2026-05-01', 'on: 2026-11-21')],
  ['keys/date', 'an end before the beginning', replacing('signer:', 'validUntil: 2026-11-19\nsigner:')],
  ['keys/expired', 'an end that is past', replacing('signer:', 'validUntil: 2026-11-20\nsigner:')],
  [
    'keys/date',
    'issued in the future',
    signedHead(text => text.replace('issued: 2026-11-20', 'issued: 2026-11-23')),
  ],
  [
    'keys/date',
    'issued before its predecessor',
    signedHead(text =>
      text.replace('issued: 2026-11-20', 'issued: 2026-07-20').replace('2026-11-01', '2026-07-01'),
    ),
  ],
  ['keys/endorsement', 'another key, of whom nobody has said anything', chain([signer, signer, other], [])],
  [
    'keys/endorsement',
    'a key that was named and is no more',
    chain([signer, other, signer], [both, naming({ desk: other })]),
  ],
  ['keys/endorsement', 'a key that names itself', chain([signer, other, other], ['', both])],
  ['keys/recovery', 'a recovery key gone', chain([signer, signer, signer], [withSafe])],
  [
    'keys/recovery',
    'a recovery key that is none any more',
    chain([signer, signer, signer], [withSafe, naming({ laptop: signer, other: safe })]),
  ],
  [
    'keys/recovery',
    'another recovery key in its place',
    chain([signer, signer, signer], [withSafe, naming({ laptop: signer, safe2: other })]),
  ],
  [
    'keys/previous',
    'a chain that takes the place of another half-way',
    replacing('signer:', `supersedes: sha256:${'0'.repeat(64)}\nsigner:`),
  ],
  ['keys/value', 'nobody who may sign', replacing('signer:', 'signers: []\nsigner:')],
  ['keys/value', 'an anchor over plain http', adding('anchors: [http://example.org/]')],
  ['keys/duplicate', 'a signer twice', adding(naming({ laptop: signer, desk: signer }))],
  ['keys/public-key', 'a signer that is no key', adding("signers: [{ key: 'ssh-ed25519 AAAA', name: x }]")],
  ['keys/replaced', 'a key replaced under its id', replacing(phone.fingerprint, fourth.fingerprint)],
  ['keys/replaced', 'a post-quantum key under an old id', postQuantum(fourth.fingerprint)],
  ['keys/fingerprint', 'a short post-quantum key', postQuantum('00')],
  ['keys/curve', 'a post-quantum key of the twist', postQuantum(phone.ed25519.replace(/^./, '6'))],
  ['keys/duplicate', 'a post-quantum key that is another device’s', postQuantum(laptop.fingerprint)],
  ['keys/history', 'one missing', withFile('history/0002.yaml', () => undefined)],
  ['keys/unsigned', 'one without its signature', withFile('history/0002.yaml.sig', () => undefined)],
  ['keys/signature', 'one altered', withFile('history/0001.yaml', text => `${text}\n`)],
  ['keys/previous', 'another hash', signedHead(text => text.replace(/sha256:../, 'sha256:00'))],
  [
    'keys/serial',
    'another number',
    signedEntry('history/0002.yaml', text => text.replace('serial: 2', 'serial: 7')),
  ],
  ['keys/history', 'something else in the folder', withFile('history/notes.txt', () => 'x')],
  ['keys/history', 'a signature of nothing', withFile('history/0004.yaml.sig', () => 'x')],
  ['keys/serial', 'a newer one', withFile('history/0004.yaml', () => String(good.get('keys.yaml')))],
]

const accepted: readonly (readonly [string, Files])[] = [
  ['the history of the tests', good],
  [
    'a post-quantum key, verified anew',
    saying(draft =>
      draft.replace(
        /name: phone\n(.*\n).*\n/,
        `name: phone\n$1        pq: ${fourth.fingerprint}\n        verified: { on: 2026-11-01, how: qr }\n`,
      ),
    ),
  ],
  [
    'another layout and case',
    replacing(phone.fingerprint, phone.fingerprint.toUpperCase().replace(/.{8}(?=.)/g, '$& ')),
  ],
  ['the same with dashes', replacing(phone.fingerprint, phone.fingerprint.replace(/.{8}(?=.)/g, '$&-'))],
  ['its Ed25519 form', replacing('name: phone', `name: phone\n        ed25519: ${phone.ed25519}`)],
  ['a last day that is today', replacing('signer:', 'validUntil: 2026-11-21\nsigner:')],
  [
    'an address of another script',
    replacing('jid: press@example.org', 'jid: józef@пример.рф\n    allowUnicode: true'),
  ],
  ['an emoji', replacing('name: phone', 'name: "\\u260e\\ufe0f"')],
  ['a rotation, endorsed', chain([signer, signer, other], [both, both])],
  ['the old key after the new one, both named', chain([signer, other, signer], [both, both])],
  [
    'a recovery key that signs',
    chain([signer, safe, other], [withSafe, naming({ desk: other, safe }), naming({ safe })]),
  ],
  [
    'a recovery key that takes itself away',
    chain([signer, safe, signer], [withSafe, naming({ laptop: signer })]),
  ],
  ['a chain that takes the place of another', chain([signer], [`supersedes: sha256:${'0'.repeat(64)}\n`])],
  ['anchors', adding('anchors: [https://forge.example/press.keys, dns:example.org]')],
  [
    'a key replaced under its id, and verified anew',
    saying(draft => draft.replace(phone.fingerprint, fourth.fingerprint).replace('2026-05-01', '2026-11-20')),
  ],
  ['comments', replacing('signer:', '# nobody\nsigner:')],
  ['a signer of any name', signers(`*@example.org,!eve@example.org namespaces="imprimatur-*" ${key}`)],
]

/** One of the two, or nobody would see that a test of both tests neither. */
const answers = (files: Files, at: Date = now) =>
  [verifyPublished({ files, now: at }), errorsOf(files, at)] as const

describe('a verifier written from FORMAT.md and the program agree:', () => {
  test('the manifest of this site is good', () => {
    const root = join(repository, 'pages/about')
    const names = pathsOf(join(root, 'keys/history')).map(name => `history/${name}`)
    const files = new Map([
      ...['keys.yaml', 'keys.yaml.sig', 'allowed_signers'].map(
        name => [name, readFileSync(join(root, name))] as const,
      ),
      ...names.map(name => [name, readFileSync(join(root, 'keys', name))] as const),
    ])
    expect(answers(files, new Date('2026-11-27T12:00:00Z'))).toEqual(['good', []])
  })

  test.each(accepted)('good: %s', (_, files) => expect(answers(files)).toEqual(['good', []]))

  test.each(refused)('%s: %s', (code, _, files) => {
    const [second, ours] = answers(files)
    expect([second, ours]).toEqual([code, expect.arrayContaining([code])])
  })
})

test('FORMAT.md names every refusal of a manifest, and no other', () => {
  const text = readFileSync(join(repository, 'src/keys/FORMAT.md'), 'utf8')
  const named = new Set(text.match(/`keys\/[a-z0-9-]+`/g)?.map(name => name.slice(1, -1)))
  // What concerns commands and pages, and nothing that a verifier sees.
  const elsewhere = new Set([
    'edit',
    'entry',
    'no-match',
    'not-configured',
    'page',
    'qr',
    'sign',
    'wording',
    'write',
  ])
  const known = Object.keys(codes).filter(
    code => code.startsWith('keys/') && !elsewhere.has(code.slice('keys/'.length)),
  )
  expect([...named].toSorted()).toEqual(known.toSorted())
})
