import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lookAt } from '../../../src/keys/follow/follow.ts'
import { usualLimits, type Limits } from '../../../src/keys/follow/retrieve.ts'
import { readStore } from '../../../src/keys/follow/store.ts'
import { hashOf, type KeySources } from '../../../src/keys/manifest/sources.ts'
import { sshFingerprint } from '../../../src/keys/verify/ssh-key.ts'
import { vCard } from '../../../src/keys/card/vcard.ts'
import { drawSvg, encodeQr } from '../../../src/keys/qr/encode.ts'
import { folderWith } from '../../folder.ts'
import { build, imprimatur, type JsonReport } from '../../program.ts'
import { bytesOf, writeFiles } from '../../tree.ts'
import {
  buildHistory,
  days as early,
  drafts,
  naming,
  newSigner,
  now,
  publicLine,
  vectors,
  type Signer,
} from '../signed-history.ts'
import { startHost, type Files, type Host } from './host.ts'

/** A real site, a host, and a reader who comes back: what they are told, in each of these stories. */
const [laptop, desk, safe, thief] = [newSigner(), newSigner(), newSigner(), newSigner()]
const evil = vectors.devices[3]!.fingerprint
const [phone, oldLaptop] = [vectors.devices[0]!.fingerprint, vectors.devices[1]!.fingerprint]
const days = [...early, '2026-11-20', '2026-11-20']
const usual = naming({ laptop, safe })
const said = (text: string, n: number) => text + drafts[n]!
const chain = (by: Signer | readonly Signer[], ...texts: readonly string[]) => buildHistory(by, texts, days)

const one = chain(laptop, said(usual, 0))
const two = chain(laptop, said(usual, 0), said(usual, 1))
const three = chain(laptop, said(usual, 0), said(usual, 1), said(usual, 2))
const rotating = chain(laptop, said(usual, 0), said(naming({ laptop, desk, safe }), 1))
const rotated = chain(
  [laptop, laptop, desk],
  said(usual, 0),
  said(naming({ laptop, desk, safe }), 1),
  said(naming({ desk, safe }), 1),
)
const rotatedAndLost = chain(
  [laptop, laptop, desk],
  said(usual, 0),
  said(naming({ laptop, desk, safe }), 1),
  said(naming({ desk, safe }), 2),
)
const withEvil = (text: string) => text.replace(phone, evil).replaceAll('2026-05-01', '2026-08-01')
const stolen = chain(laptop, said(usual, 0), usual + withEvil(drafts[1]))
const stolenAndOn = chain(laptop, said(usual, 0), usual + withEvil(drafts[1]), usual + withEvil(drafts[1]))
const recoveredNext = chain(
  [laptop, laptop, safe],
  said(usual, 0),
  said(usual, 1),
  said(naming({ desk, safe }), 1),
)
const recoveredFork = chain([laptop, safe], said(usual, 0), said(naming({ desk, safe }), 1))
const retired = chain([laptop, laptop, safe], said(usual, 0), said(usual, 1), said(naming({ laptop }), 1))
const stolenSafe = chain([laptop, safe], said(usual, 0), naming({ thief }) + withEvil(drafts[1]))
const unendorsed = chain([laptop, laptop, thief], said(usual, 0), said(usual, 1), usual + withEvil(drafts[1]))
const resigned = chain(thief, said('', 0), said('', 1), withEvil(drafts[2]))
const superseding = chain(thief, `supersedes: ${hashOf(two.manifest)}\n${drafts[1]}`)
const expiring = chain(laptop, said(`validUntil: 2026-12-24\n${usual}`, 0))
const replaced = chain(laptop, said(usual, 0), said(usual, 1), usual + withEvil(drafts[1]))
const anchored = chain(laptop, said(`anchors: [dns:example.org]\n${usual}`, 0))

const root = folderWith({
  'imprimatur.config.json': JSON.stringify({
    site: { title: 'Fixture', url: 'https://example.org' },
    keys: { manifest: 'pages/about/keys.yaml' },
  }),
  'pages/about/keys.md': '---\ntitle: Keys\nlang: en\n---\n',
  'pages/about/keys/card.md': '---\ntitle: Card\nlang: en\n---\n',
  'layouts/default.ejs': '<!doctype html><html><body><%- body %></body></html>',
})
const env = { SOURCE_DATE_EPOCH: String(now.getTime() / 1000) }
const built = new Map<KeySources, Files>()

/** The site as its owner, or whoever has the repository, builds it. */
async function publish(sources: KeySources): Promise<Files> {
  const known = built.get(sources)
  if (known) return known
  const folder = folderWith(
    Object.fromEntries(Object.entries(bytesOf(root)).map(([path, bytes]) => [path, String(bytes)])),
  )
  const files = [sources.manifest, sources.signature!, sources.allowedSigners, ...sources.history.values()]
  writeFiles(folder, Object.fromEntries(files.map(({ path, text }) => [path, text])))
  const run = await build({ cwd: folder, env }, '--quiet')
  const isWritten = run.code === 0
  const output = isWritten ? Object.entries(bytesOf(join(folder, 'docs'))) : []
  const raw = files.map(({ path, text }) => [path.replace('pages/', ''), Buffer.from(text)] as const)
  const keys = raw.map(([path, bytes]) => [path.replace(/^about\/(?!keys\/)/, 'about/keys/'), bytes] as const)
  const made: Files = new Map([
    ...output.map(([path, bytes]) => [path, Buffer.from(bytes, 'latin1')] as const),
    ...keys,
  ])
  built.set(sources, made)
  return made
}

type Change = (files: Files) => Files
const edit =
  (name: string, change: (text: string) => string | undefined): Change =>
  files => {
    const path = `about/keys/${name}`
    const text = change(String(files.get(path) ?? ''))
    const changed = new Map(files)
    if (text === undefined) changed.delete(path)
    else changed.set(path, Buffer.from(text))
    return changed
  }
const ofPage = (from: string | RegExp, to: string) => {
  const pattern = typeof from === 'string' ? new RegExp(from, 'g') : from
  return edit('index.html', text => {
    expect(text).toMatch(pattern)
    return text.replace(pattern, to)
  })
}
const groups = (key: string) => key.match(/.{8}/g)!

interface Story {
  readonly title: string
  readonly before?: KeySources
  readonly after?: KeySources
  readonly change?: Change
  readonly behave?: Host['behave']
  /** Of the reader’s clock, at the second look. */
  readonly at?: string
  readonly limits?: Partial<Limits>
  readonly dns?: () => Promise<readonly string[]>
  readonly told: readonly string[]
  readonly exit: 0 | 1 | 2
  readonly words?: RegExp
}

const key = (signer: Signer) => publicLine(signer)
const unseen = { told: ['follow/unreachable'], exit: 2 } as const
const alarm = (...told: readonly string[]) => ({ told, exit: 1 }) as const

const stories: readonly Story[] = [
  { title: 'nothing has happened', told: ['follow/unchanged'], exit: 0 },
  {
    title: 'a word on the page is another',
    change: ofPage('</body>', '<p>News!</p></body>'),
    told: ['follow/unchanged'],
    exit: 0,
  },
  {
    title: 'a device more',
    before: one,
    after: two,
    ...alarm('follow/changed'),
    words: /added desktop[^]*to trust desktop: xmpp:press@example.org\?roster;omemo-sid-/,
  },
  {
    title: 'a lost laptop, revoked',
    after: three,
    ...alarm('follow/changed'),
    words: /revoked laptop[^]*\/omemo untrust press@example.org/,
  },
  {
    title: 'two manifests while the reader was away',
    before: one,
    after: three,
    ...alarm('follow/changed'),
    words: /added desktop[^]*revoked laptop/,
  },
  {
    title: 'another key is named for later',
    before: one,
    after: rotating,
    ...alarm('follow/changed'),
    words: /named the key “desk”/,
  },
  {
    title: 'a rotation, endorsed',
    before: rotating,
    after: rotated,
    ...alarm('follow/rotated'),
    words: /which the chain endorses[^]*signed by the key “desk”, SHA256:[^]*which manifest 2 names/,
  },
  {
    title: 'a rotation, and a laptop lost',
    before: rotating,
    after: rotatedAndLost,
    ...alarm('follow/rotated'),
    words: /revoked laptop/,
  },
  { title: 'a rotation, all seen at once', before: one, after: rotated, ...alarm('follow/rotated') },
  {
    title: 'the recovery key signs, nothing is lost',
    after: recoveredNext,
    ...alarm('follow/recovered'),
    words: /recovery key “safe”/,
  },
  {
    title: 'the recovery key overrules a thief',
    before: stolen,
    after: recoveredFork,
    ...alarm('follow/recovered', 'follow/replaced'),
    words: new RegExp(`you knew phone .*${groups(evil)[0]}`),
  },
  {
    title: 'the thief comes back after the recovery',
    before: recoveredFork,
    after: stolen,
    ...alarm('follow/forked', 'follow/replaced'),
  },
  {
    title: 'an old recovery key, taken away long ago, is stolen',
    before: retired,
    after: stolenSafe,
    ...alarm('follow/forked', 'follow/replaced'),
  },
  {
    title: 'an older manifest put back',
    before: three,
    after: two,
    ...alarm('follow/rolled-back'),
    words: /number 2 is shown, and you knew number 3/,
  },
  { title: 'the first manifest put back', before: three, after: one, ...alarm('follow/rolled-back') },
  {
    title: 'the signing key stolen, history rewritten',
    after: stolen,
    ...alarm('follow/forked', 'follow/replaced'),
  },
  {
    title: 'the signing key stolen, a longer history',
    after: stolenAndOn,
    ...alarm('follow/forked', 'follow/replaced'),
  },
  { title: 'the repository stolen without the key', after: unendorsed, ...alarm('follow/not-endorsed') },
  {
    title: 'the same, everything signed anew',
    after: resigned,
    ...alarm('follow/forked', 'follow/replaced'),
  },
  {
    title: 'a stranger says that all keys were lost',
    after: superseding,
    ...alarm('follow/superseded'),
    words: /anybody could have made it/,
  },
  {
    title: 'one digit altered in keys.yaml',
    change: edit('keys.yaml', text => text.replace(phone, evil)),
    ...alarm('follow/not-verified'),
  },
  {
    title: 'the signature gone',
    change: edit('keys.yaml.sig', () => undefined),
    ...alarm('follow/not-verified'),
  },
  {
    title: 'the list of signers swapped',
    change: edit('allowed_signers', () => `press@example.org ${key(thief)}\n`),
    ...alarm('follow/not-verified'),
  },
  {
    title: 'a manifest of the history gone',
    change: edit('history/0001.yaml', () => undefined),
    ...alarm('follow/not-verified'),
  },
  {
    title: 'a manifest of the history altered',
    change: edit('history/0001.yaml', text => `${text}\n`),
    ...alarm('follow/not-verified'),
  },
  {
    title: 'a signature that is no text',
    change: edit('keys.yaml.sig', () => '\u001b[2J\u202e\0'),
    ...alarm('follow/not-verified'),
  },
  {
    title: 'the key of the phone replaced by its owner',
    after: replaced,
    ...alarm('follow/changed', 'follow/replaced'),
    words: /replaced the key of phone/,
  },
  {
    title: 'past its validity',
    before: expiring,
    after: expiring,
    at: '2026-12-26T12:00:00Z',
    ...alarm('follow/expired'),
  },
  {
    title: 'the clock of the reader is years ahead',
    before: expiring,
    after: expiring,
    at: '2031-01-01T12:00:00Z',
    ...alarm('follow/expired'),
    words: /host’s clock says/,
  },
  {
    title: 'the clock of the reader is years behind',
    at: '2020-01-01T12:00:00Z',
    ...alarm('follow/not-verified'),
    words: /in the future; the host’s clock says/,
  },
  {
    title: 'a poisoned link on the page',
    change: ofPage(/(href="xmpp:[^"]*)"/, `$1;omemo-sid-7=${evil}"`),
    ...alarm('follow/page-differs'),
  },
  {
    title: 'a link that only some clients read so',
    change: ofPage(/(href="xmpp:[^"]*)"/, `$1;omemo=${evil}"`),
    ...alarm('follow/page-differs'),
  },
  {
    title: 'a link to a device that is revoked',
    before: three,
    after: three,
    change: ofPage(
      '</body>',
      `<a href="xmpp:press@example.org?omemo-sid-${vectors.devices[1]!.id}=${oldLaptop}">x</a></body>`,
    ),
    ...alarm('follow/page-differs'),
  },
  {
    title: 'another fingerprint in the text',
    change: ofPage(groups(phone)[2]!, groups(evil)[2]!),
    ...alarm('follow/page-differs'),
  },
  {
    title: 'another fingerprint in the list of the box',
    change: ofPage(`data-fingerprint="${phone}"`, `data-fingerprint="${evil}"`),
    ...alarm('follow/page-differs'),
  },
  {
    title: 'another signer on the page',
    change: ofPage(/SHA256:.{43}/g, `SHA256:${'A'.repeat(43)}`),
    ...alarm('follow/page-differs'),
  },
  {
    title: 'another QR code',
    change: files =>
      new Map(files)
        .set(
          'about/keys/qr/press@example.org.svg',
          files.get('about/keys/qr/415926535.svg') ?? Buffer.from('<svg/>'),
        )
        .set(`about/keys/qr/${vectors.devices[0]!.id}.svg`, Buffer.from('<svg/>')),
    ...alarm('follow/page-differs'),
  },
  {
    title: 'another signer on the card',
    change: edit('card/index.html', text => text.replace(/SHA256:.{43}/, `SHA256:${'A'.repeat(43)}`)),
    ...alarm('follow/page-differs'),
    words: /its card: it shows SHA256:AAA/,
  },
  {
    title: 'another code for the address book',
    change: files =>
      new Map(files).set(
        'about/keys/qr/press@example.org.vcard.svg',
        Buffer.from(
          drawSvg(
            encodeQr(
              vCard(
                { label: 'press@example.org', link: `xmpp:press@example.org?omemo-sid-7=${evil}` },
                sshFingerprint(laptop.blob),
              ),
            ).value!,
            'x',
          ),
        ),
      ),
    ...alarm('follow/page-differs'),
    words: /vcard\.svg says something that no link/,
  },
  {
    title: 'the card gone',
    change: edit('card/index.html', () => undefined),
    told: ['follow/unchanged'],
    exit: 0,
  },
  {
    title: 'the page gone, the files there',
    change: edit('index.html', () => undefined),
    ...alarm('follow/page-differs'),
  },
  { title: 'keys.yaml gone', change: edit('keys.yaml', () => undefined), ...unseen },
  { title: 'the host is ill', behave: (_, response) => (response.writeHead(500).end(), true), ...unseen },
  { title: 'the host never answers', behave: () => true, limits: { milliseconds: 300 }, ...unseen },
  {
    title: 'the host answers a byte at a time',
    behave: (_, response) => (response.writeHead(200).write('v'), true),
    limits: { milliseconds: 300 },
    ...unseen,
  },
  {
    title: 'the host hangs up half-way',
    behave: (_, response) => (
      response.writeHead(200, { 'content-length': 99 }).write('v', () => response.destroy()),
      true
    ),
    ...unseen,
  },
  {
    title: 'a file without end',
    behave: (_, response) => (response.end(Buffer.alloc(300 * 1024, 97)), true),
    ...unseen,
    words: /larger than 256 KiB/,
  },
  {
    title: 'a small file that unpacks without end',
    behave: (_, response) => (
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(64 * 1024 * 1024))),
      true
    ),
    ...unseen,
    words: /larger than 256 KiB/,
  },
  {
    title: 'a redirect to another host',
    behave: (path, response) => (
      response.writeHead(302, { location: `http://localhost:1/${path}` }).end(),
      true
    ),
    ...unseen,
    words: /another place/,
  },
  {
    title: 'a redirect out of https',
    behave: (_, response) => (response.writeHead(301, { location: 'ftp://127.0.0.1/' }).end(), true),
    ...unseen,
  },
  {
    title: 'a redirect in circles',
    behave: (path, response) => (response.writeHead(302, { location: `/${path}` }).end(), true),
    ...unseen,
    words: /circles/,
  },
  {
    title: 'a redirect on the same host',
    behave: (path, response) =>
      path.startsWith('about/keys/') && (response.writeHead(302, { location: `/moved/${path}` }).end(), true),
    change: files => new Map([...files].map(([path, bytes]) => [`moved/${path}`, bytes])),
    told: ['follow/unchanged'],
    exit: 0,
  },
  {
    title: 'a history of more than ten thousand',
    change: edit('keys.yaml', text => text.replace(/serial: \d+/, 'serial: 10001')),
    ...unseen,
    words: /10001 manifests/,
  },
  {
    title: 'another place agrees',
    before: anchored,
    after: anchored,
    dns: async () => [sshFingerprint(laptop.blob)],
    told: ['follow/unchanged', 'follow/anchor-agrees'],
    exit: 0,
    words: /could forge it/,
  },
  {
    title: 'another place shows another key',
    before: anchored,
    after: anchored,
    dns: async () => [`SHA256:${'B'.repeat(43)}`],
    ...alarm('follow/anchor-differs'),
  },
  {
    title: 'another place shows no key',
    before: anchored,
    after: anchored,
    dns: async () => ['hello'],
    ...alarm('follow/anchor-differs'),
  },
  {
    title: 'another place cannot be read',
    before: anchored,
    after: anchored,
    dns: () => Promise.reject(new Error('SERVFAIL')),
    told: ['follow/unchanged', 'follow/anchor-unread'],
    exit: 0,
  },
]

let host: Host
beforeAll(async () => void (host = await startHost()))
const table: string[] = []
afterAll(() => {
  host.close()
  process.stdout.write(`\nWhat the reader is told, in ${table.length} stories:\n${table.join('\n')}\n`)
})

const codes = (report: JsonReport) => report.diagnostics.map(({ code }) => code)

test('there are forty and more', () => expect(stories.length).toBeGreaterThanOrEqual(40))

test.each(stories.map(story => [story.title, story] as const))('%s', async (title, story) => {
  const {
    before = two,
    after = before,
    change,
    behave,
    at = now.toISOString(),
    limits,
    dns,
    told,
    exit,
    words,
  } = story
  const url = `${host.origin}/about/keys/`
  const cwd = folderWith()
  host.behave = undefined
  host.files = await publish(before)
  const run = async (time: string, ...args: readonly string[]) => {
    const epoch = String(new Date(time).getTime() / 1000)
    const result = await imprimatur(
      ['keys', 'follow', ...args, '--store', 'store.yaml', '--format', 'json'],
      {
        cwd,
        env: { SOURCE_DATE_EPOCH: epoch },
      },
    )
    return { ...result, report: JSON.parse(result.stdout || result.stderr) as JsonReport }
  }
  const first = await run(now.toISOString(), url, '--yes')
  expect([first.code, codes(first.report)[0]]).toEqual([1, 'follow/new'])
  const remembered = readStore(join(cwd, 'store.yaml')).value!

  const files = await publish(after)
  host.files = change ? change(files) : files
  host.behave = behave
  const isSpecial = limits !== undefined || dns !== undefined
  const second = isSpecial ? undefined : await run(at)
  const look = isSpecial
    ? await lookAt(new URL(url), remembered[0], {
        now: new Date(at),
        limits: { ...usualLimits, ...limits },
        resolve: dns,
      })
    : undefined
  const seen = second ? codes(second.report) : look!.verdicts.map(({ code }) => code)
  const messages = second
    ? second.report.diagnostics.map(({ message }) => message)
    : look!.verdicts.map(({ message }) => message)
  table.push(`  ${title.padEnd(52)} ${exit}  ${seen.map(code => code.replace('follow/', '')).join(', ')}`)
  expect(seen.filter(code => dns !== undefined || !code.startsWith('follow/anchor'))).toEqual(told)
  expect(second?.code ?? exit).toBe(exit)
  expect(messages.join('\n')).toMatch(words ?? '')
  expect(messages.join('\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|undefined|\[object/)
  expect(readStore(join(cwd, 'store.yaml')).value).toEqual(remembered)
})
