import type { Diagnostic } from '../core/types.ts'

interface Counts {
  readonly pages: number
  readonly fixed: number
  /** The languages of pages that no rule knows, one a page. */
  readonly unruled: readonly string[]
  /** Findings that the baseline knows. */
  readonly known: number
  /** Findings that it knows and that are there no more. */
  readonly gone: number
}

/** How many findings of each rule there are, the most frequent first, and what `--fix` would do. */
export function summarize(
  diagnostics: readonly Diagnostic[],
  { pages, fixed, unruled, known, gone }: Counts,
): string {
  const rules = new Map<string, { found: number; fixable: number }>()
  for (const { code, fix } of diagnostics) {
    const rule = rules.get(code) ?? { found: 0, fixable: 0 }
    rule.found++
    if (fix?.safe) rule.fixable++
    rules.set(code, rule)
  }
  const rows = [...rules].toSorted(([a, x], [b, y]) => y.found - x.found || (a < b ? -1 : 1))
  const width = Math.max(0, ...rows.map(([, { found }]) => String(found).length))
  const table = rows.map(([code, { found }]) => `  ${String(found).padStart(width)}  ${code}`)
  const fixable = rows.reduce((sum, [, row]) => sum + row.fixable, 0)
  const facts = [
    count(pages, 'page'),
    fixed > 0 && `${count(fixed, 'page')} fixed`,
    unruled.length > 0 &&
      `${count(unruled.length, 'page')} in a language without rules (${[...new Set(unruled)].join(', ')})`,
    known > 0 && `${count(known, 'finding')} of the baseline not shown`,
    gone > 0 && `${gone} of it ${gone === 1 ? 'is' : 'are'} there no more (--prune-baseline)`,
    fixable > 0 &&
      `--fix would set ${fixable === diagnostics.length ? 'all' : `${fixable} of ${diagnostics.length}`}`,
    diagnostics.length === 0 && unruled.length < pages && 'well set',
  ].filter(Boolean)
  return [...table, facts.join('; ')].join('\n')
}

const count = (n: number, thing: string) => `${n} ${thing}${n === 1 ? '' : 's'}`
