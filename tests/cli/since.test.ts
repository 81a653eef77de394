import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { readDiff } from '../../src/cli/lint/changed-lines.ts'
import { folderWith } from '../folder.ts'
import { execute, imprimatur } from '../program.ts'
import { writeFiles } from '../tree.ts'

let cwd: string
const git = (...args: readonly string[]) => execute('git', args, { cwd })

beforeEach(async () => {
  cwd = folderWith({
    'pages/a.md': 'He said "so".\n\nIt\'s "old.\n\nThe end".\n',
    'pages/ö "q".md': "It's old.\n",
    'pages/moved.md': "It's old.\n\nIt's older.\n",
  })
  await git('init', '-q', '-b', 'main')
  await git('config', 'user.email', 'press@example.org')
  await git('config', 'user.name', 'Press')
  await git('add', '-A')
  await git('commit', '-qm', 'Old')
})

const lint = async (...args: readonly string[]) => {
  const { stdout, code } = await imprimatur(['lint', '--since', 'HEAD', '--format', 'concise', ...args], {
    cwd,
  })
  return {
    code,
    places: stdout
      .split('\n')
      .filter(Boolean)
      .map(line => line.replace(/:\d+: .*/, '')),
  }
}

describe('lint --since', () => {
  test('reports nothing when nothing has changed', async () => {
    expect(await lint()).toEqual({ code: 0, places: [] })
  })

  test('reports what is on new lines, and what is in files that git does not know', async () => {
    writeFiles(cwd, {
      'pages/a.md': 'He said "so".\n\nIt\'s "old.\n\nThe end".\n\nIt\'s new.\n',
      'pages/ö "q".md': "It's old.\nIt's new.\n",
      'pages/new.md': "It's all new.\n",
    })
    const { code, places } = await lint()
    expect([code, new Set(places)]).toEqual([
      1,
      new Set(['pages/a.md:7', 'pages/new.md:1', 'pages/ö "q".md:2']),
    ])
  })

  test('a pair is new when either end is', async () => {
    const text = 'One "two\nthree" four.\n'
    writeFiles(cwd, { 'pages/a.md': text })
    await git('commit', '-qam', 'Two lines')
    writeFiles(cwd, { 'pages/a.md': text.replace('three', 'tree') })
    expect((await lint()).places).toContain('pages/a.md:1')
  })

  test('what has only moved is not new', async () => {
    renameSync(join(cwd, 'pages/moved.md'), join(cwd, 'pages/here.md'))
    await git('add', '-A')
    expect(await lint()).toEqual({ code: 0, places: [] })
  })

  test('--fix sets what is new, and nothing else', async () => {
    writeFiles(cwd, { 'pages/a.md': 'He said "so".\n\nIt\'s "old.\n\nThe end".\n\nHe said "new".\n' })
    await lint('--fix')
    expect(readFileSync(join(cwd, 'pages/a.md'), 'utf8')).toBe(
      'He said "so".\n\nIt\'s "old.\n\nThe end".\n\nHe&nbsp;said “new”.\n',
    )
    expect(readFileSync(join(cwd, 'pages/moved.md'), 'utf8')).toBe("It's old.\n\nIt's older.\n")
    // What was not asked for is not remembered as well set.
    const { stdout } = await imprimatur(['lint', '--format', 'concise'], { cwd })
    expect(stdout).toContain('pages/a.md:1:')
  })

  test('what others did to the branch meanwhile is not new', async () => {
    await git('checkout', '-qb', 'mine')
    writeFiles(cwd, { 'pages/mine.md': "It's mine.\n" })
    await git('add', '-A')
    await git('commit', '-qm', 'Mine')
    await git('checkout', '-q', 'main')
    writeFiles(cwd, { 'pages/a.md': 'Gone.\n' })
    await git('commit', '-qam', 'Theirs')
    await git('checkout', '-q', 'mine')
    const { stdout } = await imprimatur(['lint', '--since', 'main', '--format', 'concise'], { cwd })
    expect(stdout).toContain('pages/mine.md:1:')
    expect(stdout).not.toContain('pages/a.md')
  })

  test.each([
    ['nowhere', 'git knows no such commit'],
    ['--output=x', 'git knows no such commit'],
  ])('refuses %s', async (revision, why) => {
    const { code, stderr } = await imprimatur(['lint', `--since=${revision}`], { cwd })
    expect([code, stderr]).toEqual([2, expect.stringContaining(why)])
  })

  test('refuses to write a baseline of a part', async () => {
    const { code, stderr } = await imprimatur(['lint', '--since', 'HEAD', '--write-baseline'], { cwd })
    expect([code, stderr]).toEqual([2, expect.stringContaining('--since')])
  })
})

test('a diff is read by its counts: what lines hold does not matter', () => {
  const diff = [
    'diff --git a/x b/x',
    '--- a/x',
    '+++ b/x',
    '@@ -1,2 +1 @@',
    '--- a/y',
    '-@@ -1 +1 @@',
    '+++ b/z',
    '@@ -9,0 +8,3 @@ heading',
    '+a',
    '+b',
    '+c',
    '--- "a/\\303\\266 \\"q\\""',
    '+++ "b/\\303\\266 \\"q\\""',
    '@@ -3 +2,0 @@',
    '-gone',
  ].join('\n')
  expect([...readDiff(diff)]).toEqual([
    [
      'x',
      [
        [1, 1],
        [8, 10],
      ],
    ],
    ['ö "q"', [[2, 3]]],
  ])
})
