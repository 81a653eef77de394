import { execFileSync } from 'node:child_process'
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  existsSync,
  renameSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { bytesOf, pathsOf, writeFiles, type Files } from '../tree.ts'
import { build, imprimatur, repository } from '../program.ts'

const layout = { 'layouts/default.ejs': '<h1><%= page.title %></h1><%- body %>' }
const start: Files = {
  ...layout,
  'imprimatur.config.json': '{ "build": { "extras": false } }',
  'pages/index.md': 'home\n',
  'pages/posts/2026/one.md': 'one\n',
  'pages/posts/2026/two.md': 'two\n',
  'pages/posts/2026/cat.txt': 'miaow\n',
}

/** A site that was built once. */
async function built(files: Files = {}): Promise<string> {
  const cwd = folderWith({ ...start, ...files })
  const { code, stdout } = await imprimatur(['build'], { cwd })
  expect([code, stdout]).toEqual([0, expect.stringContaining('written, 0 removed, 0 unchanged')])
  return cwd
}

/** What a file is to the file system: a rewritten one is another. */
const identities = (folder: string) =>
  Object.fromEntries(
    pathsOf(folder).map(path => {
      const { ino, mtimeMs, ctimeMs } = lstatSync(join(folder, path))
      return [path, `${ino} ${mtimeMs} ${ctimeMs}`]
    }),
  )

describe('writing', () => {
  test('a second build touches nothing', async () => {
    const cwd = await built()
    const before = identities(join(cwd, 'docs'))
    const { code, stdout } = await imprimatur(['build'], { cwd })
    expect([code, stdout]).toEqual([0, 'docs/: 0 written, 0 removed, 4 unchanged\n'])
    expect(identities(join(cwd, 'docs'))).toEqual(before)
  })

  test('only what changed is written', async () => {
    const cwd = await built()
    const before = identities(join(cwd, 'docs'))
    writeFiles(cwd, { 'pages/posts/2026/two.md': 'changed\n', 'pages/posts/2026/three.md': 'three\n' })
    const { stdout } = await imprimatur(['build'], { cwd })
    expect(stdout).toBe('docs/: 2 written, 0 removed, 3 unchanged\n')
    const after = identities(join(cwd, 'docs'))
    const touched = Object.keys(after).filter(path => after[path] !== before[path])
    expect(touched).toEqual(['.imprimatur-files', 'posts/2026/three/index.html', 'posts/2026/two/index.html'])
  })

  test('what has no source any more is removed, and folders that this empties; what no build wrote is kept', async () => {
    const cwd = await built({ 'pages/deep/er/page.md': '', 'pages/by-hand/page.md': '' })
    writeFiles(cwd, {
      'docs/CNAME': 'example.org\n',
      'docs/by-hand/page/note.txt': 'mine',
      'docs/empty/x': '',
    })
    rmSync(join(cwd, 'docs/empty/x'))
    rmSync(join(cwd, 'pages/deep'), { recursive: true })
    rmSync(join(cwd, 'pages/by-hand'), { recursive: true })
    const { stdout } = await imprimatur(['build'], { cwd })
    expect(stdout).toBe('docs/: 0 written, 2 removed, 4 unchanged\n')
    expect(pathsOf(join(cwd, 'docs'))).toEqual([
      '.imprimatur-files',
      'CNAME',
      'by-hand/page/note.txt',
      'index.html',
      'posts/2026/cat.txt',
      'posts/2026/one/index.html',
      'posts/2026/two/index.html',
    ])
    expect(existsSync(join(cwd, 'docs/deep'))).toBe(false)
    expect(existsSync(join(cwd, 'docs/empty'))).toBe(true)
  })

  test('a page becomes a folder of pages, and the reverse', async () => {
    const cwd = await built({ 'pages/x.ejs': '---\npermalink: /x.html\n---\n', 'pages/x.txt': 'a file' })
    rmSync(join(cwd, 'pages/x.txt'))
    writeFiles(cwd, { 'pages/x.txt/deep.md': 'a folder' })
    expect((await build({ cwd })).code).toBe(0)
    expect(readFileSync(join(cwd, 'docs/x.txt/deep/index.html'), 'utf8')).toContain('a folder')
    rmSync(join(cwd, 'pages/x.txt'), { recursive: true })
    writeFiles(cwd, { 'pages/x.txt': 'a file again' })
    expect((await build({ cwd })).code).toBe(0)
    expect(readFileSync(join(cwd, 'docs/x.txt'), 'utf8')).toBe('a file again')
  })

  test('a file named like a remark in the list of files stays the build’s', async () => {
    const cwd = await built({ 'pages/#notes.txt': 'one' })
    writeFiles(cwd, { 'pages/#notes.txt': 'two' })
    expect((await build({ cwd })).code).toBe(0)
    rmSync(join(cwd, 'pages/#notes.txt'))
    expect((await build({ cwd })).code).toBe(0)
    expect(pathsOf(join(cwd, 'docs'))).not.toContain('#notes.txt')
  })

  test('a list of files that was tampered with removes nothing outside', async () => {
    const cwd = await built()
    writeFiles(cwd, { 'precious.txt': 'x', 'docs/mine.txt': 'y' })
    const list = join(cwd, 'docs/.imprimatur-files')
    const lines = [
      '../precious.txt',
      '/etc/hostname',
      'posts/../../precious.txt',
      './mine.txt',
      '',
      '..',
      '.',
    ]
    writeFileSync(list, `${readFileSync(list, 'utf8')}${lines.join('\n')}\n`)
    expect((await build({ cwd })).code).toBe(0)
    expect(existsSync(join(cwd, 'precious.txt'))).toBe(true)
    expect(existsSync(join(cwd, 'docs/mine.txt'))).toBe(true)
    expect(readFileSync(list, 'utf8').split('\n')).toHaveLength(6)
  })

  test('a site whose list of files was lost is taken up again when nothing differs', async () => {
    const cwd = await built()
    const before = bytesOf(join(cwd, 'docs'))
    rmSync(join(cwd, 'docs/.imprimatur-files'))
    expect((await build({ cwd })).code).toBe(0)
    expect(bytesOf(join(cwd, 'docs'))).toEqual(before)
  })
})

describe('nothing is written that an error stops', () => {
  const mistakes: Record<string, Files> = {
    'front matter': { 'pages/a.md': '---\ndate: 2026-13-45\n---\n' },
    'a template': { 'pages/a.ejs': '<%= nobody %>' },
    'a layout': { 'pages/a.md': '---\nlayout: none-such\n---\n' },
    'an address': { 'pages/a.md': '---\npermalink: ../../x\n---\n' },
    'a collision': { 'pages/posts/2026/one.html': '' },
    'a foreign file': { 'docs/a/index.html': 'by hand', 'pages/a.md': '' },
    'a configuration': { 'imprimatur.config.json': '{ "x": 1 }' },
    'an encoding': { 'pages/a.md': Buffer.from([0x61, 0xe0, 0x0a]) },
    'a page of 50 MB': { 'pages/a.md': Buffer.alloc(50 * 1024 * 1024, 'word ') },
  }
  test.each(Object.keys(mistakes))('%s', async what => {
    const cwd = await built()
    writeFiles(cwd, { 'pages/index.md': 'changed\n', ...mistakes[what] })
    rmSync(join(cwd, 'pages/posts/2026/two.md'))
    const before = bytesOf(join(cwd, 'docs'))
    const { code, findings, report } = await build({ cwd })
    expect(code).toBe(what === 'a configuration' ? 2 : 1)
    expect(findings).toHaveLength(1)
    expect(report.diagnostics[0]?.hint).toBeTruthy()
    expect(bytesOf(join(cwd, 'docs'))).toEqual(before)
  })

  test('a page of 50 MB is named with its size, and what it may have', async () => {
    const cwd = folderWith({ ...layout, 'pages/a.md': Buffer.alloc(50 * 1024 * 1024, 'x') })
    const { findings, report } = await build({ cwd })
    expect(findings).toEqual(['file/too-large pages/a.md'])
    expect(report.diagnostics[0]?.message).toBe('The page is 50 MB long; a page may have 16 MB')
  })

  test.each([
    ['first', [0xff, 0x61], 1, 1],
    ['in the middle', [0x61, 0x0a, 0x62, 0xc3, 0x28], 2, 2],
    ['last', [0x61, 0xd0], 1, 2],
    ['behind a byte order mark', [0xef, 0xbb, 0xbf, 0x61, 0x80], 1, 2],
    ['behind a replacement character of its own', [0xef, 0xbf, 0xbd, 0x0a, 0xef, 0xbf, 0xbd, 0xfe], 2, 2],
    ['half of a surrogate pair', [0x61, 0xed, 0xa0, 0x80], 1, 2],
  ])('a byte that is not UTF-8: %s', async (_, bytes, line, column) => {
    const cwd = folderWith({ ...layout, 'pages/a.md': Buffer.from(bytes) })
    const { code, findings } = await build({ cwd })
    expect([code, findings]).toEqual([1, [`file/encoding pages/a.md:${line}:${column}`]])
  })

  test('a layout that is not UTF-8', async () => {
    const cwd = folderWith({ 'pages/a.md': '', 'layouts/default.ejs': Buffer.from([0x0a, 0xe0]) })
    expect((await build({ cwd })).findings).toEqual(['file/encoding layouts/default.ejs:2:1'])
  })

  test('text that is not UTF-8 is copied as it is when it is no page', async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x00])
    const cwd = await built({ 'pages/a.bin': bytes })
    expect(readFileSync(join(cwd, 'docs/a.bin'))).toEqual(bytes)
  })
})

describe('--check', () => {
  test('0 when nothing differs, without a write', async () => {
    const cwd = await built()
    const before = identities(join(cwd, 'docs'))
    const { code, stdout } = await imprimatur(['build', '--check'], { cwd })
    expect([code, stdout]).toEqual([0, 'docs/ is in step with its sources: 4 files\n'])
    expect(identities(join(cwd, 'docs'))).toEqual(before)
  })

  test('1 with everything that differs, without a write', async () => {
    const cwd = await built()
    writeFiles(cwd, { 'pages/index.md': 'changed\n', 'pages/new.md': '' })
    rmSync(join(cwd, 'pages/posts/2026/two.md'))
    rmSync(join(cwd, 'docs/posts/2026/one/index.html'))
    const before = identities(join(cwd, 'docs'))
    const { code, report } = await build({ cwd }, '--check')
    expect(code).toBe(1)
    expect(report.diagnostics.map(({ message }) => message)).toEqual([
      'docs/index.html is not what its source gives',
      'docs/new/index.html is missing',
      'docs/posts/2026/one/index.html is missing',
      'docs/posts/2026/two/index.html has no source any more',
    ])
    expect(identities(join(cwd, 'docs'))).toEqual(before)
  })

  test('what to do then has the options that decide what is built', async () => {
    const cwd = await built()
    const args = ['--drafts', '--output', 'other place', '--typography', 'fix', '--check', '--verbose']
    const { report } = await build({ cwd }, ...args)
    expect(report.diagnostics[0]!.hint).toMatch(
      /^run imprimatur build --output 'other place' --drafts --typography fix, look/,
    )
    await build({ cwd }, '--drafts', '--output', 'other place', '--typography', 'fix')
    expect((await build({ cwd }, ...args)).code).toBe(0)
    expect(
      (await build({ cwd: join(cwd, 'pages') }, '--root', cwd, '--output', 'x', '--check')).report
        .diagnostics[0]!.hint,
    ).toContain(`imprimatur build --root ${cwd} --output x`)
  })

  const differences: Readonly<Record<string, (cwd: string) => void>> = {
    'a page edited since': cwd => writeFiles(cwd, { 'pages/index.md': 'changed\n' }),
    'a page that is new': cwd => writeFiles(cwd, { 'pages/new.md': 'new\n' }),
    'a page that is gone': cwd => rmSync(join(cwd, 'pages/posts/2026/two.md')),
    'a file of the output edited in place': cwd => writeFiles(cwd, { 'docs/index.html': 'by hand' }),
    'a file of the output that is missing': cwd => rmSync(join(cwd, 'docs/posts/2026/one/index.html')),
    'a list of files that is missing': cwd => rmSync(join(cwd, 'docs/.imprimatur-files')),
  }
  test.each(Object.entries(differences))('%s: the command that it names mends it', async (_, differ) => {
    const cwd = await built()
    differ(cwd)
    const { code, report } = await build({ cwd }, '--check')
    expect(code).toBe(1)
    const commands = report.diagnostics.map(
      ({ hint }) => /^run imprimatur ([^,]*), look/.exec(hint ?? '')?.[1],
    )
    expect(new Set(commands)).toEqual(new Set(['build']))
    expect((await imprimatur(commands[0]!.split(' '), { cwd })).code).toBe(0)
    expect((await build({ cwd }, '--check')).code).toBe(0)
  })

  test('of a site that was never built makes no folder', async () => {
    const cwd = folderWith(start)
    expect((await build({ cwd }, '--check')).code).toBe(1)
    expect(existsSync(join(cwd, 'docs'))).toBe(false)
  })

  test('the repository’s own site is in step with its sources', async () => {
    const { code, stdout } = await imprimatur(['build', '--check'], { cwd: repository })
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^docs\/ is in step/)])
  })
})

describe('symbolic links', () => {
  test.each([
    ['a folder', 'posts'],
    ['an inner folder', 'posts/2026'],
    ['a page’s folder', 'posts/2026/one'],
  ])('%s of the site that leads elsewhere is refused, and nothing is written there', async (_, path) => {
    const cwd = await built()
    const elsewhere = folderWith({ 'keep.txt': 'x' })
    const link = join(cwd, 'docs', path)
    renameSync(link, join(cwd, 'moved'))
    symlinkSync(elsewhere, link)
    writeFiles(cwd, { 'pages/posts/2026/one.md': 'changed\n' })
    const { code, findings, report } = await build({ cwd })
    expect(code).toBe(1)
    expect(new Set(findings)).toEqual(new Set(['output/symlink']))
    expect(report.diagnostics[0]?.message).toContain(`docs/${path} is a symbolic link`)
    expect(pathsOf(elsewhere)).toEqual(['keep.txt'])
    expect((await build({ cwd }, '--check')).code).toBe(1)
  })

  test('a file of the site that leads elsewhere', async () => {
    const cwd = await built()
    const elsewhere = folderWith({ 'target.html': 'precious' })
    const file = join(cwd, 'docs/posts/2026/one/index.html')
    rmSync(file)
    symlinkSync(join(elsewhere, 'target.html'), file)
    expect((await build({ cwd })).findings).toEqual(['output/symlink'])
    rmSync(file)
    symlinkSync(join(elsewhere, 'nothing.html'), file)
    expect((await build({ cwd })).findings).toEqual(['output/symlink'])
    expect(bytesOf(elsewhere)).toEqual({ 'target.html': 'precious' })
  })

  test('what is stale behind a link is not removed', async () => {
    const cwd = await built()
    const elsewhere = folderWith({ '2026/two/index.html': 'precious' })
    rmSync(join(cwd, 'docs/posts'), { recursive: true })
    rmSync(join(cwd, 'pages/posts'), { recursive: true })
    symlinkSync(elsewhere, join(cwd, 'docs/posts'))
    expect((await build({ cwd })).code).toBe(0)
    expect(bytesOf(elsewhere)).toEqual({ '2026/two/index.html': 'precious' })
  })

  test('the list of files is not written through one', async () => {
    const cwd = await built()
    const elsewhere = folderWith({ list: 'precious' })
    rmSync(join(cwd, 'docs/.imprimatur-files'))
    symlinkSync(join(elsewhere, 'list'), join(cwd, 'docs/.imprimatur-files'))
    await build({ cwd })
    expect(bytesOf(elsewhere)).toEqual({ list: 'precious' })
  })

  test('the output folder itself may be one', async () => {
    const cwd = folderWith(start)
    const elsewhere = folderWith()
    symlinkSync(elsewhere, join(cwd, 'docs'))
    expect((await build({ cwd })).code).toBe(0)
    expect(pathsOf(elsewhere)).toContain('index.html')
  })

  test('among the sources are followed, once', async () => {
    const cwd = folderWith(start)
    symlinkSync('posts', join(cwd, 'pages/essays'))
    symlinkSync('..', join(cwd, 'pages/posts/up'))
    symlinkSync('../index.md', join(cwd, 'pages/posts/home.md'))
    const { code } = await build({ cwd })
    expect(code).toBe(0)
    expect(pathsOf(join(cwd, 'docs'))).toContain('essays/2026/one/index.html')
    expect(pathsOf(join(cwd, 'docs'))).toContain('posts/home/index.html')
  })

  test('among the sources that lead above the site are refused, and nothing there is looked at', async () => {
    const cwd = folderWith({
      'site/pages/index.md': 'Words.\n',
      'site/layouts/default.ejs': '<%- body %>',
      'beside.md': '---\n',
    })
    symlinkSync('/', join(cwd, 'site/pages/disk'))
    symlinkSync('../..', join(cwd, 'site/pages/up'))
    const { code, findings, report } = await build({ cwd: join(cwd, 'site') })
    expect([code, findings]).toEqual([1, ['file/read pages/disk', 'file/read pages/up']])
    expect(report.diagnostics[0]!.message).toBe('This link leads to a folder that the site itself lies in')
  })

  test.each([
    ['..', 2, 'config/dirs'],
    ['.', 2, 'config/dirs'],
    ['pages/..', 2, 'config/dirs'],
    ['link', 1, 'file/read'],
  ])('dirs.pages “%s”, which leads round the output, is refused', async (pages, code, finding) => {
    const cwd = folderWith({
      'site/layouts/default.ejs': '<%- body %>',
      'site/pages/index.md': 'Words.\n',
      'site/imprimatur.config.json': JSON.stringify({ dirs: { pages } }),
    })
    symlinkSync('..', join(cwd, 'site/link'))
    const run = await build({ cwd: join(cwd, 'site') })
    expect([run.code, run.report.diagnostics.map(each => each.code)]).toEqual([code, [finding]])
    expect(existsSync(join(cwd, 'site/docs'))).toBe(false)
  })

  test('among the sources that lead nowhere are reported', async () => {
    const cwd = folderWith(start)
    symlinkSync('nowhere.md', join(cwd, 'pages/a.md'))
    symlinkSync('round', join(cwd, 'pages/round'))
    const { code, findings } = await build({ cwd })
    expect([code, findings]).toEqual([1, ['file/read pages/a.md', 'file/read pages/round']])
  })
})

describe('the output folder', () => {
  test('is a file', async () => {
    const cwd = folderWith({ ...start, docs: 'a file' })
    const { code, findings, report } = await build({ cwd })
    expect([code, findings]).toEqual([1, ['output/write']])
    expect(report.diagnostics[0]?.hint).toContain('--output')
    expect(readFileSync(join(cwd, 'docs'), 'utf8')).toBe('a file')
  })

  test('is to be in a file', async () => {
    const cwd = folderWith({ ...start, file: 'a file' })
    expect((await build({ cwd }, '--output', 'file/docs')).findings).toEqual(['output/write'])
  })

  test('is a link that leads nowhere', async () => {
    const cwd = folderWith(start)
    symlinkSync('nowhere/at/all', join(cwd, 'docs'))
    expect((await build({ cwd })).findings).toEqual(['output/write'])
  })

  test.each(['pages', 'pages/docs', 'layouts', '.'])('may not be %s', async output => {
    const cwd = folderWith(start)
    const before = bytesOf(cwd)
    const { code, findings } = await build({ cwd }, '--output', output)
    expect([code, findings]).toEqual([2, ['config/dirs']])
    expect(bytesOf(cwd)).toEqual(before)
  })

  test('may lie elsewhere', async () => {
    const cwd = folderWith(start)
    const output = join(folderWith(), 'a/b')
    mkdirSync(output, { recursive: true })
    expect((await build({ cwd }, '--output', output)).code).toBe(0)
    expect(pathsOf(output)).toContain('index.html')
  })
})

describe('the same sources give the same bytes', () => {
  const files = {
    ...start,
    'pages/lists.ejs':
      '---\ndate: 2026-01-31T23:30:00-05:00\n---\n<%= date(page.date, "full") %> <%= date(page.date, "full", "ru") %> <%= pages.map(p => p.url).join() %>',
    'pages/ä.md': '---\ntags: [ä, z, a, Z]\n---\n',
    'pages/z.md': '---\ntags: [z]\n---\n',
    'pages/tags.ejs': '<%= [...collections.tags.keys()].join() %>',
  }
  test('in two folders, time zones, locales and processes of other users', async () => {
    const one = folderWith(files)
    const two = folderWith(Object.fromEntries(Object.entries(files).toReversed()))
    await build({ cwd: one, env: { TZ: 'Pacific/Kiritimati', LANG: 'ru_RU.UTF-8', LC_ALL: 'ru_RU.UTF-8' } })
    await build({
      cwd: two,
      env: { TZ: 'Etc/GMT+12', LANG: 'C', LC_ALL: 'C', HOME: '/nowhere', NODE_ENV: 'production' },
    })
    expect(bytesOf(join(two, 'docs'))).toEqual(bytesOf(join(one, 'docs')))
    expect(readFileSync(join(one, 'docs/lists/index.html'), 'utf8')).toContain('Saturday, January 31, 2026')
  })
})

describe('drafts and days to come', () => {
  const files = {
    ...layout,
    'pages/past.md': '---\ndate: 2026-05-31\n---\n',
    'pages/future.md': '---\ndate: 2026-06-02\n---\n',
    'pages/draft.md': '---\ndraft: true\n---\n',
  }
  const day = (n: number) => ({ SOURCE_DATE_EPOCH: String(Date.UTC(2026, 5, n) / 1000) })

  test('are held back, listed, and published when their day comes, or on demand', async () => {
    const cwd = folderWith(files)
    const pages = () => pathsOf(join(cwd, 'docs')).filter(path => /^(?!feeds\/).*\.html$/.test(path))
    const first = await imprimatur(['build'], { cwd, env: day(1) })
    expect(first.stdout).toBe(
      'docs/: 10 written, 0 removed, 0 unchanged; 2 unpublished (drafts, or of days to come or past)\n',
    )
    expect(pages()).toEqual(['past/index.html'])
    await imprimatur(['build'], { cwd, env: day(2) })
    expect(pages()).toEqual(['future/index.html', 'past/index.html'])
    await imprimatur(['build', '--drafts'], { cwd, env: day(1) })
    expect(pages()).toEqual(['draft/index.html', 'future/index.html', 'past/index.html'])
    await imprimatur(['build'], { cwd, env: day(1) })
    expect(pages()).toEqual(['past/index.html'])
  })

  test('a clock that is none is no crash', async () => {
    const { code, stderr } = await imprimatur(['build'], {
      cwd: folderWith(files),
      env: { SOURCE_DATE_EPOCH: '99999999999999999999' },
    })
    expect([code, stderr]).toEqual([0, ''])
  })
})

test('a pipe among the pages is not waited for, and is named', async () => {
  const cwd = folderWith(start)
  execFileSync('mkfifo', [join(cwd, 'pages/pipe.md'), join(cwd, 'pages/pipe')])
  const { code, findings } = await build({ cwd })
  expect([code, findings]).toEqual([1, ['file/read pages/pipe', 'file/read pages/pipe.md']])
  expect(existsSync(join(cwd, 'docs'))).toBe(false)
})
