import { largest } from '../../core/lists/long-lists.ts'
import type { Diagnostic } from '../../core/types.ts'
import { groupDigits } from '../../core/visible.ts'
import { isDecided } from '../reporters/fold.ts'

interface Counts {
  readonly pages: number
  readonly fixed: number
  /** The languages of pages that no rule knows, one a page. */
  readonly unruled: readonly string[]
  /** Findings that the baseline knows. */
  readonly known: number
  /** Findings that it knows and that are there no more. */
  readonly gone: number
  /** Findings that a build sets by itself, and that are not reported. */
  readonly built: number
}

interface Detail {
  /** A table of the rules and their findings as well. */
  readonly statistics: boolean
  /** Whether the site may be new to the linter: nothing was set, and there is no baseline. */
  readonly isFirst: boolean
}

/** From so many findings on, the summary has advice how to begin. */
const MANY = 100

/** What was checked, what was found, and what to do about it, in sentences. */
export function summarize(diagnostics: readonly Diagnostic[], counts: Counts, detail: Detail): string {
  const sums = sumUp(diagnostics)
  const lines = [
    ...(detail.statistics ? statistics(sums) : []),
    facts(sums, counts),
    whatFixWouldDo(sums),
    counts.built > 0 &&
      `The build sets ${count(counts.built, 'more place', 'more places')} by itself; --all shows ${counts.built === 1 ? 'it' : 'them'}.`,
    ...(detail.isFirst ? firstSteps(sums) : []),
  ]
  return lines.filter(Boolean).join('\n')
}

function facts({ found }: Sums, counts: Counts): string {
  const { pages, fixed, unruled, known, gone } = counts
  const facts = [
    count(pages, 'page'),
    fixed > 0 && `${count(fixed, 'page')} fixed`,
    unruled.length > 0 &&
      `${count(unruled.length, 'page')} in a language without rules (${[...new Set(unruled)].join(', ')})`,
    known > 0 && `${count(known, 'finding')} of the baseline not shown`,
    gone > 0 && `${groupDigits(gone)} of it ${gone === 1 ? 'is' : 'are'} there no more (--prune-baseline)`,
    found === 0 && unruled.length < pages && 'well set',
  ]
  return facts.filter(Boolean).join('; ')
}

function whatFixWouldDo({ found, fixable, fixablePages, left }: Sums): string | false {
  if (found === 0) return false
  const yours = `${groupDigits(left)} ${left === 1 ? 'is' : 'are'} for you to decide`
  if (fixable === 0) return left > 0 && `--fix would set none of it: ${yours}.`
  const places = count(fixable, 'place')
  const pages = count(fixablePages.size, 'page')
  return `--fix would set ${places} in ${pages}${left > 0 ? `; ${yours}, and ${left === 1 ? 'stands' : 'stand'} first` : ''}.`
}

function firstSteps({ found, rules }: Sums): readonly string[] {
  if (found < MANY) return []
  const [most] = rules
  const share = most ? Math.round((100 * most.found) / found) : 0
  const steps = [
    'imprimatur lint --diff | less     shows all of it and writes nothing',
    'imprimatur lint --write-baseline  notes it, so that only what is new is reported',
  ]
  if (!most || share < 50) return steps
  return [
    `${share} % are of one rule: imprimatur rules ${most.code} says why;\n--rule ${most.code}=off does without it.`,
    ...steps,
  ]
}

/** A line a rule, the most frequent first: how many findings, how many of them `--fix` sets, in how many pages. */
function statistics({ rules }: Sums): readonly string[] {
  if (rules.length === 0) return []
  const cells = [
    ['found', '--fix', 'pages', 'rule'],
    ...rules.map(({ found, fixable, pages, code }) => [
      groupDigits(found),
      groupDigits(fixable),
      groupDigits(pages.size),
      code,
    ]),
  ]
  const widths = [0, 1, 2].map(i => largest(cells.map(row => (row[i] as string).length)))
  return cells.map(row => `  ${row.map((cell, i) => cell.padStart(widths[i] ?? 0)).join('  ')}`)
}

interface RuleCounts {
  readonly code: string
  found: number
  fixable: number
  readonly pages: Set<string | undefined>
}

interface Sums {
  readonly found: number
  /** What `--fix` would set … */
  readonly fixable: number
  /** … and where. */
  readonly fixablePages: ReadonlySet<string | undefined>
  /** What only the author can decide. */
  readonly left: number
  /** The most frequent first. */
  readonly rules: readonly RuleCounts[]
}

/** All that is to be counted, in one go: there may be a hundred thousand findings, and each makes up its fix when it is asked for it. */
function sumUp(diagnostics: readonly Diagnostic[]): Sums {
  const rules = new Map<string, RuleCounts>()
  const fixablePages = new Set<string | undefined>()
  let [fixable, left] = [0, 0]
  for (const { code, severity, fix, file } of diagnostics) {
    const isSafe = fix?.safe === true
    let rule = rules.get(code)
    if (!rule) rules.set(code, (rule = { code, found: 0, fixable: 0, pages: new Set() }))
    rule.found++
    rule.pages.add(file?.path)
    if (!isDecided({ severity, fix })) left++
    if (!isSafe) continue
    rule.fixable++
    fixable++
    fixablePages.add(file?.path)
  }
  const byCount = [...rules.values()].toSorted((a, b) => b.found - a.found || (a.code < b.code ? -1 : 1))
  return { found: diagnostics.length, fixable, fixablePages, left, rules: byCount }
}

const count = (n: number, thing: string, things = `${thing}s`) =>
  `${groupDigits(n)} ${n === 1 ? thing : things}`
