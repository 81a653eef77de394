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
  /** The same where they are too many for a screen: of each kind, or of each kind and page where these are few, how many there are. */
  readonly decisionFolds: readonly Fold[]
  /** Of these what has no line of its own. */
  readonly otherDecisions: { readonly count: number; readonly kinds: number }
  /** The rest, in the order of the pages or, where these were too many lines to read, by rule, the most frequent first. */
  readonly folds: readonly Fold[]
  /** Of the rest what has no line of its own. */
  readonly others: { readonly count: number; readonly rules: number }
}

/** A report has to fit on one screen, of 24 lines: what only the author can decide, what `--fix` sets, and six lines of summary. */
const MOST_IN_FULL = 4
const MOST_DECISION_LINES = 6
const MOST_LINES = 14
/** By rule, where these are many. */
const MOST_RULES = 6

/** Findings of severity `info`, and those that `--fix` sets, need no decision. */
export const isDecided = ({ severity, fix }: Pick<Diagnostic, 'severity' | 'fix'>): boolean =>
  severity === 'info' || fix?.safe === true

/** Findings of a kind say the same but for what they quote; an error says what is to be done, and is never folded. */
export const kindOf = ({ code, message }: Diagnostic): string =>
  `${code} ${message.replace(/“[^“”]*”|`[^`]*`|\d+/g, '…')}`

export function fold(diagnostics: readonly Diagnostic[]): FoldedFindings {
  const decided = diagnostics.filter(isDecided)
  const undecided = diagnostics.filter(found => !isDecided(found))
  const errors = undecided.filter(({ severity }) => severity === 'error')
  const isShort = undecided.length - errors.length <= MOST_IN_FULL
  const byPage = foldBy(decided, ({ code, file }) => JSON.stringify([file?.path, code]))
  const byRule = byPage.length <= MOST_LINES ? byPage : mostFrequent(foldBy(decided, ({ code }) => code))
  const folds = byRule === byPage || byRule.length <= MOST_LINES ? byRule : byRule.slice(0, MOST_RULES)
  const left = byRule.slice(folds.length)
  const kinds = isShort ? [] : foldDecisions(undecided.filter(({ severity }) => severity !== 'error'))
  const otherKinds = kinds.slice(MOST_DECISION_LINES)
  return {
    decisions: isShort ? undecided : errors,
    decisionFolds: kinds.slice(0, MOST_DECISION_LINES),
    otherDecisions: { count: total(otherKinds), kinds: otherKinds.length },
    folds,
    others: { count: total(left), rules: left.length },
  }
}

const total = (folds: readonly Fold[]) => folds.reduce((sum, { count }) => sum + count, 0)

const mostFrequent = (folds: readonly Fold[]) => folds.toSorted((a, b) => b.count - a.count)

function foldDecisions(undecided: readonly Diagnostic[]): readonly Fold[] {
  const kinds = mostFrequent(foldBy(undecided, kindOf))
  const byPage = foldBy(undecided, found => JSON.stringify([kindOf(found), found.file?.path]))
  if (byPage.length > MOST_DECISION_LINES) return kinds
  const rank = new Map(kinds.map(({ first }, i) => [kindOf(first), i]))
  return byPage.toSorted((a, b) => (rank.get(kindOf(a.first)) ?? 0) - (rank.get(kindOf(b.first)) ?? 0))
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
