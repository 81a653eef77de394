import type { Diagnostic } from '../../core/types.ts'

/** Findings of one rule, in one page or in all: what `--fix` sets needs no more than a line. */
export interface Fold {
  readonly first: Diagnostic
  readonly count: number
  /** How many pages have it. */
  readonly pages: number
}

export interface FoldedFindings {
  /** Findings that only the author can decide: reported in full. */
  readonly decisions: readonly Diagnostic[]
  /** The rest, in the order of the pages or, where these were too many lines to read, by rule, the most frequent first. */
  readonly folds: readonly Fold[]
}

/** More lines than this are folded once more: with what follows them they have to fit on one screen. */
const MOST_LINES = 14

/** Findings of severity `info`, and those that `--fix` sets, need no decision. */
export const isDecided = ({ severity, fix }: Pick<Diagnostic, 'severity' | 'fix'>): boolean =>
  severity === 'info' || fix?.safe === true

export function fold(diagnostics: readonly Diagnostic[]): FoldedFindings {
  const decided = diagnostics.filter(isDecided)
  const byPage = foldBy(decided, ({ code, file }) => JSON.stringify([file?.path, code]))
  const folds =
    byPage.length <= MOST_LINES
      ? byPage
      : foldBy(decided, ({ code }) => code).toSorted((a, b) => b.count - a.count)
  return { decisions: diagnostics.filter(found => !isDecided(found)), folds }
}

function foldBy(diagnostics: readonly Diagnostic[], keyOf: (found: Diagnostic) => string): readonly Fold[] {
  const groups = new Map<string, Diagnostic[]>()
  for (const found of diagnostics) {
    const key = keyOf(found)
    const group = groups.get(key)
    if (group) group.push(found)
    else groups.set(key, [found])
  }
  return [...groups.values()].map(group => ({
    first: group[0] as Diagnostic,
    count: group.length,
    pages: new Set(group.map(({ file }) => file?.path)).size,
  }))
}
