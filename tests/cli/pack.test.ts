import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { packedPackage } from '../packed-package.ts'
import { execute, repository } from '../program.ts'
import { pathsOf } from '../tree.ts'
import { bundle } from '../../tools/bundle.ts'
import { identity } from '../../tools/launch/repository.ts'
import { BUDGET, weigh } from '../../tools/launch/weight.ts'

interface Manifest {
  readonly name: string
  readonly license?: string
  readonly licenses?: readonly unknown[]
  readonly dependencies?: Readonly<Record<string, string>>
}

const readManifest = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Manifest

const caches = folderWith()
const quiet = {
  npm_config_loglevel: 'error',
  npm_config_update_notifier: 'false',
  // What V8 makes of the bundle.
  XDG_CACHE_HOME: caches,
}

async function run(cwd: string, file: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await execute(file, args, { cwd, env: quiet })
  expect([code, stderr]).toEqual([0, ''])
  return stdout
}

let tarball = ''
let home = ''
let installed = ''
/** What npm prints while it installs, scripts included. */
let log = ''

beforeAll(async () => {
  tarball = await packedPackage()
  home = folderWith()
  log = await run(home, 'npm', 'i', '--no-audit', '--no-fund', '--foreground-scripts', '--offline', tarball)
  installed = join(home, 'node_modules', identity().name)
}, 600_000)

test('the package holds the program, what describes it, and nothing else', () => {
  const theme = pathsOf(join(repository, 'src/theme/files')).map(path => `src/theme/files/${path}`)
  const schemas = pathsOf(join(repository, 'schema')).map(path => `schema/${path}`)
  const own = pathsOf(installed).filter(path => !path.startsWith('node_modules/'))
  const isCompiled = (path: string) => /^dist\/.*\.(?:d\.ts|js)$/.test(path)
  expect(own.filter(path => !isCompiled(path))).toEqual(
    [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/bundle.cjs',
      'man/imprimatur.1',
      'package.json',
      ...schemas,
      ...theme,
    ].toSorted(),
  )
  // A file of dist/ too many has no source any more: rm -r dist, and build again.
  const modules = own.filter(path => isCompiled(path) && path.endsWith('.js'))
  const sources = modules.map(path => path.replace(/^dist\/(.*)\.js$/, 'src/$1.ts'))
  expect(sources.filter(path => !existsSync(join(repository, path)))).toEqual([])
  expect(modules).toEqual(
    expect.arrayContaining(['dist/index.js', 'dist/linter.js', 'dist/dev/client/client.js']),
  )
  // The rest of the command line is in the bundle alone.
  expect(modules.filter(path => path.startsWith('dist/cli/'))).toEqual(['dist/cli/main.js'])
  expect(own).toContain('dist/index.d.ts')
})

test('it is one package, and no script runs when it is installed, neither its own nor that of another', () => {
  expect(log).toMatch(/^\s*added 1 package in \S+\s*$/)
  const manifests = pathsOf(join(home, 'node_modules')).filter(path => path.endsWith('package.json'))
  expect(manifests.length).toBeGreaterThan(80)
  const withScripts = manifests.filter(path => 'scripts' in readManifest(join(home, 'node_modules', path)))
  expect(withScripts).toEqual([])
})

test('each package that is in it has its licence, and asks for none that is not', () => {
  const folders = pathsOf(join(installed, 'node_modules'))
    .filter(path => /(?:^|node_modules\/)(?:@[^/]+\/)?[^/]+\/package\.json$/.test(path))
    .map(path => join(installed, 'node_modules', path, '..'))
  const names = new Set(folders.map(folder => readManifest(join(folder, 'package.json')).name))
  for (const folder of folders) {
    const { license, licenses, dependencies = {} } = readManifest(join(folder, 'package.json'))
    expect([folder, license ?? licenses]).toEqual([folder, expect.anything()])
    for (const name of Object.keys(dependencies))
      expect([folder, [...names]]).toEqual([folder, expect.arrayContaining([name])])
  }
})

test('every module of it loads, with all that it imports', async () => {
  const isProgram = /(?:main|worker|client)\.js$/
  const modules = pathsOf(join(installed, 'dist')).filter(
    path => path.endsWith('.js') && !isProgram.test(path),
  )
  expect(modules.length).toBeGreaterThan(200)
  const script = `const failed = []
for (const path of ${JSON.stringify(modules)})
  await import(new URL(path, ${JSON.stringify(pathToFileURL(join(installed, 'dist/')).href)}).href).catch(error => failed.push(error.message))
console.log(failed.join('\\n'))
process.exit()`
  expect((await run(home, process.execPath, '--input-type=module', '-e', script)).trim()).toBe('')
})

test('installed, it is within its budget on a disk', () => {
  expect(weigh(join(home, 'node_modules')).disk).toBeLessThan(BUDGET * 1_000_000)
})

test('its manifest says what it is and where it runs', () => {
  const manifest = readManifest(join(installed, 'package.json'))
  expect(manifest).toMatchObject({
    name: identity().name,
    license: 'MIT',
    type: 'module',
    engines: { node: '>=20.19' },
    bin: { imprimatur: 'dist/cli/main.js' },
    types: './dist/index.d.ts',
  })
  expect(readFileSync(join(installed, 'dist/cli/main.js'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
})

test('installed in an empty folder, it begins a site and builds it', async () => {
  expect(await run(home, 'npx', 'imprimatur', 'init', '.')).toContain('npx --no-install imprimatur build')
  expect(await run(home, 'npx', 'imprimatur', 'build')).toMatch(
    /^docs\/: \d+ written, 0 removed, 0 unchanged\n$/,
  )
  expect(pathsOf(join(home, 'docs'))).toEqual(
    expect.arrayContaining(['404.html', 'favicon.svg', 'index.html', 'main.css', 'ru/index.html']),
  )
  expect(await run(home, 'npx', 'imprimatur', 'build', '--check')).toContain('in step with its sources')
})

test('commands run out of one file, and keep what V8 made of it, but not where nothing of a site is trusted', async () => {
  const site = folderWith({ 'pages/index.md': 'A page.\n', 'layouts/default.ejs': '<%- body %>' })
  const main = join(installed, 'dist/cli/main.js')
  const kept = () => pathsOf(caches).filter(path => path.startsWith('imprimatur/'))
  const before = kept()
  expect(await run(site, process.execPath, main, 'rules', '--no-config')).toContain('common/')
  expect(kept()).toEqual(before)
  const first = await run(site, process.execPath, main, 'rules')
  const [file, ...others] = kept().filter(path => !before.includes(path))
  expect([file, others]).toEqual([expect.stringMatching(/^imprimatur\/rules-node\d+\.code$/), []])
  const { ino } = statSync(join(caches, file!))
  expect(await run(site, process.execPath, main, 'rules')).toBe(first)
  // All of it was known: nothing new was written.
  expect(statSync(join(caches, file!)).ino).toBe(ino)
})

test('what V8 made is taken again by commands that set options of V8', async () => {
  const site = folderWith({ 'pages/index.md': 'Text.\n', 'layouts/default.ejs': '<%- body %>' })
  const main = join(installed, 'dist/cli/main.js')
  const places = () =>
    pathsOf(join(caches, 'imprimatur')).map(path => statSync(join(caches, 'imprimatur', path)).ino)
  await run(site, process.execPath, main, 'lint', '--no-cache')
  const known = places()
  await run(site, process.execPath, main, 'lint', '--no-cache')
  expect(places()).toEqual(known)
})

test('threads of a build keep what V8 made of it as commands do', async () => {
  const pages = Array.from({ length: 2500 }, (_, i) => [`pages/${i}.md`, 'A page.\n'] as const)
  const site = folderWith({ ...Object.fromEntries(pages), 'layouts/default.ejs': '<%- body %>' })
  const main = join(installed, 'dist/cli/main.js')
  const kept = () => pathsOf(caches).filter(path => path.startsWith('imprimatur/'))
  const before = kept()
  await run(site, process.execPath, main, 'build', '--no-config')
  expect(kept()).toEqual(before)
  await run(site, process.execPath, main, 'build', '--output', 'again')
  expect(kept().some(path => /\/worker-node\d+\.code$/.test(path))).toBe(availableParallelism() > 1)
  const places = () => kept().map(path => statSync(join(caches, path)).ino)
  const known = places()
  await run(site, process.execPath, main, 'build', '--output', 'once-more')
  expect(places()).toEqual(known)
}, 120_000)

test('a fault of the program names the function and the line of the bundle', async () => {
  const lines = readFileSync(join(installed, 'dist/bundle.cjs'), 'utf8').split('\n')
  const script = `const original = JSON.parse
JSON.parse = text => { if (/"name": "imprimatur"/.test(text)) throw new Error('a fault'); return original(text) }`
  const preload = folderWith({ 'fault.cjs': script })
  const args = ['--require', join(preload, 'fault.cjs'), join(installed, 'dist/cli/main.js'), '--version']
  const { stderr } = await execute(process.execPath, args, { cwd: preload, env: quiet })
  const [, line = ''] = /at version \(.*bundle\.cjs:(\d+):\d+\)/.exec(stderr) ?? []
  expect([stderr, lines[Number(line) - 1]]).toEqual([stderr, expect.stringContaining('JSON.parse')])
})

test('the linter is bundled from it for a browser, with all that it needs', async () => {
  const entry = join(home, 'entry.mjs')
  writeFileSync(entry, "export * from 'imprimatur/lint'\n")
  expect((await bundle(entry)).code.length).toBeGreaterThan(100_000)
})

test('a configuration in TypeScript finds its types and defineConfig in the package', async () => {
  const site = folderWith({
    'imprimatur.config.ts':
      "import { defineConfig, type Page } from 'imprimatur'\nexport const page: Page | undefined = undefined\nexport default defineConfig({ site: { title: 'typed' } })\n",
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        module: 'nodenext',
        target: 'es2023',
        strict: true,
        noEmit: true,
        // Whoever uses the library need not have the types of Node.
        types: [],
        skipLibCheck: false,
      },
      files: ['imprimatur.config.ts'],
    }),
    'package.json': '{ "type": "module" }',
    'pages/index.md': '',
    'layouts/default.ejs': '<%= site.title %>',
  })
  await run(site, 'npm', 'i', '--prefer-offline', '--no-audit', '--no-fund', tarball)
  await run(site, process.execPath, join(repository, 'node_modules/typescript/bin/tsc'), '-p', '.')
  await run(site, 'npx', 'imprimatur', 'build')
  expect(readFileSync(join(site, 'docs/index.html'), 'utf8')).toBe('typed')
})
