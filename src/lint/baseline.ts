import { join } from 'node:path'
import { codes } from '../core/codes.ts'
import { diagnostic } from '../core/diagnostic.ts'
import { writeWhole } from '../core/files.ts'
import { brokenAt } from '../core/json.ts'
import { isPresent, readRegularFile } from '../core/read-file.ts'
import { reason } from '../core/source.ts'
import type { Diagnostic, Result, Span } from '../core/types.ts'

/** How many findings of a rule a file had when the baseline was written: file -> rule -> count. */
export type Baseline = Readonly<Record<string, Readonly<Record<string, number>>>>

const NAME = '.imprimatur-baseline.json'

/** Whether a path from the root is that of the baseline. */
export const isBaseline = (path: string): boolean => path === NAME

/** No baseline is an empty one. */
export function readBaseline(root: string): Result<Baseline> {
  const path = join(root, NAME)
  if (!isPresent(path)) return { value: {}, diagnostics: [] }
  let text = ''
  try {
    text = readRegularFile(path).toString('utf8')
    const value = readCounts(JSON.parse(text))
    return value ? { value, diagnostics: [] } : { diagnostics: [unreadable('it is none of ours', text)] }
  } catch (error) {
    const conflict = /^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$/m.exec(text)
    if (!conflict) return { diagnostics: [unreadable(reason(error), text, brokenAt(text))] }
    const span: Span = [conflict.index, conflict.index + conflict[0].length]
    return { diagnostics: [unreadable('a merge has left its conflict in it', text, span)] }
  }
}

function readCounts(read: unknown): Baseline | undefined {
  const { version, files } = (read ?? {}) as { version?: unknown; files?: Baseline }
  if (version !== 1 || !isRecord(files)) return undefined
  const isGood = Object.values(files).every(
    counts => isRecord(counts) && Object.values(counts).every(Number.isInteger),
  )
  return isGood ? files : undefined
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const unreadable = (why: string, text: string, span?: Span) =>
  diagnostic('config/baseline', `The baseline cannot be read: ${why}`, {
    hint: 'take one side of it, or delete the file, and write it anew: imprimatur lint --write-baseline',
    file: { path: NAME, text },
    span,
  })

export function writeBaseline(root: string, files: Baseline): readonly Diagnostic[] {
  try {
    writeWhole(join(root, NAME), `${JSON.stringify({ version: 1, files }, null, 2)}\n`)
    return []
  } catch (error) {
    const message = `The baseline cannot be written: ${reason(error)}`
    const hint = 'make it writable, and run this again'
    return [diagnostic('lint/write', message, { hint, file: { path: NAME, text: '' } })]
  }
}

interface Compared {
  /** What the baseline does not know. */
  readonly fresh: readonly Diagnostic[]
  readonly known: number
  /** How many findings it knows that are there no more, in the files that were linted. */
  readonly gone: number
  /** The baseline without those, and without what none may hold. */
  readonly pruned: Baseline
}

/**
 * Takes away what the baseline knows. When a file has more of a rule than that, its last ones are taken for the new ones:
 * there is no way to know, and a text grows at its end. A file that was not linted, or could not be, keeps all that is known of it.
 */
export function compareWithBaseline(
  diagnostics: readonly Diagnostic[],
  baseline: Baseline,
  linted: readonly string[],
): Compared {
  if (Object.keys(baseline).length === 0) return { fresh: diagnostics, known: 0, gone: 0, pruned: {} }
  const left = new Map(Object.entries(baseline).map(([path, counts]) => [path, { ...counts }]))
  const fresh = diagnostics.filter(({ file, code }) => {
    const counts = left.get(file?.path ?? '')
    if (!isTolerable(code) || !counts?.[code]) return true
    counts[code]--
    return false
  })
  const looked = lookedAt(diagnostics, linted)
  const pruned: Record<string, Record<string, number>> = {}
  let gone = 0
  for (const [path, counts] of Object.entries(baseline)) {
    const rest = looked.has(path) ? (left.get(path) ?? {}) : {}
    const kept = Object.entries(counts)
      .filter(([code]) => isTolerable(code))
      .map(([code, count]) => [code, count - (rest[code] ?? 0)] as const)
      .filter(([, count]) => count > 0)
    const sum = (all: readonly (readonly [string, number])[]) => all.reduce((n, [, count]) => n + count, 0)
    gone += sum(Object.entries(counts)) - sum(kept)
    if (kept.length > 0) pruned[path] = Object.fromEntries(kept)
  }
  return { fresh, known: diagnostics.length - fresh.length, gone, pruned }
}

/** Files whose findings are all there are: nothing kept them from being linted. */
function lookedAt(diagnostics: readonly Diagnostic[], linted: readonly string[]): ReadonlySet<string> {
  const looked = new Set(linted)
  for (const { file, code } of diagnostics) if (file && !isTolerable(code)) looked.delete(file.path)
  return looked
}

/**
 * Whether a baseline may hold findings of this code: those of rules, and warnings. An error says that something was not linted,
 * or not as it was meant, and a baseline must not hide that.
 */
export const isTolerable = (code: string): boolean =>
  !Object.hasOwn(codes, code) || codes[code as keyof typeof codes].severity !== 'error'

/** The baseline of what was found now, none of it an error; what was not linted keeps its place. */
export function createBaseline(
  diagnostics: readonly Diagnostic[],
  old: Baseline,
  linted: readonly string[],
): Baseline {
  const looked = new Set(linted)
  const files: Record<string, Record<string, number>> = {}
  for (const [path, counts] of Object.entries(old)) {
    const kept = Object.entries(counts).filter(([code]) => isTolerable(code))
    if (!looked.has(path) && kept.length > 0) files[path] = Object.fromEntries(kept)
  }
  for (const { file, code, severity } of diagnostics) {
    if (!file || severity === 'info' || !isTolerable(code)) continue
    const counts = (files[file.path] ??= {})
    counts[code] = (counts[code] ?? 0) + 1
  }
  return Object.fromEntries(Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
