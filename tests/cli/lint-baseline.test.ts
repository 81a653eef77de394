import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { imprimatur, type JsonReport } from '../program.ts'

const NAME = '.imprimatur-baseline.json'
const page = "It's in a box.\n"

const lint = (cwd: string, ...args: readonly string[]) => imprimatur(['lint', ...args], { cwd })

async function codesOf(cwd: string, ...args: readonly string[]): Promise<readonly string[]> {
  const { stdout, stderr } = await lint(cwd, '--format', 'json', ...args)
  return (JSON.parse(stdout || stderr) as JsonReport).diagnostics.map(({ code }) => code)
}

/** A site whose findings are all in the baseline. */
async function settled(files: Record<string, string | Buffer> = {}): Promise<string> {
  const cwd = folderWith({ 'pages/a.md': page, ...files } as Record<string, string>)
  expect((await lint(cwd, '--write-baseline')).code).toBe(0)
  return cwd
}

const written = (cwd: string) => readFileSync(join(cwd, NAME), 'utf8')

test('it hides known findings, reports new ones, and changes only on request', async () => {
  const cwd = await settled()
  const first = written(cwd)
  expect(await codesOf(cwd)).toEqual([])
  writeFileSync(join(cwd, 'pages/a.md'), 'It’s in&nbsp;a&nbsp;box, "so.\n')
  expect(await codesOf(cwd)).toEqual(['imprimatur/unbalanced-quote'])
  expect(written(cwd)).toBe(first)
})

test('it is about what is reported: --fix and --diff set what it tolerates', async () => {
  const cwd = await settled()
  expect((await lint(cwd, '--diff')).stdout).toContain('+It’s in&nbsp;a&nbsp;box.')
  await lint(cwd, '--fix')
  expect(readFileSync(join(cwd, 'pages/a.md'), 'utf8')).toBe('It’s in&nbsp;a&nbsp;box.\n')
})

describe('a run changes a baseline only on request', () => {
  const runs: readonly (readonly string[])[] = [
    [],
    ['--diff'],
    ['--fix'],
    ['--rule', 'common/nbsp/afterShortWord=off'],
    ['--lang', 'ru'],
    ['--quiet'],
    ['pages/a.md'],
    ['nowhere.md'],
  ]
  test.each(runs.map(args => [args]))('lint %j does not', async args => {
    const cwd = await settled()
    const first = written(cwd)
    writeFileSync(join(cwd, 'pages/a.md'), 'Mended.\n')
    await lint(cwd, ...args)
    expect(written(cwd)).toBe(first)
    writeFileSync(join(cwd, 'pages/a.md'), page)
    expect(await codesOf(cwd)).toEqual([])
  })

  test('--prune-baseline strikes what is there no more, and adds nothing', async () => {
    const cwd = await settled({ 'pages/gone.md': page, 'pages/b.md': page })
    rmSync(join(cwd, 'pages/gone.md'))
    writeFileSync(join(cwd, 'pages/a.md'), 'Isn\'t, "nothing.\n')
    expect((await lint(cwd)).stdout).toContain('(--prune-baseline)')
    expect((await lint(cwd, '--prune-baseline')).stdout).toContain('unbalanced-quote')
    expect(JSON.parse(written(cwd))).toEqual({
      version: 1,
      files: {
        'pages/a.md': { 'common/punctuation/apostrophe': 1 },
        'pages/b.md': expect.anything() as unknown,
      },
    })
  })
})

describe('what cannot be looked at is not taken for mended', () => {
  test('a page that is unreadable once keeps its entries', async () => {
    const cwd = await settled()
    for (const args of [[], ['--prune-baseline'], ['--write-baseline']]) {
      writeFileSync(join(cwd, 'pages/a.md'), Buffer.from([0xcf, 0xf0, 0xe8]))
      expect(await codesOf(cwd, ...args)).toEqual(['file/encoding'])
      writeFileSync(join(cwd, 'pages/a.md'), page)
      expect(await codesOf(cwd)).toEqual([])
    }
  })

  test('no error of reading is ever in it', async () => {
    const cwd = folderWith({ 'pages/a.md': '---\ntitle: "\n---\n', 'pages/b.md': page })
    const { code, stdout } = await lint(cwd, '--write-baseline')
    expect([code, stdout]).toEqual([1, expect.stringContaining('front-matter/syntax')])
    expect(existsSync(join(cwd, NAME))).toBe(false)
    expect((await lint(cwd, 'nosuch.md', '--write-baseline')).code).toBe(1)
    expect(existsSync(join(cwd, NAME))).toBe(false)
  })

  test('nor is an old one honoured', async () => {
    const files = { 'pages/a.md': { 'front-matter/syntax': 1, 'lint/rule-failed': 9 } }
    const cwd = folderWith({
      'pages/a.md': '---\ntitle: "\n---\n',
      [NAME]: JSON.stringify({ version: 1, files }),
    })
    expect(await codesOf(cwd)).toEqual(['front-matter/syntax'])
  })
})

describe('a baseline is not written', () => {
  test.each([['--diff'], ['--stdin'], ['--rule', 'imprimatur/line-end=off'], ['--lang', 'ru']])(
    'with %s',
    async (...args) => {
      const cwd = folderWith({ 'pages/a.md': page })
      for (const writing of ['--write-baseline', '--prune-baseline'])
        expect((await lint(cwd, writing, ...args)).code).toBe(2)
      expect(existsSync(join(cwd, NAME))).toBe(false)
    },
  )

  test('in CI', async () => {
    const cwd = folderWith({ 'pages/a.md': page })
    for (const writing of ['--write-baseline', '--prune-baseline']) {
      const run = await imprimatur(['lint', writing], { cwd, env: { CI: 'true' } })
      expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('in CI')])
    }
    expect((await imprimatur(['lint'], { cwd, env: { CI: 'true' } })).code).toBe(1)
    expect(existsSync(join(cwd, NAME))).toBe(false)
  })

  test.runIf(process.getuid?.() === 0)(
    'in a read-only checkout, which is no fault of the program',
    async () => {
      const cwd = await settled()
      writeFileSync(join(cwd, 'pages/a.md'), 'Mended.\n')
      for (const path of ['', 'pages']) chmodSync(join(cwd, path), 0o555)
      chmodSync(dirname(cwd), 0o755)
      const nobody = { cwd, uid: 65534 }
      expect((await imprimatur(['lint'], nobody)).code).toBe(0)
      const { code, stdout, stderr } = await imprimatur(['lint', '--prune-baseline'], nobody)
      expect([code, stdout + stderr]).toEqual([1, expect.stringContaining('The baseline cannot be written')])
      chmodSync(cwd, 0o755)
    },
  )
})

test.each([
  ['{}', 'it is none of ours'],
  ['{"version":1,"files":{"a":1}}', 'it is none of ours'],
  ['null', 'it is none of ours'],
  ['{\n<<<<<<< HEAD\n=======\n>>>>>>> b\n}', 'a merge has left its conflict in it'],
  ['{"version":', 'JSON'],
])('a baseline that is %j stops everything with exit code 2', async (text, why) => {
  const cwd = folderWith({ 'pages/a.md': page, [NAME]: text })
  const { code, stderr } = await lint(cwd)
  expect([code, stderr]).toEqual([2, expect.stringContaining(why)])
  expect(stderr).toContain('config/baseline')
})
