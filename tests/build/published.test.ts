import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { builtSite } from './built-site.ts'
import { build, imprimatur } from '../program.ts'
import { pathsOf, writeFiles } from '../tree.ts'

const config = (build: object) => ({
  'imprimatur.config.json': JSON.stringify({ build: { extras: false, ...build } }),
})
const start = { 'layouts/default.ejs': '<%- body %>', 'pages/index.md': 'Home\n', ...config({}) }

/** What systems, editors and synchronisers leave beside a page `a.md`. */
const droppings = [
  '.env .htpasswd .DS_Store .git/config .obsidian/workspace.json .trash/old.md .svn/entries .vscode/settings.json',
  'a.md.bak a.md.BAK a.md.orig a.md.rej a.md~ .#a.md #a.md# .a.md.swp a.swp a.swo a.md.save .a.md.kate-swp a.md.tmp',
  '~$a.docx .~lock.a.odt# .syncthing.a.md.tmp a.sync-conflict-20261127-101010-ABCDEFG.md ._a.md ._index.md .nfs0000',
  'Thumbs.db thumbs.db desktop.ini @eaDir/a.md node_modules/x/README.md 4913 a.md___jb_tmp___ .goutputstream-ABC123',
  '.213a6976-7d6a-4a0e-9d4f-0c5c2f0f7b11.imprimatur __MACOSX/a.md $RECYCLE.BIN/a.md lost+found/a.md',
]
  .flatMap(line => line.split(' '))
  .concat('Icon\r', 'a (Ann’s conflicted copy 2026-11-27).md', 'a (conflicted copy 2026-11-27 101010).md')

describe('what lies beside the pages', () => {
  test('is not published when a system or a program left it there, and listed on request', async () => {
    const cwd = folderWith({
      ...start,
      ...Object.fromEntries(droppings.map(path => [`pages/posts/${path}`, 'private'])),
    })
    const { code, stdout } = await imprimatur(['build', '--verbose'], { cwd })
    expect(code).toBe(0)
    expect(pathsOf(join(cwd, 'docs'))).toEqual(['.imprimatur-files', 'index.html'])
    for (const path of droppings) {
      const named = path.replace(/\/.*/, '/').replace('\r', '␍')
      expect(stdout).toContain(`passed over: pages/posts/${named}\n`)
    }
  })

  test('is published when its name says that it is to be, or the configuration', async () => {
    const include = ['pages/.plan', 'pages/old/*.bak', './pages/.public/', 'pages/.deep/er/one.txt']
    const cwd = folderWith({
      ...start,
      ...config({ include }),
      'pages/.well-known/x': '',
      'pages/.nojekyll': '',
      'pages/.htaccess': '',
      'pages/.plan': '',
      'pages/old/data.bak': '',
      'pages/other.bak': '',
      'pages/.public/a.txt': '',
      'pages/.public/b/.c': '',
      'pages/.public/b/d.txt': '',
      'pages/.deep/er/one.txt': '',
      'pages/.deep/er/two.txt': '',
      'pages/.deep/three.txt': '',
    })
    const { code, stdout } = await imprimatur(['build', '--verbose'], { cwd })
    expect(code).toBe(0)
    expect(pathsOf(join(cwd, 'docs'))).toEqual(
      '.deep/er/one.txt .htaccess .imprimatur-files .nojekyll .plan .public/a.txt .public/b/d.txt .well-known/x index.html old/data.bak'.split(
        ' ',
      ),
    )
    expect(stdout.match(/(?<=passed over: ).*/g)).toEqual([
      'pages/.deep/er/two.txt',
      'pages/.deep/three.txt',
      'pages/.public/b/.c',
      'pages/other.bak',
    ])
  })

  test('is never the site itself, whatever link leads there', async () => {
    const cwd = folderWith({ ...start, 'pages/a.txt': '' })
    symlinkSync('..', join(cwd, 'pages/up'))
    for (let n = 0; n < 3; n++) {
      expect(await build({ cwd })).toMatchObject({ code: 1, findings: ['file/read pages/up'] })
      expect(pathsOf(cwd)).not.toContain('docs/index.html')
    }
    rmSync(join(cwd, 'pages/up'))
    expect((await build({ cwd })).code).toBe(0)
  })

  test('nor a folder that has the output folder in it', async () => {
    const cwd = folderWith({ 'tool/imprimatur.config.json': '{ "dirs": { "pages": ".." } }', 'index.md': '' })
    expect(await build({ cwd: join(cwd, 'tool') })).toMatchObject({ code: 2, findings: ['config/dirs'] })
  })
})

describe('a private key', () => {
  const secret = () => `AGE-SECRET-KEY-1${'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'.repeat(2).slice(0, 58)}`
  const pem = () =>
    `-----BEGIN OPENSSH PRIVATE KEY-----\n${randomBytes(66).toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`

  test('stops the build wherever in the site it is, and nothing prints it', async () => {
    const key = secret()
    const places: Readonly<Record<string, (text: string) => string>> = {
      'pages/key.txt': text => text,
      'pages/main.css': text => `/* ${text} */`,
      'pages/a.md': text => `Words\n\n${text}\n`,
      'pages/b.md': text => `---\ntitle: ${text}\n---\n# Words\n`,
      'pages/c.html': text => `---\nlayout: none\n---\n<!-- ${text} -->`,
      'pages/d.ejs': text => `<% const key = '${text}' %><p><%= key %></p>`,
      'layouts/default.ejs': text => `<title><%= page.title %></title><%- body %>${text}`,
    }
    const chosen = fc.uniqueArray(fc.constantFrom(...Object.keys(places)), { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(chosen, async paths => {
        const cwd = folderWith({ ...start, 'layouts/default.ejs': places['layouts/default.ejs']!('') })
        expect((await build({ cwd })).code).toBe(0)
        const before = pathsOf(join(cwd, 'docs'))
        writeFiles(cwd, Object.fromEntries(paths.map(path => [path, places[path]!(key)])))
        const { code, stdout, stderr } = await imprimatur(['build'], { cwd })
        expect([code, stdout]).toEqual([1, expect.stringContaining('an age secret key')])
        for (const path of paths.filter(each => each.startsWith('pages/'))) expect(stdout).toContain(path)
        expect(stdout + stderr).not.toContain(key.slice(0, 40))
        expect(pathsOf(join(cwd, 'docs'))).toEqual(before)
      }),
      { numRuns: 8 },
    )
  })

  test('that is no secret is published where the configuration names its file, and nowhere else', async () => {
    const cwd = folderWith({
      ...start,
      ...config({ notSecret: ['pages/vectors/key.pem', './pages/test.md'] }),
      'pages/vectors/key.pem': pem(),
      'pages/test.md': `~~~\n${pem()}~~~\n`,
    })
    const { code, stdout } = await imprimatur(['build', '--verbose'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain('let through by build.notSecret: pages/vectors/key.pem\n')
    writeFiles(cwd, { 'pages/vectors/other.pem': pem() })
    expect(await build({ cwd })).toMatchObject({ findings: ['publish/secret pages/vectors/other.pem:1:1'] })
  })

  test('is refused by a build with a cache, once the configuration no longer names it', async () => {
    const cwd = folderWith({ ...start, ...config({ notSecret: ['pages/key.pem'] }), 'pages/key.pem': pem() })
    expect((await build({ cwd })).code).toBe(0)
    writeFiles(cwd, config({}))
    expect(await build({ cwd })).toMatchObject({ code: 1, findings: ['publish/secret pages/key.pem:1:1'] })
  })

  test('whose hyphens typography would change is recognised all the same', async () => {
    const cwd = folderWith({
      ...start,
      'imprimatur.config.json': '{ "build": { "typography": "fix" } }',
      'pages/a.md': pem(),
    })
    expect(await build({ cwd })).toMatchObject({ code: 1, findings: ['publish/secret pages/a.md:1:1'] })
  })
})

describe('a page that is not to be seen yet, or any more', () => {
  const at = (time: string) => ({ SOURCE_DATE_EPOCH: String(Date.parse(time) / 1000) })
  const noon = at('2026-06-01T12:00:00Z')
  const page = (fields: string, body = 'Secret plans\n') => `---\n${fields}\n---\n${body}`
  const published = async (cwd: string, env: Record<string, string>) => {
    expect(await build({ cwd, env })).toMatchObject({ code: 0, findings: [] })
    return pathsOf(join(cwd, 'docs')).filter(path => path.endsWith('/index.html'))
  }

  test.each([
    'draft: true',
    'published: false',
    'hidden: true',
    'publishDate: 2099-01-01',
    'date: 2099-01-01',
    'date: 2020-01-01\npublishDate: 2099-01-01',
    'expiryDate: 2026-05-31',
    'date: 2020-01-01\nexpiryDate: 2026-06-01T11:59:00Z',
  ])('is kept back by %j', async fields => {
    const cwd = folderWith({ ...start, 'pages/a.md': page(fields) })
    expect(await published(cwd, noon)).toEqual([])
  })

  test('is kept back by a folder _drafts/, anywhere', async () => {
    const cwd = folderWith({ ...start, 'pages/_drafts/a.md': page('x: 1'), 'pages/posts/_drafts/b.md': '' })
    expect(await published(cwd, noon)).toEqual([])
  })

  const guarding = ['draft', 'published', 'hidden', 'date', 'publishDate', 'expiryDate']
  /** Typing mistakes in a name. */
  const slips = (name: string): readonly string[] => [
    name.toUpperCase(),
    name[0]!.toUpperCase() + name.slice(1),
    ...[...name].slice(1).map((letter, i) => name.slice(0, i) + letter + name[i]! + name.slice(i + 2)),
    ...(name.length < 5
      ? []
      : [`${name}s`, name.slice(1), name.slice(0, -1), `${name.slice(0, 2)}x${name.slice(3)}`]),
  ]
  const misspelt = guarding.flatMap(name =>
    slips(name)
      .filter(slip => slip !== name)
      .map(slip => [slip, name] as const),
  )

  test('stops the build when the field that keeps it back is misspelt, and that field is named', async () => {
    for (const [slip, name] of new Map(misspelt)) {
      const { findings, diagnostics } = await builtSite({ 'pages/a.md': page(`${slip}: true`) })
      expect([slip, findings]).toEqual([slip, ['front-matter/misspelt pages/a.md:2:1']])
      expect(diagnostics[0]!.message + diagnostics[0]!.hint).toContain(name)
    }
  })

  test('is published when the configuration says that the field is the author’s own', async () => {
    const own = { 'imprimatur.config.json': '{ "fields": ["craft", "Date"], "build": { "extras": false } }' }
    const { findings, output } = await builtSite({
      ...own,
      'pages/a.md': page('craft: true\nDate: 2099-01-01'),
    })
    expect([findings, Object.keys(output)]).toEqual([[], ['a/index.html']])
  })

  test('another field that is nearly one that is read is only warned of, in every build', async () => {
    const cwd = folderWith({ ...start, 'pages/a.md': page('Title: A\nlayuot: none\nmood: good') })
    const expected = ['front-matter/similar pages/a.md:2:1', 'front-matter/similar pages/a.md:3:1']
    for (let n = 0; n < 2; n++) expect(await build({ cwd })).toMatchObject({ code: 0, findings: expected })
  })

  test('comes and goes at its time, later the same day, also when the last build is remembered', async () => {
    const cwd = folderWith({
      ...start,
      'pages/comes.md': page('date: 2026-06-01T15:00:00+03:00'),
      'pages/goes.md': page('expiryDate: 2026-06-01T12:30:00Z'),
    })
    expect(await published(cwd, at('2026-06-01T11:00:00Z'))).toEqual(['goes/index.html'])
    expect(await published(cwd, noon)).toEqual(['comes/index.html', 'goes/index.html'])
    expect(await published(cwd, at('2026-06-01T13:00:00Z'))).toEqual(['comes/index.html'])
    expect(await published(cwd, at('2026-06-01T11:00:00Z'))).toEqual(['goes/index.html'])
  })

  test('comes when its day begins in the zone of the site, or anywhere on Earth', async () => {
    const files = { ...start, 'pages/a.md': page('date: 2026-06-02') }
    const moscow = {
      ...files,
      'imprimatur.config.json': '{ "site": { "timeZone": "Europe/Moscow" }, "build": { "extras": false } }',
    }
    const [anywhere, there] = [folderWith(files), folderWith(moscow)]
    expect(await published(anywhere, at('2026-06-01T09:59:59Z'))).toEqual([])
    expect(await published(anywhere, at('2026-06-01T10:00:00Z'))).toEqual(['a/index.html'])
    expect(await published(there, at('2026-06-01T20:59:59Z'))).toEqual([])
    expect(await published(there, at('2026-06-01T21:00:00Z'))).toEqual(['a/index.html'])
  })

  test('is never what new has just written, whatever the zone of the machine', async () => {
    for (const TZ of ['Pacific/Kiritimati', 'Pacific/Auckland', 'UTC', 'Pacific/Pago_Pago']) {
      const cwd = folderWith({ ...start, 'imprimatur.config.json': '{ "build": { "extras": false } }' })
      const { code } = await imprimatur(['new', 'Words'], { cwd, env: { ...noon, TZ } })
      expect(code).toBe(0)
      expect(await published(cwd, noon)).toEqual(['posts/2026/words/index.html'])
    }
  })
})

test('of a folder with one of everything that is not meant to be published, nothing is, and each is named', async () => {
  const random = (length: number) => randomBytes(length).toString('base64')
  const secrets = {
    'pages/keys/id_ed25519': `-----BEGIN OPENSSH PRIVATE KEY-----\n${random(66)}\n-----END OPENSSH PRIVATE KEY-----\n`,
    'pages/keys/rsa.pem': `-----BEGIN RSA PRIVATE KEY-----\n${random(66)}\n-----END RSA PRIVATE KEY-----\n`,
    'pages/keys/age.txt': `AGE-SECRET-KEY-1${'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'.repeat(2).slice(0, 58)}\n`,
    'pages/keys/pgp.asc': `-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${random(60)}\n-----END PGP PRIVATE KEY BLOCK-----\n`,
    'pages/keys/post.md': `# Words\n\nAGE-SECRET-KEY-1${'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'.repeat(2).slice(0, 58)}\n`,
  }
  const nearMisses = Object.fromEntries(
    [
      'Draft: true',
      'DRAFT: true',
      'drafts: true',
      'dratf: true',
      'Published: false',
      'Hidden: true',
      'Date: 2099-01-01',
      'publish_date: 2099-01-01',
      'expirydate: 2020-01-01',
    ].map((field, n) => [`pages/near/n${n}.md`, `---\n${field}\n---\nPRIVATE words\n`]),
  )
  const unread = {
    'pages/near/comment.md': '<!-- a -->\n---\ntitle: A\ndraft: true\n---\nPRIVATE words\n',
    'pages/near/pelican.md': 'Title: A\nStatus: draft\n\nPRIVATE words\n',
  }
  const drafts = Object.fromEntries(
    [
      'draft: true',
      'published: false',
      'hidden: true',
      'publishDate: 2099-01-01',
      'date: 2099-01-01',
      'expiryDate: 2020-01-01',
    ]
      .map((field, n) => [`pages/drafts/d${n}.md`, `---\n${field}\n---\nPRIVATE words\n`])
      .concat([
        ['pages/_drafts/wip.md', 'PRIVATE words\n'],
        ['pages/drafts/2099-01-01-later.md', 'PRIVATE words\n'],
        ['pages/drafts/toml.md', '\n+++\ndraft = true\n+++\nPRIVATE words\n'],
        ['pages/drafts/json.md', '{\n  "draft": true\n}\nPRIVATE words\n'],
        ['pages/folder/_defaults.yaml', 'draft: true\n'],
        ['pages/folder/page.md', 'PRIVATE words\n'],
      ]),
  )
  const left = Object.fromEntries(droppings.map(path => [`pages/left/${path}`, 'PRIVATE words']))
  const cwd = folderWith({
    ...start,
    ...config({ extras: true }),
    ...secrets,
    ...nearMisses,
    ...unread,
    ...drafts,
    ...left,
  })
  const nothing = () => (existsSync(join(cwd, 'docs')) ? pathsOf(join(cwd, 'docs')) : [])
  const named = async () => (await build({ cwd })).findings.map(each => each.replace(/^\S+ |:\d+:\d+$/g, ''))
  expect((await named()).toSorted()).toEqual(Object.keys({ ...nearMisses, ...unread }).toSorted())
  expect(nothing()).toEqual([])
  for (const path of Object.keys({ ...nearMisses, ...unread })) rmSync(join(cwd, path))
  expect(new Set(await named())).toEqual(new Set(Object.keys(secrets)))
  expect(nothing()).toEqual([])
  for (const path of Object.keys(secrets)) rmSync(join(cwd, path))
  const { code, stdout } = await imprimatur(['build', '--verbose'], { cwd })
  expect(code).toBe(0)
  for (const path of droppings)
    expect(stdout).toContain(`passed over: pages/left/${path.replace(/\/.*/, '/').replace('\r', '␍')}\n`)
  const { stdout: list } = await imprimatur(['build', '--list'], { cwd })
  for (const path of Object.keys(drafts).filter(each => each.endsWith('.md')))
    expect(list).toContain(`held back: ${path} (`)
  expect(nothing().filter(path => path.endsWith('.html'))).toEqual(['index.html'])
  for (const path of nothing()) expect(readFileSync(join(cwd, 'docs', path), 'utf8')).not.toContain('PRIVATE')
})

describe('a page that is only for whom it is shown to', () => {
  const site = {
    'imprimatur.config.json': '{ "site": { "title": "T", "url": "https://t.example.org" } }',
    'layouts/default.ejs': '<%- metadata() %><%- body %>',
    'pages/index.ejs': '<% for (const p of pages) { %><a href="<%= p.url %>"><%= p.title %></a><% } %>',
    'pages/posts/one.md': '---\ndate: 2026-01-01\ntags: [a]\n---\nOne\n',
    'pages/posts/two.md': '---\ndate: 2026-01-03\ntags: [a]\nlang: ru\n---\nTwo\n',
  }
  const secret =
    '---\ntitle: Quite secret\ndate: 2026-01-02\nunlisted: true\ntags: [a, b]\naliases: [/old-secret/]\nlang: ru\ntranslationOf: one.md\n---\nWords\n'

  test('is at its address, with noindex, and nothing else of the site says that it is there', async () => {
    const { output, findings } = await builtSite({ ...site, 'pages/posts/secret.md': secret })
    expect(findings).toEqual([])
    expect(output['posts/secret/index.html']).toContain('<meta name="robots" content="noindex">')
    const without = (await builtSite(site)).output
    const others = Object.entries(output).filter(([path]) => !/secret/.test(path))
    expect(Object.fromEntries(others)).toEqual(without)
  })

  test('or kept out of the feeds alone', async () => {
    const quiet = secret.replace('unlisted: true', 'feed: false').replace('translationOf: one.md\n', '')
    const { output } = await builtSite({ ...site, 'pages/posts/secret.md': quiet })
    const paths = Object.keys(output).filter(path => output[path]!.includes('Quite secret'))
    expect(paths.filter(path => /atom|rss|feed/.test(path))).toEqual([])
    expect(paths).toEqual(expect.arrayContaining(['index.html', 'posts/index.html']))
  })
})

describe('links that lead nowhere', () => {
  const files = { ...start, 'pages/a.md': '[here](/nowhere/) [there](/there/y/)\n' }

  test('are warnings where the configuration says so', async () => {
    const cwd = folderWith({ ...files, ...config({ links: 'warn' }) })
    const found = ['link/broken pages/a.md:1:8', 'link/broken pages/a.md:1:27']
    for (let n = 0; n < 2; n++) {
      const { code, findings, report } = await build({ cwd })
      expect([code, findings]).toEqual([0, found])
      expect(report.diagnostics.map(({ severity }) => severity)).toEqual(['warning', 'warning'])
    }
  })

  test('may be allowed on one page', async () => {
    const page = '---\nelsewhere: [/nowhere/, /there/]\n---\n[here](/nowhere/) [there](/there/y/)\n'
    const cwd = folderWith({ ...start, 'pages/a.md': page })
    expect(await build({ cwd })).toMatchObject({ code: 0, findings: [] })
    writeFiles(cwd, { 'pages/b.md': '[here](/nowhere/)' })
    expect(await build({ cwd })).toMatchObject({ code: 1, findings: ['link/broken pages/b.md:1:8'] })
  })
})

test('build --list says what would be where, made from what, and what is left out, and writes nothing', async () => {
  const cwd = folderWith({
    'layouts/default.ejs': '<%- body %>',
    'pages/index.md': 'Home\n',
    'pages/posts/a.md': '---\ndate: 2026-01-01\ntags: [t]\naliases: [/old/]\n---\nWords\n',
    'pages/shown.md': '---\nunlisted: true\n---\n',
    'pages/plan.md': '---\ndraft: true\n---\n',
    'pages/late.md': '---\ndate: 2026-06-09\n---\n',
    'pages/cat.txt': 'miaow',
    'pages/.env': 'SECRET=1',
  })
  const env = { SOURCE_DATE_EPOCH: '1780315200' }
  const { code, stdout } = await imprimatur(['build', '--list'], { cwd, env })
  expect([code, pathsOf(cwd).some(path => path.startsWith('docs/'))]).toEqual([0, false])
  const rows = stdout.split('\n').map(row => row.replace(/ {2,}/g, ' | '))
  expect(rows).toEqual(
    expect.arrayContaining([
      '/ | page | pages/index.md',
      '/atom.xml | feed',
      '/cat.txt | copied | pages/cat.txt',
      '/old/ | redirect | pages/posts/a.md: leads to /posts/a/',
      '/posts/ | archive | lists one page',
      '/shown/ | page | pages/shown.md: unlisted',
      '/tags/ | archive | lists all tags',
      'held back: pages/late.md (its date, 2026-06-09, is still to come)',
      'held back: pages/plan.md (a draft)',
      'passed over: pages/.env',
    ]),
  )
  await build({ cwd, env })
  const built = pathsOf(join(cwd, 'docs')).filter(path => path !== '.imprimatur-files')
  const json = await imprimatur(['build', '--list', '--format', 'json'], { cwd, env })
  const { files } = JSON.parse(json.stdout) as { files: readonly { address: string }[] }
  expect(files.map(({ address }) => address.slice(1).replace(/(^|\/)$/, '$1index.html')).toSorted()).toEqual(
    built,
  )
})
