import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { SourceFile, Span } from '../core/types.ts'
import { lineSpan } from '../core/source.ts'
import { PACKAGE } from './program-state.ts'

const program = new URL(import.meta.url.replace(/config\/load-module(\.[jt]s)$/, 'index$1'))

/**
 * Whether what a module imports may be what was read before: Node keeps ES modules for as long as it runs. Called as a function,
 * jiti compiles all of them anew; a module that awaits at its top cannot be called so, and what it imports is kept. In a folder that is not
 * trusted none is run at all.
 */
export type Modules = 'kept' | 'fresh' | 'refused'

/** What a module exports by default. TypeScript goes through jiti; the package's name is this program even where it is not installed. */
export async function importDefault(file: string, modules: Modules): Promise<unknown> {
  if (modules === 'refused') throw new Error('it is a program, and this folder is not trusted')
  if (!file.endsWith('.ts') && modules === 'kept') {
    const fresh = `${pathToFileURL(file).href}?${statSync(file).mtimeMs}`
    return ((await import(fresh)) as { default: unknown }).default
  }
  const { createJiti } = await import('jiti')
  const alias = { [PACKAGE]: fileURLToPath(program) }
  const jiti = createJiti(import.meta.url, { moduleCache: false, fsCache: false, alias })
  if (modules === 'fresh') {
    forgetBelow(dirname(file))
    try {
      return (jiti(file) as { default: unknown }).default
    } catch {
      // It awaits something at its top, or is wrong: what follows says which.
    }
  }
  return jiti.import(file, { default: true })
}

/** What a module exports, if it is loaded within so many seconds: what it awaits may never come. */
export async function settled<T>(module: Promise<T>, seconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const message = `it is not done after ${seconds} seconds: what it awaits does not come`
    timer = setTimeout(() => reject(new Error(message)), 1000 * seconds)
  })
  try {
    return await Promise.race([module, late])
  } finally {
    clearTimeout(timer)
  }
}

const require = createRequire(import.meta.url)

/** JSON and CommonJS go through Node’s own cache. */
function forgetBelow(folder: string): void {
  for (const path of Object.keys(require.cache))
    if (path.startsWith(join(folder, '/')) && !path.includes('node_modules')) delete require.cache[path]
}

/** Where a module failed: what the parser says, else what the stack says, else nothing. */
export async function failureSpan(thrown: unknown, file: SourceFile): Promise<Span | undefined> {
  const parsed = await parseFailure(file)
  if (parsed) return characterSpan(file.text, ...parsed)
  const name = file.path.replaceAll('.', String.raw`\.`)
  const stack = thrown instanceof Error ? thrown.stack : undefined
  const [, line, column] = new RegExp(String.raw`${name}(?:\?[\d.]+)?:(\d+):(\d+)`).exec(stack ?? '') ?? []
  if (line === undefined) return undefined
  // What jiti makes of TypeScript keeps its lines, and not its columns.
  return file.path.endsWith('.ts')
    ? lineSpan(file.text, Number(line))
    : characterSpan(file.text, Number(line), Number(column))
}

/** Node does not say where a module is no JavaScript; the parser that jiti brings does, in the code that it returns. */
async function parseFailure({ path, text }: SourceFile): Promise<[line: number, column: number] | undefined> {
  const { createJiti } = await import('jiti')
  const code = createJiti(import.meta.url, { fsCache: false }).transform({
    source: text,
    filename: path,
    ts: path.endsWith('.ts'),
    async: true,
  })
  const at = code.indexOf('__JITI_ERROR__ = {')
  if (at < 0) return undefined
  const [, line, column] = /"line": ?(\d+),\s*"column": ?(\d+)/.exec(code.slice(at)) ?? []
  return line === undefined ? undefined : [Number(line), Number(column) + 1]
}

function characterSpan(text: string, line: number, column: number): Span {
  const [start, end] = lineSpan(text, line)
  const at = Math.min(start + column - 1, end)
  return [at, Math.min(at + 1, end)]
}
