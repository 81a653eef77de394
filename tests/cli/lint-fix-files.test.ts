import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeSource } from '../../src/core/files.ts'
import { folderWith } from '../folder.ts'
import { imprimatur } from '../program.ts'
import { pathsOf } from '../tree.ts'

const before = { path: 'pages/a.md', text: "It's.\n" }
const after = { path: 'pages/a.md', text: 'It’s.\n' }
const isRoot = process.getuid?.() === 0

function pageWith(mode: number): { root: string; page: string } {
  const root = folderWith({ 'pages/a.md': before.text })
  const page = join(root, 'pages/a.md')
  chmodSync(page, mode)
  return { root, page }
}

test.each([0o644, 0o664, 0o777, 0o600, 0o620])('the mode %o is kept, whatever the umask', mode => {
  const { root, page } = pageWith(mode)
  expect(writeSource(root, before, after)).toEqual([])
  expect(readFileSync(page, 'utf8')).toBe(after.text)
  expect((statSync(page).mode & 0o7777).toString(8)).toBe(mode.toString(8))
})

test.runIf(isRoot)('owner and group are kept', () => {
  const { root, page } = pageWith(0o664)
  chownSync(page, 65534, 12345)
  expect(writeSource(root, before, after)).toEqual([])
  const { uid, gid, mode } = statSync(page)
  expect([uid, gid, mode & 0o777]).toEqual([65534, 12345, 0o664])
})

test.runIf(isRoot)(
  'a page of another owner, which one may write, is written in place and stays theirs',
  async () => {
    const { root, page } = pageWith(0o666)
    for (const folder of ['..', '', 'pages']) chmodSync(join(root, folder), 0o777)
    const { ino } = statSync(page)
    await imprimatur(['lint', '--fix', '--no-cache'], { cwd: root, uid: 65534 })
    expect(readFileSync(page, 'utf8')).toBe(after.text)
    expect([statSync(page).uid, statSync(page).ino]).toEqual([0, ino])
  },
)

test('a page of two names keeps both, since it is written in place', () => {
  const { root, page } = pageWith(0o644)
  linkSync(page, join(root, 'other.md'))
  expect(writeSource(root, before, { ...after, text: 'It’s' })).toEqual([])
  expect(readFileSync(join(root, 'other.md'), 'utf8')).toBe('It’s')
  expect(statSync(page).nlink).toBe(2)
})

test('a symbolic link stays one', () => {
  const root = folderWith({ 'kept/a.md': before.text, 'pages/b.md': '' })
  symlinkSync('../kept/a.md', join(root, 'pages/a.md'))
  expect(writeSource(root, before, after)).toEqual([])
  expect(readFileSync(join(root, 'kept/a.md'), 'utf8')).toBe(after.text)
})

test('a read-only page is refused, with the reason', async () => {
  const { root, page } = pageWith(0o444)
  const { code, stdout } = await imprimatur(['lint', '--fix'], { cwd: root })
  expect([code, stdout]).toEqual([1, expect.stringContaining('it is read-only')])
  expect(stdout).toContain('common/punctuation/apostrophe')
  expect(readFileSync(page, 'utf8')).toBe(before.text)
})

test.each([0o644, 0o666])('a file that was saved since it was read is not overwritten (%o)', mode => {
  const { root, page } = pageWith(mode)
  if (mode === 0o666) linkSync(page, join(root, 'other.md'))
  writeFileSync(page, 'Quite another text.\n')
  const [found] = writeSource(root, before, after)
  expect([found?.code, found?.message]).toEqual(['lint/write', expect.stringContaining('changed it')])
  expect(readFileSync(page, 'utf8')).toBe('Quite another text.\n')
  expect(pathsOf(root).filter(path => path.endsWith('.imprimatur'))).toEqual([])
})

test('a page that does not exist is reported', () => {
  expect(writeSource(folderWith({}), before, after).map(({ code }) => code)).toEqual(['lint/write'])
})

test('what a killed run left half-written is cleared by the next, and neither published nor linted', async () => {
  const stage = 'pages/.01234567-89ab-cdef-0123-456789abcdef.imprimatur'
  const young = 'pages/.fedcba98-89ab-cdef-0123-456789abcdef.imprimatur'
  const cwd = folderWith({
    'pages/a.md': before.text,
    'layouts/default.ejs': '<%- body %>',
    [stage]: '---\ndraft: true\n---\n"Secret\n',
    [young]: '',
  })
  utimesSync(join(cwd, stage), 0, 0)
  expect((await imprimatur(['build'], { cwd })).code).toBe(0)
  expect(`${pathsOf(join(cwd, 'docs')).join()},`).not.toContain('.imprimatur,')
  expect((await imprimatur(['lint', '--fix'], { cwd })).stdout).not.toContain('unbalanced')
  expect([existsSync(join(cwd, stage)), existsSync(join(cwd, young))]).toEqual([false, true])
})

test.each([
  ['a page', 'pages/x.md', ['pages/x.md']],
  ['the configuration', 'imprimatur.config.json', []],
  ['the baseline', '.imprimatur-baseline.json', []],
  ['the cache', 'node_modules/.cache/imprimatur/lint.txt', []],
])('lint does not wait for a pipe in the place of %s', async (_, path, args) => {
  const cwd = folderWith({ 'pages/a.md': 'Good.\n', 'node_modules/.cache/imprimatur/x': '' })
  execFileSync('mkfifo', [join(cwd, path)])
  const { code, stdout, stderr } = await imprimatur(['lint', ...args], { cwd })
  expect(stdout + stderr).toContain(
    path.includes('cache') ? 'well set' : 'it is a pipe, a socket or a device',
  )
  expect(code).toBe(path.includes('cache') ? 0 : path.startsWith('pages') ? 1 : 2)
})

test('nor for a device', async () => {
  const { stdout } = await imprimatur(['lint', '/dev/zero'], { cwd: folderWith({}) })
  expect(stdout).toContain('it is a pipe, a socket or a device')
})

test('what --fix leaves alone is not kept as a finding of the text that it writes', async () => {
  const lint = { fix: 'unsafe', replace: [['foo', '*bar*', 'It is markup']] }
  const cwd = folderWith({
    'imprimatur.config.json': JSON.stringify({ lint }),
    'pages/a.md': "It's foo here.",
  })
  const fixed = await imprimatur(['lint', '--fix', '--format', 'concise'], { cwd })
  expect(fixed.stdout).toContain('lint/left-alone')
  const [kept, anew] = [
    await imprimatur(['lint', '--format', 'concise'], { cwd }),
    await imprimatur(['lint', '--format', 'concise', '--no-cache'], { cwd }),
  ]
  expect(kept.stdout).toContain('replace/1')
  expect(kept).toEqual(anew)
})
