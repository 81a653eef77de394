import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formats } from '../../src/cli/reporters/formats.ts'
import { folderWith } from '../folder.ts'
import { cli, execute, imprimatur } from '../program.ts'

/** Long enough for a pipe to be full before all is written. */
const bad = 'In a box.\n\n'.repeat(4000)
const lines = {
  'no findings': { text: 'Good.\n', args: [], code: 0 },
  warnings: { text: bad, args: [], code: 1 },
  'tolerated warnings': { text: bad, args: ['--max-warnings', '100000'], code: 0 },
  errors: { text: bad, args: ['--rule', 'common/nbsp/afterShortWord=error'], code: 1 },
  'an error alone': { text: '---\ntitle: "\n---\n', args: [], code: 1 },
}

describe.each(Object.entries(lines))('%s', (_, { text, args, code }) => {
  const cwd = folderWith({ 'pages/a.md': text })

  test('the exit code is that of the run when the reader leaves', async () => {
    for (const reader of ['head -c 10', 'true']) {
      const line = `node ${cli} lint ${args.join(' ')} | ${reader}; echo "\${PIPESTATUS[0]}"`
      const { stdout, stderr } = await execute('bash', ['-c', line], { cwd })
      expect([stdout.trimEnd().split('\n').at(-1)?.slice(-1), stderr]).toEqual([String(code), ''])
    }
  })

  test.each(formats)('and when %s goes to a file', async format => {
    const run = await imprimatur(['lint', ...args, '--format', `${format}=report`], { cwd })
    expect([run.code, run.stdout]).toEqual([code, ''])
    expect(readFileSync(join(cwd, 'report'), 'utf8') === '').toBe(format === 'concise' && text === 'Good.\n')
  })

  test.each(formats)('and 2, with the reason, when the file for %s cannot be written', async format => {
    for (const path of ['/nonexistent/x', 'pages']) {
      const run = await imprimatur(['lint', ...args, '--format', `${format}=${path}`], { cwd })
      expect([run.code, run.stderr]).toEqual([
        2,
        expect.stringContaining(`--format ${format}=${path} cannot be written`),
      ])
      expect(run.stderr).not.toContain('fault')
    }
  })
})

test('a report that is lost on a full disk is a failure', async () => {
  const cwd = folderWith({ 'pages/a.md': 'Good.\n' })
  const { code, stderr } = await execute('bash', ['-c', `node ${cli} lint > /dev/full`], { cwd })
  expect([code, stderr]).toEqual([2, expect.stringContaining('The report cannot be written')])
})

test('standard input that is a folder is a wrong call, and no fault', async () => {
  const { code, stderr } = await execute('bash', ['-c', `node ${cli} lint --stdin < .`], {
    cwd: folderWith(),
  })
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('Standard input cannot be read: it is a folder'),
  ])
})

describe('--stdin --stdin-filename obeys lint.ignore', () => {
  const cwd = folderWith({ 'imprimatur.config.json': '{"lint":{"ignore":["pages/drafts/**"]}}' })
  test.each([
    [[], ''],
    [['--fix'], 'in a box'],
    [['--diff'], ''],
  ])('%j: exit code 0, and the text passes unchanged', async (args, output) => {
    const call = ['lint', '--stdin', '--stdin-filename', 'pages/drafts/a.md', ...args]
    const run = await imprimatur(call, { cwd, stdin: 'in a box' })
    expect([run.code, run.stdout, run.stderr]).toEqual([0, output, ''])
  })
})

describe('places', () => {
  const top = folderWith({ 'site/pages/a.md': 'In a box.\n', 'site/sub/x': '', 'other/x': '' })
  const from = (cwd: string, format: string, env = {}) =>
    imprimatur(['lint', '--root', join(top, 'site'), '--format', format], { cwd: join(top, cwd), env })
  const services = formats.filter(format => !['text', 'concise', 'json'].includes(format))

  test.each(formats.filter(format => ['text', 'concise'].includes(format)))(
    'in %s are relative to where one stands',
    async format => {
      const places = { '.': 'site/pages/a.md:1', site: 'pages/a.md:1', 'site/sub': '../pages/a.md:1' }
      for (const [cwd, place] of Object.entries(places))
        expect((await from(cwd, format)).stdout).toMatch(
          new RegExp(`(?:^|  )${place.replaceAll('.', '\\.')}`, 'm'),
        )
      expect((await from('other', format)).stdout).toContain('../site/pages/a.md:1')
    },
  )

  test.each(services)('in %s are relative to the repository', async format => {
    const ofSite = /(?<!site\/)pages\/a\.md/
    expect((await from('site', format)).stdout).toMatch(ofSite)
    for (const name of ['GITHUB_WORKSPACE', 'CI_PROJECT_DIR']) {
      const { stdout } = await from('site', format, { [name]: top })
      expect(stdout).toContain('site/pages/a.md')
      expect(stdout).not.toMatch(ofSite)
      expect((await from('site', format, { [name]: join(top, 'other') })).stdout).toMatch(ofSite)
    }
    const cloned = folderWith({ 'repo/site/pages/a.md': 'In a box.\n', 'repo/.git/HEAD': '' })
    const { stdout } = await imprimatur(['lint', '--format', format], { cwd: join(cloned, 'repo/site') })
    expect(stdout).toContain('site/pages/a.md')
    expect(stdout).not.toMatch(ofSite)
  })

  test('in json are relative to the site, as its configuration is', async () => {
    expect((await from('.', 'json', { GITHUB_WORKSPACE: top })).stdout).toContain('"file": "pages/a.md"')
  })
})

describe('escape sequences in names, messages and hints are shown, not sent', () => {
  const hostile = '\u001B[2J\u001B]0;x\u0007\u009B31m\u202E\u2066\u200F\u007F'
  const cwd = folderWith({ 'layouts/default.ejs': '<%- body %>' })
  mkdirSync(join(cwd, 'pages'))
  const name = `pages/a${hostile}\rb\n0 errors.md`
  writeFileSync(join(cwd, name), `In a box "${hostile}\n\n<!-- typography off: x/${hostile} -->\n`)
  const obeyed = /[\0-\x08\x0B-\x1F\x7F-\x9F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/

  test.each(formats)('in %s', async format => {
    const lint = await imprimatur(['lint', '--format', format], { cwd })
    expect(lint.stdout).toContain('errors.md')
    expect(lint.stdout + lint.stderr).not.toMatch(obeyed)
    const build = await imprimatur(['build', '--format', format], { cwd })
    expect(build.stdout + build.stderr).not.toMatch(obeyed)
    expect(build.stdout + build.stderr).not.toMatch(/^0 errors/m)
  })

  test('in the head of a diff, which git and patch still read', async () => {
    const { stdout } = await imprimatur(['lint', '--diff'], { cwd })
    const [from] = stdout.split('\n')
    expect(from).not.toMatch(obeyed)
    expect(from).toMatch(/^--- "a\/pages\/a\\033\[2J/)
    const applied = await execute('bash', ['-c', 'git apply --check -'], { cwd })
    expect(applied.code).not.toBe(null)
  })
})
