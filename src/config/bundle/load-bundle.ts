import nodeModule, { createRequire } from 'node:module'
import { Script } from 'node:vm'
import { underUsualOptions } from '../../core/v8-options.ts'
import { openBundle, type BundleFile } from './bundle-file.ts'
import { ownCacheFolder, userCaches } from '../cache-folder.ts'
import { codeCache, type CodeCache } from './code-cache.ts'

/** The compiled modules, which the bundle takes for its own place. */
const MODULES = new URL('../../', import.meta.url)

/** Node 22.1 and later: https://nodejs.org/api/module.html#moduleenablecompilecachecachedir */
const { enableCompileCache } = nodeModule as {
  readonly enableCompileCache?: (folder: string) => unknown
}

/** Loads a module by its path below the compiled ones, without an extension. */
type Entries = Readonly<Record<string, () => Promise<unknown>>>

type Require = (name: string) => unknown

type BundledModule = (
  exports: object,
  require: Require,
  module: { readonly exports: object },
  placeOf: (path: string) => string,
  importModule: (name: string) => Promise<unknown>,
) => void

/** For whom code is kept: a command, and the process that it runs in. */
export interface CodeOwner {
  readonly command: string
  readonly host: Pick<NodeJS.Process, 'env' | 'platform' | 'once'>
}

/**
 * A module of the program with all that it imports: out of the bundle, where there is one, with the code that V8 made of it when the same
 * command ran before; otherwise as `load` gives it. Without an owner no code is kept.
 */
export async function loadModule<T>(path: string, load: () => Promise<T>, owner?: CodeOwner): Promise<T> {
  const bundle = openBundle()
  const folder = owner && userCaches(owner.host.env, owner.host.platform)
  if (!bundle) {
    if (enableCompileCache && folder !== undefined) keepModules(folder, enableCompileCache)
    return load()
  }
  const cache = owner && folder !== undefined ? codeCache(folder, owner.command, bundle.state) : undefined
  const { load: loadPart, code } = bundleLoader(bundle, cache)
  // At the end, when V8 has compiled what the command calls. One that failed tells nothing of the next.
  if (cache)
    owner?.host.once('exit', exitCode => {
      const parts = exitCode <= 1 ? underUsualOptions(code) : []
      if (parts.length > 0) cache.write(parts)
    })
  const { entries } = loadPart('./entries.cjs') as { readonly entries: Entries }
  return (await entries[path]?.()) as T
}

function keepModules(folder: string, enable: (folder: string) => unknown): void {
  const own = ownCacheFolder(folder)
  if (own !== undefined) enable(own)
}

function bundleLoader(bundle: BundleFile, cache: CodeCache | undefined) {
  const loaded = new Map<string, { readonly exports: object }>()
  const made: { readonly name: string; readonly script: Script }[] = []
  let isKnown = true
  const others = createRequire(new URL('cli/main.js', MODULES))
  const load: Require = name => {
    const known = loaded.get(name)
    if (known) return known.exports
    const part = name.startsWith('./') ? bundle.read(name.slice(2)) : undefined
    if (!part) return others(name) as unknown
    const source = `(function (exports, require, module, placeOf, importModule) {${part.code}\n})`
    const cachedData = cache?.find(name)
    const options = { filename: bundle.path, lineOffset: part.line, ...(cachedData && { cachedData }) }
    const script = underUsualOptions(() => new Script(source, options))
    if (!cachedData || script.cachedDataRejected === true) isKnown = false
    made.push({ name, script })
    const module = { exports: {} }
    loaded.set(name, module)
    const run = script.runInThisContext() as BundledModule
    run(module.exports, require, module, path => new URL(path, MODULES).href, importModule)
    return module.exports
  }
  const require = Object.assign(load, { resolve: others.resolve, cache: others.cache })
  /** Of all that is loaded by now; none when all of it was known. */
  const code = () =>
    isKnown ? [] : made.map(({ name, script }) => ({ name, code: script.createCachedData() }))
  return { load, code }
}

const importModule = (name: string) => import(name) as Promise<unknown>
