import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { execute, repository } from '../program.ts'
import { pathsOf } from '../tree.ts'

const quiet = { npm_config_loglevel: 'error', npm_config_update_notifier: 'false' }

async function run(cwd: string, file: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await execute(file, args, { cwd, env: quiet })
  expect([code, stderr]).toEqual([0, ''])
  return stdout
}

interface Packed {
  readonly filename: string
  readonly files: readonly { readonly path: string; readonly mode: number }[]
}

let tarball = ''
let packed: Packed
let home = ''

beforeAll(async () => {
  const store = folderWith()
  // What is packed was built already: `prepare` would build it again under the tests that run it.
  const output = await run(
    repository,
    'npm',
    'pack',
    '--ignore-scripts',
    '--json',
    '--pack-destination',
    store,
  )
  packed = (JSON.parse(output) as [Packed])[0]
  tarball = join(store, packed.filename)
  home = folderWith()
  await run(home, 'npm', 'i', '--prefer-offline', '--no-audit', '--no-fund', tarball)
})

test('the package holds the program, what describes it, and nothing else', () => {
  const sources = pathsOf(join(repository, 'src')).filter(path => /(?<!\.d)\.ts$/.test(path))
  const compiled = sources.flatMap(path => ['.js', '.d.ts'].map(end => `dist/${path.replace(/\.ts$/, end)}`))
  const theme = pathsOf(join(repository, 'src/theme/files')).map(path => `src/theme/files/${path}`)
  const schemas = pathsOf(join(repository, 'schema')).map(path => `schema/${path}`)
  // A file of dist/ too many has no source any more: rm -r dist, and build again.
  expect(packed.files.map(({ path }) => path).toSorted()).toEqual(
    ['LICENSE', 'README.md', 'package.json', ...schemas, ...theme, ...compiled].toSorted(),
  )
})

test('its manifest says what it is and where it runs', () => {
  const manifest: unknown = JSON.parse(
    readFileSync(join(home, 'node_modules/imprimatur/package.json'), 'utf8'),
  )
  expect(manifest).toMatchObject({
    name: 'imprimatur',
    license: 'MIT',
    type: 'module',
    engines: { node: '>=20.19' },
    bin: { imprimatur: 'dist/cli/main.js' },
    types: './dist/index.d.ts',
  })
  expect(readFileSync(join(home, 'node_modules/imprimatur/dist/cli/main.js'), 'utf8')).toMatch(
    /^#!\/usr\/bin\/env node\n/,
  )
})

test('installed in an empty folder, it begins a site and builds it', async () => {
  expect(await run(home, 'npx', 'imprimatur', 'init', '.')).toContain('npx imprimatur build')
  expect(await run(home, 'npx', 'imprimatur', 'build')).toMatch(
    /^docs\/: \d+ written, 0 removed, 0 unchanged\n$/,
  )
  expect(pathsOf(join(home, 'docs'))).toEqual([
    '.imprimatur-files',
    '.nojekyll',
    '404.html',
    '_headers',
    'about/index.html',
    'atom.xml',
    'feed.css',
    'feed.json',
    'index.html',
    'main.css',
    expect.stringMatching(/^posts\/\d{4}\/first_proof\/index\.html$/),
    expect.stringMatching(/^posts\/\d{4}\/index\.html$/),
    'posts/atom.xml',
    'posts/index.html',
    'robots.txt',
    'rss.xml',
    'sitemap.xml',
  ])
  expect(await run(home, 'npx', 'imprimatur', 'build', '--check')).toContain('in step with its sources')
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
