import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { rolldown, type RolldownPlugin } from 'rolldown'
import { parseSync, Visitor } from 'rolldown/utils'
import { BUNDLE, type BundleIndex } from '../../src/config/bundle/bundle-file.ts'
import { root } from './repository.ts'

const compiled = `${root}/dist/`

/** Loaded from their own packages: what a site may have or not, and what is large and rarely needed. */
const apart = [
  /^(?:sharp|jiti|yaml|temml|esprima)$/,
  /^@myriaddreamin\/typst-ts-node-compiler(?:\/|$)/,
  /^vscode-(?:languageserver|jsonrpc)/,
]

/** What `loadModule` is asked for, and by whom: the files that Node is started with. */
const entries = ['cli/program', 'build/workers/worker']
const launchers = ['cli/main', 'build/workers/start-worker']

const ENTRIES = '\0entries'

const entriesModule = `export const entries = {
${entries.map(path => `  ${JSON.stringify(path)}: () => import(${JSON.stringify(`${compiled}${path}.js`)}),`).join('\n')}
}`

/** A module is still where it was compiled, and what it requires by a name that is written there is bundled, too. */
const inPlace = (placeOf: (path: string) => string): RolldownPlugin => ({
  name: 'in-place',
  resolveId: id => (id === ENTRIES ? id : undefined),
  load: id => (id === ENTRIES ? entriesModule : undefined),
  transform(code, id) {
    if (!id.startsWith(compiled)) return undefined
    return code
      .replace(/^const require = createRequire\(import\.meta\.url\);?$/m, '')
      .replaceAll(/createRequire\(import\.meta\.url\)\((?=['"])/g, 'require(')
      .replaceAll('import.meta.url', placeOf(id.slice(compiled.length)))
  },
})

/**
 * Writes the program as one file, as `src/config/bundle/bundle-file.ts` describes it: a part for what is loaded together, with the packages
 * that it imports. Names and lines are kept, so that a stack says where it was.
 */
export async function bundleProgram(folder: string): Promise<void> {
  const build = await rolldown({
    input: { entries: ENTRIES },
    platform: 'node',
    cwd: root,
    tsconfig: false,
    external: apart,
    plugins: [inPlace(path => `placeOf(${JSON.stringify(path)})`)],
    onLog(level, { code, message }) {
      // gray-matter has an engine that runs JavaScript; document/runtime/node.ts refuses it.
      if (level === 'warn' && code !== 'EVAL' && code !== 'INEFFECTIVE_DYNAMIC_IMPORT')
        throw new Error(`${code}: ${message}`)
    },
  })
  try {
    const { output } = await build.generate({
      format: 'cjs',
      exports: 'named',
      entryFileNames: '[name].cjs',
      chunkFileNames: '[name].cjs',
      comments: { legal: true, jsdoc: false, annotation: false },
    })
    const stamp = createHash('sha256')
    const parts: BundleIndex['parts'][number][] = []
    const codes: string[] = []
    for (const part of output) {
      if (part.type !== 'chunk') throw new Error(`${part.fileName} is no code`)
      const code = importingByFunction(part.code, part.fileName)
      codes.push(code)
      stamp.update(code)
      parts.push([part.fileName, Buffer.byteLength(code), code.split('\n').length - 1])
    }
    const index: BundleIndex = { stamp: stamp.digest('base64url'), parts }
    writeFileSync(join(folder, BUNDLE), [`//${JSON.stringify(index)}\n`, ...codes].join(''))
  } finally {
    await build.close()
  }
}

/** For a script, Node imports what it names only by an option that warns of itself; `importModule` is the loader’s. */
function importingByFunction(code: string, name: string): string {
  const made = code.replaceAll(/\bawait import\(/g, 'await importModule(')
  new Visitor({
    ImportExpression() {
      throw new Error(`${name} imports without awaiting it`)
    },
  }).visit(parseSync(name, made).program)
  return made
}

/** Writes the files that Node is started with, each with all that it imports before the bundle is loaded. */
export async function bundleLaunchers(folder: string): Promise<void> {
  for (const path of launchers) {
    const build = await rolldown({
      input: `${compiled}${path}.js`,
      platform: 'node',
      cwd: root,
      tsconfig: false,
      plugins: [
        inPlace(
          module =>
            `new URL(${JSON.stringify(posix.relative(posix.dirname(path), module))}, import.meta.url).href`,
        ),
      ],
      // The same modules, unbundled: for whom has no bundle.
      external: id => entries.some(entry => id.endsWith(`/${posix.basename(entry)}.js`)),
    })
    await build.write({ file: join(folder, `${path}.js`), format: 'esm' })
    await build.close()
  }
}
