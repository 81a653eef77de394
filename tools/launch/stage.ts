import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve as resolvePath } from 'node:path'
import { nodeFileTrace } from '@vercel/nft'
import { packagesOf } from '../dependencies.ts'
import { pathsOf } from '../../tests/tree.ts'
import { bundleLaunchers, bundleProgram } from './bundle.ts'
import { root } from './repository.ts'

const require = createRequire(import.meta.url)

interface Manifest {
  readonly [field: string]: unknown
  readonly files?: readonly string[]
  readonly dependencies?: Readonly<Record<string, string>>
}

/** The program is bundled with all that it loads. */
const program = ['dist/cli/main.js', 'dist/build/workers/start-worker.js']

/** What Node loads of the library, file by file. */
const library = ['dist/index.js', 'dist/linter.js']

/** What is not in the bundle of the program. */
const apart = ['vscode-languageserver/node', 'yaml', 'temml', 'jiti', 'esprima']

/** What is bundled for browsers, where packages may have other files. */
const forBrowsers = ['dist/linter.js', 'dist/document/runtime/web.js']

/** Loaded by a name that is put together, which no analysis sees. */
const namedLater: readonly RegExp[] = [/^node_modules\/highlight\.js\/lib\/languages\/[\w-]+\.js$/]

const isLicence = (name: string) => /^(?:licen[cs]e|copying|notice|ofl)\b/i.test(name)

/**
 * Lays down what is published: the program in one file, the modules of the library, and of each package that they depend on the files that are
 * loaded, with licences and manifests. What a manifest says that is only for those who work on a package is not in it: scripts, and what they need.
 */
export async function stagePackage(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  const bundled = packagesOf('production')
  const { files = [], dependencies = {} } = readManifest('package.json')
  // What was compiled of a source that is gone stays in dist/.
  const compiled = pathsOf(join(root, 'src'))
    .filter(path => /(?<!\.d)\.ts$/.test(path))
    .map(path => `dist/${path.replace(/\.ts$/, '.js')}`)
  /** The package that a file belongs to; some have a folder of that name of their own, which no lock knows. */
  const ownerOf = (path: string) => {
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder))
      if (bundled.has(folder)) return folder
    return undefined
  }
  const isOther = (path: string) => path.startsWith('node_modules/') && ownerOf(path) === undefined
  const where = { base: root, processCwd: root, cache: {}, ignore: isOther }
  const trace = async (paths: readonly string[], conditions?: readonly string[]) => {
    const files = paths.map(path => resolvePath(root, path))
    const { fileList } = await nodeFileTrace(files, {
      ...where,
      ...(conditions && { conditions: [...conditions] }),
    })
    return [...fileList].map(path => path.replaceAll('\\', '/'))
  }
  const namedBy = (paths: readonly string[]) =>
    paths.flatMap(path => namedIn(path, Object.keys(dependencies)))
  const ofProgram = await trace([...program, ...namedBy(compiled)])
  const ofLibrary = await trace([...library, ...apart.map(name => require.resolve(name))])
  const named = namedBy(compiled.filter(path => ofLibrary.includes(path)))
  const traced = new Set([
    ...ofLibrary,
    ...(await trace(named)),
    // Vite, Vitest and whoever else runs Node with --conditions=development load other files of some packages.
    ...(await trace([...library, ...named], ['node', 'development'])),
    ...(await trace(forBrowsers, ['browser', 'module', 'default'])),
  ])
  const packages = pathsOf(join(root, 'node_modules')).map(path => `node_modules/${path}`)
  const loaded = new Set([
    ...[...traced].filter(path => /\.[cm]?js$|\.json$/.test(path)),
    ...packages.filter(path => namedLater.some(pattern => pattern.test(path))),
    ...typesFrom(['dist/index.d.ts', 'dist/linter.d.ts']),
  ])
  // Those of the bundle, too: whoever audits the package sees what is in it.
  const staged = new Set([...loaded, ...ofProgram].map(ownerOf).filter(own => own !== undefined))
  const missing = Object.keys(dependencies).filter(name => !staged.has(`node_modules/${name}`))
  if (missing.length > 0) throw new Error(`Nothing is loaded of ${missing.join(', ')}`)
  const kept = [...loaded].filter(path => path.startsWith('dist/') || ownerOf(path) !== undefined)
  const licences = [...staged].flatMap(own =>
    readdirSync(join(root, own))
      .filter(isLicence)
      .map(name => `${own}/${name}`),
  )
  const whole = [...files.filter(name => name !== 'dist'), 'README.md', 'LICENSE']
  for (const path of [...kept, ...licences, ...whole]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(join(root, path), join(folder, path), { recursive: true })
  }
  await bundleProgram(join(folder, 'dist'))
  await bundleLaunchers(join(folder, 'dist'))
  for (const own of staged) writeManifest(folder, `${own}/package.json`, reduceBundled(own, staged))
  writeManifest(folder, 'package.json', reduceOwn(readManifest('package.json')))
}

/** The files of packages that a compiled file names, by whatever call it loads them: some the analysis does not follow. */
function namedIn(path: string, packages: readonly string[]): readonly string[] {
  const code = readFileSync(join(root, path), 'utf8')
  const names = [...code.matchAll(/['"`]((?:@[\w-]+\/)?[\w.-]+)(\/[\w./-]+)?['"`]/g)]
  return names.flatMap(([, name = '', below = '']) => {
    if (!packages.includes(name) || name.startsWith('@types/')) return []
    try {
      return [require.resolve(`${name}${below}`)]
    } catch {
      // Words that look like a path within a package.
      return []
    }
  })
}

const readManifest = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest

function writeManifest(folder: string, path: string, manifest: Manifest): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), `${JSON.stringify(manifest, undefined, 2)}\n`)
}

function reduceOwn(manifest: Manifest): Manifest {
  const { scripts: _scripts, devDependencies: _development, ...kept } = manifest
  return { ...kept, bundleDependencies: Object.keys(manifest.dependencies ?? {}) }
}

/** A manifest that asks for nothing but what is there: npm would fetch the rest. */
function reduceBundled(own: string, staged: ReadonlySet<string>): Manifest {
  const {
    scripts: _scripts,
    devDependencies: _development,
    ...manifest
  } = readManifest(`${own}/package.json`)
  const isStaged = (name: string) => [...staged].some(path => path.endsWith(`node_modules/${name}`))
  const dependencies = Object.entries(manifest.dependencies ?? {}).filter(([name]) => isStaged(name))
  return { ...manifest, dependencies: Object.fromEntries(dependencies) }
}

/** The declarations that those of the library name, those of other packages among them. */
function typesFrom(first: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (path: string) => {
    if (found.has(path)) return
    found.add(path)
    // Examples in comments import what nobody has.
    const code = readFileSync(join(root, path), 'utf8').replaceAll(/\/\*[^]*?\*\//g, '')
    for (const [, name = ''] of code.matchAll(
      /(?:\bfrom\s+|\bimport\(\s*|\bimport\s+|\brequire\()['"]([@\w.][@\w./-]*)['"]/g,
    )) {
      if (name.startsWith('.')) visit(declarationOf(join(root, dirname(path), name)))
      else if (!name.startsWith('node:')) for (const each of declarationsOfPackage(name)) visit(each)
    }
  }
  for (const path of first) visit(path)
  return found
}

function declarationOf(place: string): string {
  const stem = place.replace(/\.[cm]?[jt]s$/, '')
  const found = ['.d.ts', '.d.mts', '.d.cts', '/index.d.ts', '/index.d.mts']
    .map(end => `${stem}${end}`)
    .find(path => isFile(path))
  if (found === undefined) throw new Error(`No declarations at ${place}`)
  return relative(root, found).replaceAll('\\', '/')
}

const isFile = (path: string) => {
  try {
    readFileSync(path)
    return true
  } catch {
    return false
  }
}

/** All of a package of types; they are small. */
function declarationsOfPackage(name: string): readonly string[] {
  const own = [`node_modules/@types/${name}`, `node_modules/${name}`].find(path =>
    isFile(join(root, path, 'package.json')),
  )
  if (own === undefined) throw new Error(`No types of ${name}`)
  return pathsOf(join(root, own))
    .filter(path => /\.d\.[cm]?ts$/.test(path) && !path.startsWith('node_modules/'))
    .map(path => `${own}/${path}`)
}

/** Packs what is staged, as the registry gets it; the path of the archive. */
export async function packPackage(destination: string): Promise<string> {
  const stage = mkdtempSync(join(tmpdir(), 'imprimatur-stage-'))
  try {
    await stagePackage(stage)
    return pack(stage, destination)
  } finally {
    rmSync(stage, { recursive: true, force: true })
  }
}

function pack(stage: string, destination: string): string {
  const args = ['pack', stage, '--ignore-scripts', '--json', '--pack-destination', destination]
  const output = execFileSync('npm', args, {
    encoding: 'utf8',
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [packed] = JSON.parse(output) as readonly { readonly filename: string }[]
  if (!packed) throw new Error('npm packed nothing')
  return join(destination, packed.filename)
}
