import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { imprimatur, type JsonReport, type Run } from '../program.ts'
import type { Files } from '../tree.ts'

const page = 'It\'s in a box - "so".\n\nA Сomplete "page.\n'
const fixed = 'It’s in&nbsp;a&nbsp;box&nbsp;— “so”.\n\nA&nbsp;Сomplete "page.\n'
const site: Files = { 'pages/index.md': page }

const cache = 'node_modules/.cache/imprimatur/lint.txt'

async function codesOf(cwd: string, ...args: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await imprimatur(['lint', '--format', 'json', ...args], { cwd })
  return (JSON.parse(stdout) as JsonReport).diagnostics.map(({ code }) => code)
}

const piped = (text: string, ...args: readonly string[]): Promise<Run> =>
  imprimatur(['lint', '--stdin', ...args], { cwd: folderWith({}), stdin: text })

test('findings are reported, counted, and set exit code 1', async () => {
  const { code, stdout, stderr } = await imprimatur(['lint', '--verbose'], { cwd: folderWith(site) })
  expect([code, stderr]).toEqual([1, ''])
  expect(stdout).toContain('pages/index.md:1:8 warning common/nbsp/afterShortWord\n  `in a` should be `in⍽a`')
  expect(stdout).toContain('  1 │ It\'s in a box - "so".\n    │        ^\n    │ It\'s in⍽a box - "so".\n')
  expect(stdout).toContain(
    '1 page\n--fix would set 6 places in 1 page; 2 are for you to decide, and stand first.\n',
  )
})

test('a well set site is reported as such', async () => {
  const { code, stdout } = await imprimatur(['lint'], { cwd: folderWith({ 'pages/index.md': 'Good.\n' }) })
  expect([code, stdout]).toEqual([0, '1 page; well set\n'])
})

describe('--fix', () => {
  test('sets what can be set and reports the rest', async () => {
    const cwd = folderWith(site)
    const { code, stdout } = await imprimatur(['lint', '--fix'], { cwd })
    expect(readFileSync(join(cwd, 'pages/index.md'), 'utf8')).toBe(fixed)
    expect(code).toBe(1)
    expect(stdout).toContain('pages/index.md:3:17 warning imprimatur/unbalanced-quote')
    expect(stdout).toContain('“С” in “Сomplete” is a Cyrillic letter')
    expect(stdout).not.toContain('afterShortWord')
  })

  test('leaves front matter alone until its rule is on', async () => {
    const text = "---\ntitle: 'It''s \"so\"'\ndescription: Ours - too\n---\nGood.\n"
    const cwd = folderWith({ 'pages/index.md': text })
    const { code, stdout } = await imprimatur(['lint', '--fix'], { cwd })
    expect([code, readFileSync(join(cwd, 'pages/index.md'), 'utf8')]).toEqual([0, text])
    expect(stdout).toContain('3  imprimatur/front-matter  pages/index.md:2:11\n\n3 remarks')
    await imprimatur(['lint', '--fix', '--rule', 'imprimatur/front-matter=warn'], { cwd })
    expect(readFileSync(join(cwd, 'pages/index.md'), 'utf8')).toBe(
      "---\ntitle: 'It’s “so”'\ndescription: Ours — too\n---\nGood.\n",
    )
  })
})

test('--diff prints a diff, writes nothing, and reports what stays', async () => {
  const cwd = folderWith(site)
  const { code, stdout, stderr } = await imprimatur(['lint', '--diff'], { cwd })
  const [first, , third] = page.split('\n')
  const [set, , kept] = fixed.split('\n')
  expect(stdout).toBe(
    `--- a/pages/index.md\n+++ b/pages/index.md\n@@ -1,3 +1,3 @@\n-${first}\n+${set}\n \n-${third}\n+${kept}\n`,
  )
  expect(code).toBe(1)
  expect(stderr).toContain('unbalanced-quote')
  expect(stderr).not.toContain('afterShortWord')
  expect(readFileSync(join(cwd, 'pages/index.md'), 'utf8')).toBe(page)
})

describe('--stdin', () => {
  test('reports', async () => {
    const { code, stdout } = await piped('in a box')
    expect(code).toBe(1)
    expect(stdout).toContain('common/nbsp/afterShortWord  stdin.md:1:3')
  })

  test('with --fix prints the page and nothing else', async () => {
    expect(await piped('in a box', '--fix')).toMatchObject({
      code: 0,
      stdout: 'in&nbsp;a&nbsp;box',
      stderr: '',
    })
  })

  test('knows HTML by its name', async () => {
    const run = await piped('*in* a <b>box</b>', '--fix', '--stdin-filename', 'a.html', '--lang', 'en')
    expect(run.stdout).toBe('*in* a&nbsp;<b>box</b>')
  })
})

describe('levels', () => {
  test.each([
    [['--rule', 'common/nbsp/afterShortWord=off'], 0],
    [['--rule', 'common/nbsp/afterShortWord=error'], 1],
    [['--max-warnings', '1'], 1],
    [['--max-warnings', '2'], 0],
  ])('%j exits %i', async (args, code) => {
    const run = await imprimatur(['lint', ...args], { cwd: folderWith({ 'pages/a.md': 'in a box\n' }) })
    expect(run.code).toBe(code)
  })

  test('--quiet reports errors alone', async () => {
    const cwd = folderWith({ 'pages/a.md': "in a box, it's\n" })
    const args = ['--quiet', '--rule', 'common/punctuation/apostrophe=error']
    expect(await codesOf(cwd, ...args)).toEqual(['common/punctuation/apostrophe'])
  })

  test('a rule that does not exist stops everything', async () => {
    const config = JSON.stringify({ lint: { rules: { 'common/nbsp': 'off' } } })
    const cwd = folderWith({ ...site, 'imprimatur.config.json': config })
    expect(await codesOf(cwd)).toEqual(['config/rule'])
  })

  test('a rule that does not exist is named with the nearest, in the configuration and in the call', async () => {
    const config = JSON.stringify({ lint: { rules: { 'common/nbsp/afterShortWords': 'off' } } })
    const cwd = folderWith({ ...site, 'imprimatur.config.json': config })
    const configured = await imprimatur(['lint'], { cwd })
    expect([configured.code, configured.stderr]).toEqual([
      2,
      expect.stringContaining('“common/nbsp/afterShortWord”'),
    ])
    const called = await imprimatur(['lint', '--rule', 'imprimatur/line-ends=off'], { cwd: folderWith(site) })
    expect([called.code, called.stderr]).toEqual([2, expect.stringContaining('“imprimatur/line-end”')])
  })
})

describe('what cannot be read is never set, and never passed over', () => {
  const pages = {
    'pages/opened.md': '---yaml\ntags: [rain, a day in it]\n---\nAll is&nbsp;well.\n',
    'pages/closed.md': '---\ntitle: C\nlayout: default\n---trailing words here\nIn a box.\n',
    'pages/broken.md': '---\ntitle: "C\n---\nIn a box.\n',
    'pages/pelican.md': 'Title: In a box\nDate: 2026-01-02\n\nIn a box.\n',
  }
  const unread = ['front-matter/fence', 'front-matter/syntax', 'front-matter/unread']

  test.each([[[]], [['--fix']], [['--diff']], [['--write-baseline']], [['--no-cache']]])(
    '%j',
    async options => {
      const cwd = folderWith(pages)
      for (let run = 0; run < 2; run++) {
        const report = await imprimatur(['lint', ...options, '--format', 'json'], { cwd })
        expect(report.code).toBe(1)
        for (const code of unread) expect(report.stdout + report.stderr).toContain(code)
      }
      for (const [path, text] of Object.entries(pages))
        expect(readFileSync(join(cwd, path), 'utf8')).toBe(text)
      for (const code of unread) expect((await imprimatur(['lint'], { cwd })).stdout).toContain(code)
    },
  )
})

test('pages in a language without rules are counted, and say so on their own', async () => {
  const cwd = folderWith({
    'pages/a.md': '---\nlang: ja\n---\nHai "ja".\n',
    'pages/b.md': '---\nlang: ru_RU\n---\nДа.\n',
    'pages/c.md': '---\nlang: ja-JP\n---\nGut.\n',
  })
  for (let run = 0; run < 2; run++) {
    const { code, stdout, stderr } = await imprimatur(['lint'], { cwd })
    expect([code, stdout + stderr]).toEqual([
      0,
      expect.stringContaining('3 pages; 2 pages in a language without rules (ja, ja-JP); well set'),
    ])
  }
  const single = await imprimatur(['lint', '--stdin'], { cwd, stdin: '---\nlang: ja\n---\nGut.\n' })
  expect([single.code, single.stdout + single.stderr]).toEqual([0, expect.stringContaining('lint/no-rules')])
})

test('ignored pages are not read, named ones are, folders are searched', async () => {
  const config = JSON.stringify({ lint: { ignore: ['pages/drafts/**'] } })
  const cwd = folderWith({
    'imprimatur.config.json': config,
    'pages/a.md': 'a b',
    'pages/drafts/b.md': 'in a box',
    'pages/c/d.html': 'a b',
    'README.md': 'a b',
    'pages/e.txt': 'in a box',
  })
  const count = async (...args: string[]) => (await codesOf(cwd, ...args)).length
  expect([await count(), await count('README.md'), await count('pages/c'), await count('.')]).toEqual([
    2, 1, 1, 3,
  ])
})

describe('suppression', () => {
  test.each([
    ['<!-- typography off -->\nin a box\n\n<!-- typography on -->\nin it\n', ['common/nbsp/afterShortWord']],
    [
      "<!-- typography-next-line off: common/nbsp/afterShortWord, a poem -->\nit's in a box\n",
      ['common/punctuation/apostrophe'],
    ],
    ['<!-- typography-next-line off -->\nGood.\n', ['lint/unused-suppression']],
    [
      '<!-- typography-next-line off: common/nbsp/afterShort, so -->\nGood.\n',
      ['lint/rule', 'lint/unused-suppression'],
    ],
    ['<!-- typography of -->\nGood.\n', ['lint/suppression']],
    ['`<!-- typography off -->` in it\n', ['common/nbsp/afterShortWord']],
  ])('%j leaves %j', async (text, codes) => {
    expect(await codesOf(folderWith({ 'pages/a.md': text }))).toEqual(codes)
  })
})

describe('a suppression comment on a line of its own that splits a paragraph is reported', () => {
  const comment = '<!-- typography-next-line off: common/nbsp/afterShortWord, a poem -->'
  test.each([
    [`First line\n${comment}\nin a box\n`, ['lint/suppression']],
    [`> First line\n> ${comment}\n> in a box\n`, ['lint/suppression']],
    [`- First line\n  ${comment}\n  in a box\n`, ['lint/suppression']],
    [`---\ntitle: A\n---\nFirst line\n<!-- typography off -->\nin a box\n`, ['lint/suppression']],
    [`First line ${comment}\nin a box\n`, []],
    [`First line\n\n${comment}\nin a box\n`, []],
    [`# First line\n${comment}\nin a box\n`, []],
    [`<p>First line\n${comment}\nin a box</p>\n`, []],
  ])('%j: %j', async (text, codes) => {
    expect(await codesOf(folderWith({ 'pages/a.md': text }))).toEqual(codes)
  })

  test('with the form that does not', async () => {
    const cwd = folderWith({ 'pages/a.md': `First line\n${comment}\nin a box\n` })
    expect((await imprimatur(['lint'], { cwd })).stdout).toContain('put it at the end of the line before')
    const { stdout } = await imprimatur(['lint', '--format', 'json'], { cwd })
    expect(stdout).toContain(`"text": " ${comment}"`)
    expect(stdout).toContain('"safe": false')
  })
})

describe('the cache', () => {
  test('gives the same answer, and another one when the rules change', async () => {
    const cwd = folderWith(site)
    const cold = await imprimatur(['lint'], { cwd })
    expect(existsSync(join(cwd, cache))).toBe(true)
    expect(await imprimatur(['lint'], { cwd })).toEqual(cold)
    const off = await imprimatur(['lint', '--rule', 'imprimatur/homoglyph=off'], { cwd })
    expect(off.stdout).not.toContain('homoglyph')
  })

  test.each(['', 'something else', 'imprimatur lint cache 1\nfoo\nbar'])(
    '%j in its place is ignored and replaced',
    async text => {
      const cwd = folderWith(site)
      const cold = await imprimatur(['lint', '--no-cache'], { cwd })
      expect(existsSync(join(cwd, cache))).toBe(false)
      mkdirSync(join(cwd, 'node_modules/.cache/imprimatur'), { recursive: true })
      writeFileSync(join(cwd, cache), text)
      expect(await imprimatur(['lint'], { cwd })).toEqual(cold)
      expect(readFileSync(join(cwd, cache), 'utf8')).toContain('imprimatur/homoglyph')
    },
  )

  test('a damaged line is read anew', async () => {
    const cwd = folderWith(site)
    const cold = await imprimatur(['lint'], { cwd })
    writeFileSync(join(cwd, cache), readFileSync(join(cwd, cache), 'utf8').slice(0, -20))
    expect(await imprimatur(['lint'], { cwd })).toEqual(cold)
  })
})

test('a folder without pages is reported', async () => {
  expect(await codesOf(folderWith({ 'a/b.txt': '' }), 'a')).toEqual(['lint/path'])
})
