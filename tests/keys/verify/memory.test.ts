import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { judgeContinuity } from '../../../src/keys/verify/continuity.ts'
import type { KeySources } from '../../../src/keys/manifest/sources.ts'
import { folderWith } from '../../folder.ts'
import { startHost } from '../follow/host.ts'
import { build, imprimatur } from '../../program.ts'
import { clear, writeFiles } from '../../tree.ts'
import { buildHistory, days, drafts, naming, newSigner, now, verify } from '../signed-history.ts'

const [signer, thief, safe] = [newSigner(), newSigner(), newSigner()]
const withSafe = naming({ laptop: signer, safe })
const all = drafts.map(draft => withSafe + draft)
const good = buildHistory(signer, all, days)
const atTwo = buildHistory(signer, all.slice(0, 2), days)

const env = { SOURCE_DATE_EPOCH: String(now.getTime() / 1000) }
const filesOf = ({ manifest, signature, allowedSigners, history }: KeySources) =>
  Object.fromEntries(
    [manifest, signature!, allowedSigners, ...history.values()].map(({ path, text }) => [path, text]),
  )
const site = {
  'imprimatur.config.json': JSON.stringify({
    site: { title: 'Fixture', url: 'https://example.org' },
    keys: { manifest: 'pages/about/keys.yaml' },
  }),
  'pages/about/keys.md': '---\ntitle: Keys\nlang: en\n---\n',
  'layouts/default.ejs': '<head><%- metadata() %></head><%- body %>',
}
const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
    cwd,
    stdio: 'ignore',
  })

/** The same site with other keys; what was published before stays in commits and in the output folder. */
function put(root: string, sources: KeySources): void {
  clear(join(root, 'pages/about/keys'))
  writeFiles(root, filesOf(sources))
}

const says = (code: string, words = '') => expect.stringMatching(new RegExp(`^${code} .*${words}`)) as unknown

const check = async (cwd: string, ...args: readonly string[]) => {
  const { stdout } = await imprimatur(['keys', 'check', ...args, '--format', 'json'], { cwd, env })
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; message: string }[] }
  return diagnostics.map(({ code, message }) => `${code} ${message}`)
}

describe('going back is noticed', () => {
  test('by every command that reads the manifest', async () => {
    const root = folderWith({ ...site, ...filesOf(good) })
    await build({ cwd: root, env })
    put(root, atTwo)
    const uri = 'xmpp:press@example.org'
    for (const command of [['check'], ['log'], ['show'], ['compare', uri]]) {
      const { code, stdout, stderr } = await imprimatur(['keys', ...command], { cwd: root, env })
      expect([command[0], code]).toEqual([command[0], 1])
      expect(stdout + stderr).toContain('trust/rolled-back')
    }
  })

  test('by the commits of the repository, even when one of them went back', async () => {
    const root = folderWith({ ...site, ...filesOf(good) })
    git(root, 'init', '-q')
    git(root, 'add', '-A')
    git(root, 'commit', '-qm', 'three')
    expect(await check(root)).toEqual([])
    put(root, atTwo)
    const expected = [says('trust/rolled-back', 'Manifest 2 is older than number 3 .* in a commit')]
    expect(await check(root)).toEqual(expected)
    git(root, 'add', '-A')
    git(root, 'commit', '-qm', 'back')
    expect(await check(root)).toEqual(expected)
    expect((await build({ cwd: root, env })).findings[0]).toContain('trust/rolled-back')
  })

  test('by the output folder, and not by a stray file in it', async () => {
    const root = folderWith({ ...site, ...filesOf(good) })
    expect((await build({ cwd: root, env })).code).toBe(0)
    put(root, atTwo)
    expect(await check(root)).toEqual([says('trust/rolled-back', '.* in the output folder')])
    rmSync(join(root, 'docs'), { recursive: true })
    expect(await check(root)).toEqual([])
    writeFiles(root, {
      'docs/about/keys/history/0009.yaml': good.manifest.text.replace('serial: 3', 'serial: 9'),
    })
    expect(await check(root)).toEqual([])
  })

  test('and so is another chain, but for one of the recovery key, or one that takes its place', async () => {
    const stolen = buildHistory(signer, [all[0]!, `${naming({ thief, safe })}${drafts[1]}`], days)
    const root = folderWith({ ...site, ...filesOf(stolen) })
    await build({ cwd: root, env })
    put(root, good)
    expect(await check(root)).toEqual([says('trust/forked', '.* part at number 2')])
    put(root, buildHistory([signer, safe], [all[0]!, all[1]!], days))
    expect(await check(root)).toEqual([says('trust/recovered')])
    const last = verify(stolen).value!.history.at(-1)!.hash
    put(root, buildHistory(safe, [`supersedes: ${last}\n${drafts[0]}`], days))
    expect(await check(root)).toEqual([says('trust/superseded')])
  })
})

test('--published compares with what is on the page now, and says when it cannot', async () => {
  const host = await startHost()
  try {
    const root = folderWith({
      ...site,
      'imprimatur.config.json': site['imprimatur.config.json'].replace('https://example.org', host.origin),
      ...filesOf(atTwo),
    })
    const published = (sources: KeySources) =>
      new Map(
        Object.entries(filesOf(sources)).map(([path, text]) => [
          path.replace('pages/about/', 'about/keys/').replace('keys/keys/', 'keys/'),
          Buffer.from(text),
        ]),
      )
    const run = () => check(root, '--published')
    expect(await run()).toEqual([])
    host.files = published(buildHistory(signer, all.slice(0, 1), days))
    expect(await run()).toEqual([])
    host.files = published(good)
    expect(await run()).toEqual([says('trust/rolled-back', 'number 3 .* on the page')])
    host.behave = (_, response) => (response.writeHead(503).end(), true)
    expect(await run()).toEqual([says('trust/unseen', 'the host answers 503')])
  } finally {
    host.close()
  }
})

test('a check asks the other places that the manifest names, but for --offline', async () => {
  const anchored = buildHistory(signer, [`anchors: [https://127.0.0.1:1/press.keys]\n${all[0]}`], days)
  const root = folderWith({ ...site, ...filesOf(anchored) })
  expect(await check(root)).toEqual([says('follow/anchor-unread', 'cannot be read')])
  expect(await check(root, '--offline')).toEqual([])
})

describe('what became of a chain that was seen', () => {
  const link = (serial: number, hash: string, succession: 'same-key' | 'recovery' = 'same-key') => ({
    serial,
    hash,
    succession,
  })
  const [a, b, c, x] = [link(1, 'a'), link(2, 'b'), link(3, 'c'), link(2, 'x')]
  const continuity = (seen: Parameters<typeof judgeContinuity>[0], now: typeof seen, supersedes?: string) =>
    judgeContinuity(seen, now as Parameters<typeof judgeContinuity>[1], supersedes).kind

  test.each([
    ['same', [a, b], [a, b]],
    ['ahead', [a, b], [a, b, c]],
    ['ahead', [], [a]],
    ['ahead', [b], [a, b, c]],
    ['rolled-back', [a, b], [a]],
    ['forked', [a, x], [a, b]],
    ['forked', [a], [link(1, 'z', 'recovery')]],
    ['recovered', [a, x], [a, link(2, 'r', 'recovery')]],
    ['forked', [a, link(2, 's', 'recovery')], [a, link(2, 'r', 'recovery')]],
    ['forked', [a, link(2, 's', 'recovery')], [a, b, c]],
    ['recovered', [a, x, link(3, 'y')], [a, link(2, 'r', 'recovery')]],
    ['forked', [a, x, link(3, 'y', 'recovery')], [a, link(2, 'r', 'recovery')]],
    ['forked', [link(3, 'q')], [a, b, link(3, 'r', 'recovery')]],
  ] as const)('%s', (kind, seen, chain) => expect(continuity(seen, chain)).toBe(kind))

  test('superseded', () => {
    expect(continuity([a, b], [link(1, 'n')], 'b')).toBe('superseded')
    expect(continuity([a, b], [link(1, 'n')], 'y')).toBe('forked')
  })
})

test('a manifest past its validity: the page says since when, shows neither link nor code, and the site is built', async () => {
  const expired = buildHistory(signer, [`validUntil: 2026-11-01\n${drafts[0]}`], days)
  const root = folderWith({
    ...site,
    ...filesOf(expired),
    'pages/index.md': '---\ntitle: Home\nlang: en\n---\nHello.\n',
  })
  const written = await build({ cwd: root, env })
  expect([written.code, written.findings.map(found => found.split(' ')[0])]).toEqual([0, ['keys/expired']])
  const read = (path: string) => readFileSync(join(root, 'docs', path), 'utf8')
  const page = read('about/keys/index.html')
  expect(page).toContain('<time datetime="2026-11-01">')
  expect(page).toContain(
    '<link rel="alternate" type="application/atom+xml" title="Key changes" href="/about/keys/keys.atom">',
  )
  for (const text of [page, read('about/keys/keys.json'), read('about/keys/keys.txt')]) {
    expect(text).not.toMatch(/omemo-sid|trust-message|\/omemo trust|<img|keys-compare-text/)
  }
  expect(read('about/keys/keys.txt')).toContain('OUT OF DATE since 2026-11-01')
  expect(read('index.html')).toContain('Hello.')
  expect((await check(root))[0]).toMatch(/^keys\/expired /)
  const checked = await build({ cwd: root, env }, '--check')
  expect([checked.code, checked.findings[0]]).toEqual([1, expect.stringMatching(/^keys\/expired /)])
})
