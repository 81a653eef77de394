import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { imprimatur, type JsonReport } from '../program.ts'

const lint = (cwd: string, ...args: readonly string[]) => imprimatur(['lint', ...args], { cwd })

const mixed = 'It\'s in a box - "so".\n\nA Сomplete "page.\n'

test('the text report folds to a line per rule and page with the first place', async () => {
  const cwd = folderWith({ 'pages/a.md': 'in a box\n\nin a box\n', 'pages/b.md': "in a box, don't\n" })
  const { stdout } = await lint(cwd)
  expect(stdout).toBe(
    [
      '  4  common/nbsp/afterShortWord     pages/a.md:1:3',
      '  2  common/nbsp/afterShortWord     pages/b.md:1:3',
      '  1  common/punctuation/apostrophe  pages/b.md:1:14',
      '',
      '7 warnings',
      '2 pages',
      '--fix would set 7 places in 2 pages.',
      '',
    ].join('\n'),
  )
})

test('everything is printed with --verbose', async () => {
  const cwd = folderWith({ 'pages/a.md': 'in a box\n\nin a box\n' })
  const { stdout } = await lint(cwd, '--verbose')
  expect(stdout.match(/pages\/a\.md:\d+:\d+ warning common\/nbsp\/afterShortWord\n/g)).toHaveLength(4)
  expect(stdout).toContain('`in a` should be `in⍽a`')
})

test('what only the author can decide comes first and in full', async () => {
  const cwd = folderWith({ 'pages/a.md': mixed, 'pages/b.md': mixed })
  const { stdout } = await lint(cwd)
  const place = (text: string) => stdout.indexOf(text)
  for (const page of ['pages/a.md', 'pages/b.md']) {
    expect(stdout).toContain(`${page}:3:12 warning imprimatur/unbalanced-quote`)
    expect(stdout).toContain(`“С” in “Сomplete” is a Cyrillic letter`)
    expect(place(`${page}:3:12`)).toBeLessThan(place('common/nbsp/afterShortWord'))
  }
  expect(stdout).toContain('4 are for you to decide, and stand first.')
  expect(stdout).toContain('    │            ^')
})

test('where so many lines would be more than a screen, there is a line per rule', async () => {
  const pages = Array.from(
    { length: 60 },
    (_, i) => [`pages/${i}.md`, "It is in a box of it, don't - in it.\n"] as const,
  )
  const { stdout } = await lint(folderWith(Object.fromEntries(pages)))
  const lines = stdout.trimEnd().split('\n')
  expect(lines.length).toBeLessThanOrEqual(24)
  expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(80)
  expect(stdout).toMatch(/^ +\d+ {2}common\/nbsp\/afterShortWord +60 pages {2}pages\/0\.md:1:\d+$/m)
  expect(stdout).toMatch(/^--fix would set [\d,]+ places in 60 pages\.$/m)
  expect(stdout).toMatch(/^\d+ % are of one rule: imprimatur rules common\/nbsp\/afterShortWord says why;$/m)
  expect(stdout).toMatch(/^imprimatur lint --write-baseline /m)
})

describe('where an author has much to decide, as in an old blog', () => {
  const pages = Array.from({ length: 21 }, (_, i) => {
    const text = `It is a "page of it.\n\nFrom ${i} - 5 to x - y, it's.\n\nA Сomplete box.\n`
    return [`pages/${String(i).padStart(2, '0')}.md`, text] as const
  })
  const cwd = folderWith(Object.fromEntries(pages))

  test('a report fits on one screen: decisions by kind first, with what each says and where it is met first', async () => {
    const { stdout } = await lint(cwd)
    const lines = stdout.trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(24)
    expect(lines.slice(0, 7)).toEqual([
      'For you to decide; --verbose shows each in full:',
      '  42  imprimatur/minus-or-range    21 pages  pages/00.md:3:8',
      '      “-” stands between two values, where it is a minus or a range',
      '  21  imprimatur/unbalanced-quote  21 pages  pages/00.md:1:9',
      '      This quotation mark has no partner in its paragraph',
      '  21  imprimatur/homoglyph         21 pages  pages/00.md:5:3',
      '      “С” in “Сomplete” is a Cyrillic letter',
    ])
    expect(stdout).toContain('84 are for you to decide, and stand first.')
  })

  test('each is shown with --verbose, and by page where pages are few', async () => {
    const { stdout } = await lint(cwd, '--verbose')
    expect(
      stdout.match(/ warning imprimatur\/(?:minus-or-range|unbalanced-quote|homoglyph)$/gm),
    ).toHaveLength(84)
    const few = await lint(cwd, 'pages/00.md', 'pages/01.md')
    expect(few.stdout).toContain('  2  imprimatur/minus-or-range    pages/01.md:3:8\n')
    expect(few.stdout.match(/stands between two values/g)).toHaveLength(1)
  })

  test('an error is never folded', async () => {
    const broken = folderWith({ ...Object.fromEntries(pages), 'pages/z.md': '---\ntitle: "\n---\n' })
    expect((await lint(broken)).stdout).toContain('pages/z.md:2:')
  })
})

describe('the summary says what --fix would do in a sentence', () => {
  test.each([
    ['in a box\n', '--fix would set 2 places in 1 page.'],
    ['"in\n', '--fix would set none of it: 1 is for you to decide.'],
    ['in a "box\n', '--fix would set 2 places in 1 page; 1 is for you to decide, and stands first.'],
  ])('%j: %s', async (text, sentence) => {
    expect((await lint(folderWith({ 'pages/a.md': text }))).stdout).toContain(`\n${sentence}\n`)
  })

  test('and nothing where all is well', async () => {
    expect((await lint(folderWith({ 'pages/a.md': 'Good.\n' }))).stdout).toBe('1 page; well set\n')
  })
})

test('--statistics says how many, and not where', async () => {
  const cwd = folderWith({ 'pages/a.md': mixed, 'pages/b.md': 'in a box\n' })
  const { code, stdout } = await lint(cwd, '--statistics')
  expect(code).toBe(1)
  expect(stdout).not.toContain('pages/')
  expect(stdout).toMatch(
    /^ {2}found {2}--fix {2}pages {2}rule\n {6}\d {6}\d {6}2 {2}common\/nbsp\/afterShortWord$/m,
  )
  const broken = await lint(folderWith({ 'pages/a.md': '---\ntitle: "\n---\n' }), '--statistics')
  expect(broken.stdout).toContain('pages/a.md:2:')
})

test('--format concise is one line a finding: path:line:column: code message', async () => {
  const cwd = folderWith({ 'pages/a.md': mixed })
  const { stdout } = await lint(cwd, '--format', 'concise')
  const { diagnostics } = JSON.parse((await lint(cwd, '--format', 'json')).stdout) as JsonReport
  const lines = diagnostics.map(
    ({ file, start, code, message }) => `${file}:${start?.line}:${start?.column}: ${code} ${message}\n`,
  )
  expect(stdout).toBe(lines.join(''))
  expect(diagnostics.length).toBeGreaterThan(5)
})

describe('with build.typography fix', () => {
  const config = JSON.stringify({ build: { typography: 'fix' } })
  const files = { 'imprimatur.config.json': config, 'pages/a.md': 'in a box\n', 'README.md': 'in a box\n' }

  test('lint reports, and its exit code counts, only what a build cannot set by itself', async () => {
    const { code, stdout } = await lint(folderWith(files))
    expect([code, stdout]).toEqual([
      0,
      '1 page; well set\nThe build sets 2 more places by itself; --all shows them.\n',
    ])
    const left = await lint(folderWith({ ...files, 'pages/a.md': 'in a "box\n' }))
    expect([left.code, left.stdout]).toEqual([1, expect.stringContaining('unbalanced-quote')])
    expect(left.stdout).not.toContain('afterShortWord')
  })

  test('a page that is not built, or sets another typography, is reported as ever', async () => {
    const cwd = folderWith({ ...files, 'pages/b.md': '---\ntypography: warn\n---\nin a box\n' })
    expect((await lint(cwd)).stdout).toContain('pages/b.md:4:3')
    expect((await lint(cwd, 'README.md')).stdout).toContain('README.md:1:3')
    const own = folderWith({ 'pages/a.md': '---\ntypography: fix\n---\nin a box\n' })
    expect((await lint(own)).code).toBe(0)
  })

  test('what a fix of the source would spoil is set by a build all the same, and not reported', async () => {
    const tag = "<b title=it's> it's\n"
    const cwd = folderWith({ ...files, 'pages/a.md': tag })
    expect((await lint(cwd)).stdout).toMatch(/^1 page; well set\nThe build sets 2 more places by itself/)
    expect((await lint(cwd, '--all')).stdout).toContain('set it by hand')
    const html = folderWith({
      ...files,
      'pages/a.md': tag,
      'pages/b.html': '<p>"https://example.org/a" is "b"</p>\n',
    })
    expect((await lint(html)).stdout).toMatch(/^2 pages; well set$/m)
  })

  test('a text that a build leaves alone, lest an address change, is reported as a whole', async () => {
    const cwd = folderWith({ ...files, 'pages/a.md': '"-http://a.b/"\n\nin a box\n' })
    const { code, stdout } = await lint(cwd, '--verbose')
    expect(code).toBe(1)
    expect(stdout).toContain('pages/a.md:1:1 warning common/punctuation/quote')
    expect(stdout).not.toContain('pages/a.md:3:')
  })

  test('--fix, --diff and --all see everything', async () => {
    expect((await lint(folderWith(files), '--all')).code).toBe(1)
    expect((await lint(folderWith(files), '--diff')).stdout).toContain('+in&nbsp;a&nbsp;box')
    const cwd = folderWith(files)
    await lint(cwd, '--fix')
    expect(readFileSync(join(cwd, 'pages/a.md'), 'utf8')).toBe('in&nbsp;a&nbsp;box\n')
  })

  test('and an editor that pipes the page in', async () => {
    const args = ['lint', '--stdin', '--stdin-filename', 'pages/a.md']
    const run = await imprimatur(args, { cwd: folderWith(files), stdin: 'in a box\n' })
    expect([run.code, run.stdout]).toEqual([1, expect.stringContaining('pages/a.md:1:3')])
  })
})
