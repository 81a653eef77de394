import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { diagnostic } from '../core/diagnostic.ts'
import type { Diagnostic, Result } from '../core/types.ts'
import { reason } from '../core/source.ts'
import { writeWhole } from '../core/files.ts'

/** How many findings of a rule a file had when the baseline was written: file -> rule -> count. */
export type Baseline = Readonly<Record<string, Readonly<Record<string, number>>>>

const NAME = '.imprimatur-baseline.json'

/** No baseline is an empty one. */
export function readBaseline(root: string): Result<Baseline> {
  const path = join(root, NAME)
  if (!existsSync(path)) return { value: {}, diagnostics: [] }
  try {
    const { version, files } = JSON.parse(readFileSync(path, 'utf8')) as { version: unknown; files: Baseline }
    const good =
      version === 1 && Object.values(files).every(counts => Object.values(counts).every(Number.isInteger))
    if (good) return { value: files, diagnostics: [] }
    return { diagnostics: [unreadable('it is none of ours')] }
  } catch (error) {
    return { diagnostics: [unreadable(reason(error))] }
  }
}

const unreadable = (why: string) =>
  diagnostic('lint/baseline', `The baseline cannot be read: ${why}`, {
    hint: 'write it anew: imprimatur lint --write-baseline',
    file: { path: NAME, text: '' },
  })

export function writeBaseline(root: string, files: Baseline): void {
  writeWhole(join(root, NAME), `${JSON.stringify({ version: 1, files }, null, 2)}\n`)
}

export interface Compared {
  readonly fresh: readonly Diagnostic[]
  /** The baseline with every count lowered to what is still there; files that were not linted keep theirs. */
  readonly lowered: Baseline
  readonly known: number
}

/**
 * Takes away what the baseline knows. When a file has more of a rule than that, its last ones are taken for the new ones:
 * there is no way to know, and a text grows at its end.
 */
export function compareWithBaseline(
  diagnostics: readonly Diagnostic[],
  baseline: Baseline,
  linted: readonly string[],
): Compared {
  const left = new Map(Object.entries(baseline).map(([path, counts]) => [path, { ...counts }]))
  const fresh = diagnostics.filter(({ file, code }) => {
    if (isUnread({ code })) return true
    const counts = left.get(file?.path ?? '')
    if (!counts?.[code]) return true
    counts[code]--
    return false
  })
  const lowered: Record<string, Record<string, number>> = {}
  for (const [path, counts] of Object.entries(baseline)) {
    const gone = linted.includes(path) ? (left.get(path) ?? {}) : {}
    const kept = Object.entries(counts).map(([code, count]) => [code, count - (gone[code] ?? 0)] as const)
    const some = kept.filter(([, count]) => count > 0)
    if (some.length > 0) lowered[path] = Object.fromEntries(some)
  }
  return { fresh, lowered, known: diagnostics.length - fresh.length }
}

/** A page that could not be read was not linted: a baseline must not hide that. */
export const isUnread = ({ code }: Pick<Diagnostic, 'code'>): boolean => /^(?:front-matter|file)\//.test(code)

/** The baseline of what was found now; what was not linted keeps its place. */
export function createBaseline(
  diagnostics: readonly Diagnostic[],
  old: Baseline,
  linted: readonly string[],
): Baseline {
  const files: Record<string, Record<string, number>> = {}
  for (const [path, counts] of Object.entries(old)) if (!linted.includes(path)) files[path] = { ...counts }
  for (const { file, code, severity } of diagnostics) {
    if (!file || severity === 'info' || isUnread({ code })) continue
    const counts = (files[file.path] ??= {})
    counts[code] = (counts[code] ?? 0) + 1
  }
  return Object.fromEntries(Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
