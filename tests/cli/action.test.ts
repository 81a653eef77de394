import { chmodSync, existsSync, readFileSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { folderWith } from '../folder.ts'
import { cli, execute, repository, type Run } from '../program.ts'
import { writeFiles } from '../tree.ts'

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly runs: {
    readonly using: string
    readonly steps: readonly { shell: string; run: string; env: Record<string, string> }[]
  }
}

interface Hook {
  readonly id: string
  readonly entry: string
  readonly language: string
  readonly files: string
}

const read = (path: string): unknown => parse(readFileSync(join(repository, path), 'utf8'))
const action = read('action.yml') as Action
const hooks = read('.pre-commit-hooks.yaml') as readonly Hook[]

/** A site with the program installed. */
function siteWith(files: Readonly<Record<string, string>>): string {
  const site = folderWith({ 'node_modules/imprimatur/package.json': readPackage(), ...files })
  symlinkSync(join(repository, 'dist'), join(site, 'node_modules/imprimatur/dist'))
  writeFiles(site, {
    'node_modules/.bin/imprimatur': `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`,
  })
  chmodSync(join(site, 'node_modules/.bin/imprimatur'), 0o755)
  return site
}

const readPackage = () => readFileSync(join(repository, 'package.json'), 'utf8')

/** Runs the action's steps as GitHub does: `bash -e -o pipefail`, expressions in `env` filled in. */
async function act(
  site: string,
  inputs: Readonly<Record<string, string>>,
  path = '',
  base = '',
): Promise<Run> {
  const [step, ...others] = action.runs.steps
  if (!step || others.length > 0) throw new Error('the action has one step')
  const given = (text: string) =>
    text
      .replace('${{ github.base_ref }}', base)
      .replaceAll(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => {
        if (!Object.hasOwn(action.inputs, name)) throw new Error(`the action has no input ${name}`)
        return inputs[name] ?? action.inputs[name]?.default ?? ''
      })
  const env = Object.fromEntries(Object.entries(step.env).map(([name, text]) => [name, given(text)]))
  const script = folderWith({ 'step.sh': step.run })
  return execute('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', join(script, 'step.sh')], {
    cwd: site,
    env: {
      ...env,
      PATH: path + delimiter + (process.env.PATH ?? ''),
      npm_config_loglevel: 'error',
      npm_config_update_notifier: 'false',
    },
  })
}

describe('the action', () => {
  test('is composite, and takes no input as text of its script', () => {
    expect(action.runs.using).toBe('composite')
    for (const { run, shell } of action.runs.steps) {
      expect(shell).toBe('bash')
      expect(run).not.toContain('${{')
    }
  })

  test('lints the pages of the site, and annotates', async () => {
    const { code, stdout } = await act(siteWith({ 'pages/index.md': "It's so.\n" }), {})
    expect(stdout).toMatch(/^::warning file=pages\/index\.md,line=1/m)
    expect(code).toBe(1)
  })

  test('succeeds on what is well set', async () => {
    const { code, stdout } = await act(siteWith({ 'pages/index.md': 'All is well.\n' }), {
      args: '--rule=common/nbsp/afterShortWord=off',
    })
    expect([code, stdout]).toEqual([0, expect.not.stringContaining('::warning')])
  })

  test('takes paths and options one a line, whatever is in them', async () => {
    const site = siteWith({ 'a b/$(touch x).md': "It's so.\n", 'other.md': "It's so.\n" })
    const { code, stdout } = await act(site, {
      paths: 'a b/$(touch x).md\n',
      args: '--max-warnings=10\n\n--lang=en\n',
      sarif: 'report of all.sarif',
    })
    expect(code).toBe(0)
    expect(stdout).toContain('touch x')
    expect(stdout).not.toContain('other.md')
    expect(existsSync(join(site, 'x'))).toBe(false)
    expect(JSON.parse(readFileSync(join(site, 'report of all.sarif'), 'utf8')).version).toBe('2.1.0')
  })

  test('runs no package from elsewhere where none is installed', async () => {
    const shim = folderWith({ npx: '#!/bin/sh\nprintf "%s\\n" "$@"\n' })
    chmodSync(join(shim, 'npx'), 0o755)
    const { stdout } = await act(folderWith(), {}, shim)
    expect(stdout.split('\n').slice(0, 2)).toEqual(['--no-install', 'imprimatur'])
  })

  test('asks npx for the version that is wanted', async () => {
    const shim = folderWith({ npx: '#!/bin/sh\nprintf "%s\\n" "$@"\n' })
    chmodSync(join(shim, 'npx'), 0o755)
    const { stdout } = await act(folderWith(), { version: '1.2.3' }, shim)
    expect(stdout.trim().split('\n')).toEqual([
      '--yes',
      'imprimatur@1.2.3',
      'lint',
      '--format',
      'github',
      '--',
    ])
  })
})

describe('in a pull request', () => {
  const git = (cwd: string, ...args: readonly string[]) => execute('git', args, { cwd })

  async function requested(): Promise<string> {
    const site = siteWith({ 'pages/old.md': "It's old.\n", '.gitignore': 'node_modules\n' })
    await git(site, 'init', '-q', '-b', 'main')
    await git(site, 'config', 'user.email', 'press@example.org')
    await git(site, 'config', 'user.name', 'Press')
    await git(site, 'add', '-A')
    await git(site, 'commit', '-qm', 'Old')
    await git(site, 'update-ref', 'refs/remotes/origin/main', 'HEAD')
    writeFiles(site, { 'pages/new.md': "It's new.\n" })
    await git(site, 'add', '-A')
    await git(site, 'commit', '-qm', 'New')
    return site
  }

  test('what it changes is looked at, unless everything is asked for', async () => {
    const site = await requested()
    const { stdout } = await act(site, {}, '', 'main')
    expect(stdout).toContain('file=pages/new.md')
    expect(stdout).not.toContain('pages/old.md')
    const { stdout: all } = await act(site, { since: 'none' }, '', 'main')
    expect(all).toContain('file=pages/old.md')
  })

  test('everything is, and that is said, where the base branch is not there', async () => {
    const { stdout } = await act(await requested(), {}, '', 'release')
    expect(stdout).toMatch(/^::notice title=imprimatur::.*release.*fetch-depth: 0/m)
    expect(stdout).toContain('file=pages/old.md')
  })
})

describe('the hooks of pre-commit', () => {
  const files = { 'page.md': "It's in a box.\n", 'other.md': 'Well.\n' }

  test.each(hooks)(
    '$id calls the package, for its own kinds of files',
    ({ entry, language, files: pattern }) => {
      expect(language).toBe('node')
      expect(Object.keys(JSON.parse(readPackage()).bin)).toContain(entry.split(' ')[0])
      expect(
        ['a.md', 'b/c.html', 'd.ejs', 'e.markdown', 'f.ts'].map(name => new RegExp(pattern).test(name)),
      ).toEqual([true, true, true, true, false])
    },
  )

  test('install the archive that npm pack names, whatever a script prints', async () => {
    const { stdout } = await execute('npm', ['config', 'get', 'foreground-scripts'], { cwd: repository })
    expect(stdout.trim()).toBe('false')
  })

  test('one reports, the other sets', async () => {
    const site = folderWith(files)
    const call = async (id: string) => {
      const [, ...args] = hooks.find(hook => hook.id === id)?.entry.split(' ') ?? []
      return execute(process.execPath, [cli, ...args, 'page.md', 'other.md'], { cwd: site })
    }
    expect((await call('imprimatur-lint')).code).toBe(1)
    expect((await call('imprimatur-fix')).code).toBe(0)
    expect(readFileSync(join(site, 'page.md'), 'utf8')).toBe('It’s in&nbsp;a&nbsp;box.\n')
    expect((await call('imprimatur-lint')).code).toBe(0)
  })
})
