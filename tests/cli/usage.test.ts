import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { command as build } from '../../src/cli/commands/build.ts'
import { command as dev } from '../../src/cli/commands/dev.ts'
import { command as init } from '../../src/cli/commands/init.ts'
import { command as begin } from '../../src/cli/commands/new.ts'
import { main } from '../../src/cli/program.ts'
import { folderWith } from '../folder.ts'
import { cli, execute, imprimatur, repository } from '../program.ts'
import { noPipes } from '../call.ts'

const site = () => folderWith({ 'pages/index.md': 'home\n', 'layouts/default.ejs': '<%- body %>' })
const cwd = folderWith()

describe('help', () => {
  test.each([[], ['--help'], ['-h'], ['help']])('the program’s: %j', async (...args) => {
    const { code, stdout, stderr } = await imprimatur(args.flat(), { cwd })
    expect([code, stderr]).toEqual([0, ''])
    for (const name of ['build', 'dev', 'new', 'init', '--help', '--version']) expect(stdout).toContain(name)
  })

  test.each([
    ['build', build],
    ['dev', dev],
    ['new', begin],
    ['init', init],
  ])('%s mentions each of its options', async (name, command) => {
    for (const flag of ['--help', '-h']) {
      const { code, stdout, stderr } = await imprimatur([name, flag], { cwd })
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toBe(command.help)
      for (const option of Object.keys(command.options)) expect(stdout).toContain(`--${option}`)
      expect(stdout.split('\n').every(line => line.length <= 100)).toBe(true)
    }
  })
})

describe('version', () => {
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    version: string
  }

  test.each(['--version', '-v'])('%s', async flag => {
    expect(await imprimatur([flag], { cwd })).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  test('loads the program’s first file, and of the rest what finds it', async () => {
    const spy = folderWith({
      'spy.mjs': "import { register } from 'node:module'\nregister('./hooks.mjs', import.meta.url)\n",
      'hooks.mjs':
        "import { writeSync } from 'node:fs'\nexport async function load(url, context, next) {\n  if (!url.startsWith('node:')) writeSync(2, `${url}\\n`)\n  return next(url, context)\n}\n",
    })
    const { stderr } = await execute(
      process.execPath,
      ['--import', pathToFileURL(join(spy, 'spy.mjs')).href, cli, '--version'],
      { cwd },
    )
    const loaded = stderr
      .trim()
      .split('\n')
      .map(url => url.slice(pathToFileURL(repository).href.length))
    expect([loaded[0], loaded.at(-1)]).toEqual(['dist/cli/main.js', 'dist/cli/program.js'])
    const between =
      /^(?:dist\/(?:config\/bundle|core)\/[a-z0-9-]+|dist\/config\/cache-folder|node_modules\/fastest-levenshtein\/mod)\.js$/
    expect(loaded.slice(1, -1).filter(path => !between.test(path))).toEqual([])
    expect(loaded.length).toBeLessThanOrEqual(13)
  })
})

describe('what is mistyped is named with what is nearest, and exits 2', () => {
  test.each([
    [['biuld'], 'usage/command', '“biuld”', 'did you mean “build”?'],
    [['Init'], 'usage/command', '“Init”', 'did you mean “init”?'],
    [['constructor'], 'usage/command', '“constructor”', 'there are build, dev, lint, rules, new, init'],
    [['--versoin'], 'usage/option', '--versoin', 'did you mean “--version”?'],
    [['--hepl'], 'usage/option', '--hepl', 'did you mean “--help”?'],
    [['build', '--chekc'], 'usage/option', '--chekc', 'did you mean “--check”?'],
    [['build', '--outptu=x'], 'usage/option', '--outptu', 'did you mean “--output”?'],
    [['build', '--no-drafts'], 'usage/option', '--no-drafts', '--drafts'],
    [['build', '-x'], 'usage/option', '-x', '--check'],
    [['build', '--constructor'], 'usage/option', '--constructor', '--check'],
    [['build', '--format', 'jsno'], 'usage/option', '“jsno”', 'did you mean “json”?'],
    [['build', '--format', 'constructor'], 'usage/option', '“constructor”', 'text, concise, json'],
    [['build', '--root'], 'usage/option', '--root', '--root=VALUE'],
    [['build', '--output='], 'usage/option', '--output', '--output=VALUE'],
    [['build', '--check=yes'], 'usage/option', '--check', 'alone'],
    [['build', 'docs'], 'usage/argument', '“docs”', '--output'],
    [['init', 'a', 'b'], 'usage/argument', '“b”', 'leave it out'],
    [['init', '--drafts'], 'usage/option', '--drafts', '--format'],
  ])('%j', async (args, code, named, hint) => {
    const folder = site()
    const run = await imprimatur(args, { cwd: folder })
    expect([run.code, run.stdout]).toEqual([2, ''])
    for (const text of [code, named, hint]) expect(run.stderr).toContain(text)
    expect(run.stderr).not.toContain('    at ')
  })

  test('all mistakes of a call are reported at once', async () => {
    const { stderr } = await imprimatur(['build', '--chekc', '--outptu', 'extra', '--format='], { cwd })
    expect(stderr.match(/error usage\//g)).toHaveLength(4)
  })

  test.each([
    ['{ "site": {}, "biuld": {} }', 'config/key', 'did you mean “build”?', ':1:15'],
    ['{ "dirs": { "ouput": "x" } }', 'config/key', 'did you mean “output”?', ':1:13'],
    [
      '{ "constructor": {} }',
      'config/key',
      'the keys here are site, dirs, build, theme, lint, security, keys',
      ':1:3',
    ],
    ['{ "build": { "toString": 1 } }', 'config/key', 'the keys here are typography', ':1:14'],
    ['{ "build": { "drafts": "no" } }', 'config/value', 'it must be true or false', ':1:14'],
    ['[]', 'config/value', 'export an object', ''],
  ])('in the configuration: %s', async (text, code, hint, at) => {
    const folder = folderWith({ 'imprimatur.config.json': text, 'pages/index.md': '' })
    const run = await imprimatur(['build'], { cwd: folder })
    expect([run.code, run.stdout]).toEqual([2, ''])
    for (const part of [code, hint, `imprimatur.config.json${at}`]) expect(run.stderr).toContain(part)
  })
})

describe('reports', () => {
  const broken = () =>
    folderWith({ 'pages/a.md': '---\ntitle: A\n\ttags: [x]\n---\n', 'pages/b.md': '---\ndraft: 1\n---\n' })

  test('text shows where, what, the line, and what to do; the sum is last', async () => {
    const { code, stdout, stderr } = await imprimatur(['build'], { cwd: broken() })
    expect([code, stderr]).toEqual([1, ''])
    expect(stdout).toContain(
      'pages/b.md:2:8 error front-matter/value\n  “draft” is 1; it must be true or false\n  2 │ draft: 1\n    │        ^\n  → write, for example, draft: true\n',
    )
    expect(stdout).toMatch(/2 errors\nNothing was written\.\n$/)
    expect(stdout).not.toContain('\u001B[')
  })

  test('the mark stands below its place behind a byte order mark, tabs and no-break spaces', async () => {
    const cwd = folderWith({
      'pages/a.md': '\uFEFF---js\n---\n',
      'pages/b.md': '---\na:\u00A0b\ndraft:\t\u00A0x\n---\n',
    })
    const { stdout } = await imprimatur(['build'], { cwd })
    expect(stdout).toContain('  1 │ ---js\n    │ ^^^^^\n')
    expect(stdout).toContain('⍽')
  })

  test('a long line is cut around the place that matters', async () => {
    const text = `${'x '.repeat(300)}<%= nobody %>${' y'.repeat(300)}`
    const cwd = folderWith({ 'pages/a.ejs': text, 'layouts/default.ejs': '' })
    const { stdout } = await imprimatur(['build'], { cwd })
    const [, line = '', marks = ''] = /│ (.*)\n +│ (.*)/.exec(stdout) ?? []
    expect(line.length).toBeLessThan(110)
    expect(line.slice(marks.indexOf('^'), marks.length)).toBe('nobody')
  })

  test('JSON has a version, the findings with their places, and the summary', async () => {
    const { code, stdout, stderr } = await imprimatur(['build', '--format', 'json'], { cwd: broken() })
    expect([code, stderr]).toEqual([1, ''])
    const report: unknown = JSON.parse(stdout)
    expect(report).toEqual({
      version: 1,
      summary: 'Nothing was written.',
      diagnostics: [
        {
          code: 'front-matter/syntax',
          severity: 'error',
          message: expect.stringContaining('Front matter is not valid YAML'),
          hint: 'indent with spaces',
          file: 'pages/a.md',
          start: { line: 3, column: 1 },
          end: { line: expect.any(Number), column: expect.any(Number) },
        },
        {
          code: 'front-matter/value',
          severity: 'error',
          message: '“draft” is 1; it must be true or false',
          hint: 'write, for example, draft: true',
          file: 'pages/b.md',
          start: { line: 2, column: 8 },
          end: { line: 2, column: 9 },
        },
      ],
    })
  })

  test('JSON is what a program reads from stdout, whatever went wrong', async () => {
    const cwd = folderWith({ 'imprimatur.config.json': '{ "biuld": {} }' })
    for (const args of [
      ['--format', 'json'],
      ['--format=json', '--chekc'],
      ['--chekc', '--format=json'],
    ]) {
      const { code, stdout, stderr } = await imprimatur(['build', ...args], { cwd })
      expect([code, stderr]).toEqual([2, ''])
      expect(JSON.parse(stdout)).toMatchObject({ version: 1, diagnostics: [{ severity: 'error' }] })
    }
  })

  test('JSON of a good build has no findings', async () => {
    const { code, stdout } = await imprimatur(['build', '--format=json'], { cwd: site() })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      summary: 'docs/: 5 written, 0 removed, 0 unchanged',
      diagnostics: [],
    })
  })

  test('a reader that has seen enough is no failure', async () => {
    const { code, stderr } = await execute(
      'bash',
      ['-c', `set -o pipefail; node ${cli} build --help | head -n 1`],
      { cwd },
    )
    expect([code, stderr]).toEqual([0, ''])
  })
})

test('standard input is a pipe, or a file', async () => {
  const cwd = folderWith({ 'a.md': 'in a box' })
  for (const line of [`cat a.md | node ${cli} lint --stdin --fix`, `node ${cli} lint --stdin --fix < a.md`]) {
    const { code, stdout, stderr } = await execute('bash', ['-c', line], { cwd })
    expect([code, stdout, stderr]).toEqual([0, 'in&nbsp;a&nbsp;box', ''])
  }
})

test('a fault of the program is called one, with its stack, and exits 2', async () => {
  const written: string[] = []
  const outlet = { isTerminal: false, write: (text: string) => void written.push(text) }
  const broken = () => {
    throw new Error('of ours')
  }
  const code = await main(['lint', '--stdin'], {
    stdout: outlet,
    stderr: outlet,
    stdin: { isTerminal: () => false, read: broken },
    env: {},
    cwd,
    pipes: noPipes,
    interrupted: () => Promise.resolve(),
    terminated: () => Promise.resolve(),
  })
  expect(code).toBe(2)
  expect(written.join('')).toMatch(
    /^imprimatur \S+ failed, and it is not your fault.*\n\nError: of ours\n +at /,
  )
})

describe('exit codes', () => {
  test('0 with warnings', async () => {
    const cwd = folderWith({
      'pages/a.md': '![](x.png)',
      'pages/x.png': 'x',
      'layouts/default.ejs': '<%- body %>',
    })
    const { code, stdout } = await imprimatur(['build'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain('1 warning\ndocs/: 6 written')
  })

  test('2 without a pages folder, with what to do about it', async () => {
    const { code, stderr } = await imprimatur(['build'], { cwd: folderWith() })
    expect(code).toBe(2)
    expect(stderr).toContain('imprimatur init')
  })

  test('--root and --output', async () => {
    const root = site()
    const { code, stdout } = await imprimatur(['build', '--root', root, '--output', 'public/site'], { cwd })
    expect([code, stdout]).toEqual([0, 'public/site/: 5 written, 0 removed, 0 unchanged\n'])
    expect(readFileSync(join(root, 'public/site/index.html'), 'utf8')).toBe('<p>home</p>\n')
  })
})
