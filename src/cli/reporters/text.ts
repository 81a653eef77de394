import { largest } from '../../core/lists/long-lists.ts'
import pc from 'picocolors'
import { frameOf, type Frame } from '../../core/code-frame.ts'
import type { Diagnostic, Severity } from '../../core/types.ts'
import { position } from '../../core/source.ts'
import { groupDigits, visible, visibleLine } from '../../core/visible.ts'
import { fold, isDecided, kindOf, type Fold, type FoldedFindings } from './fold.ts'
import { linked } from './hyperlinks.ts'
import type { Findings, Report } from './reporter.ts'

type Colours = ReturnType<typeof pc.createColors>

/**
 * For people, file by file: where, what, the line itself, what it would become, and what to do next; the sum last. Folded, that is
 * for what only they can decide, and comes first; where there is much of it, there is a line per kind or page. Of the rest there is a line
 * per rule and page, with the first place.
 */
export const report: Report = ({ diagnostics, summary, detail = 'full', addressOf }, colours) => {
  const paint = pc.createColors(colours)
  const { decisions, decisionFolds, otherDecisions, folds, others } = readable(diagnostics, detail)
  const blocks: string[] = []
  let path: string | undefined
  for (const found of decisions) {
    if (found.file?.path !== path && found.file) blocks.push(paint.bold(visibleLine(found.file.path)))
    path = found.file?.path
    blocks.push(describe(found, paint, addressOf))
  }
  if (decisionFolds.length > 0)
    blocks.push(drawDecisions({ decisionFolds, otherDecisions }, paint, addressOf))
  if (folds.length > 0) blocks.push([...drawFolds(folds, paint, addressOf), ...restOf(others)].join('\n'))
  const sums = [count(diagnostics, paint), summary === undefined ? '' : visible(summary)]
    .filter(Boolean)
    .join('\n')
  if (sums) blocks.push(sums)
  return blocks.length > 0 ? `${blocks.join('\n\n')}\n` : ''
}

function readable(diagnostics: readonly Diagnostic[], detail: 'full' | 'folded' | 'counts'): FoldedFindings {
  if (detail === 'folded') return fold(diagnostics)
  // Errors that kept a page from being linted are printed at every level of detail.
  const shown =
    detail === 'full'
      ? diagnostics
      : diagnostics.filter(found => found.severity === 'error' && !isDecided(found))
  return { decisions: shown, ...nothing }
}

const nothing = {
  decisionFolds: [],
  otherDecisions: { count: 0, kinds: 0 },
  folds: [],
  others: { count: 0, rules: 0 },
} satisfies Partial<FoldedFindings>

/** A line each, and below the first of a kind what it says. */
function drawDecisions(
  { decisionFolds: folds, otherDecisions }: Pick<FoldedFindings, 'decisionFolds' | 'otherDecisions'>,
  paint: Colours,
  addressOf: Findings['addressOf'],
): string {
  const lines = drawFolds(folds, paint, addressOf).flatMap((line, i) => {
    const { first } = folds[i] as Fold
    const before = folds[i - 1]?.first
    if (before && kindOf(before) === kindOf(first)) return [line]
    return [line, `      ${paint.dim(visibleLine(first.message))}`]
  })
  const { count, kinds } = otherDecisions
  const rest = kinds > 0 ? [`  and ${groupDigits(count)} of ${groupDigits(kinds)} other kinds`] : []
  return [paint.bold('For you to decide; --verbose shows each in full:'), ...lines, ...rest].join('\n')
}

const restOf = ({ count, rules }: FoldedFindings['others']): readonly string[] =>
  rules > 0 ? [`  and ${groupDigits(count)} of ${groupDigits(rules)} other rules: --statistics`] : []

/** `    12  common/nbsp/afterShortWord  pages/a.md:3:5`, in columns, with the number of pages where there are several. */
function drawFolds(
  folds: readonly Fold[],
  paint: Colours,
  addressOf: Findings['addressOf'],
): readonly string[] {
  const rows = folds.map(({ first: { code, file, span }, count, pages }) => {
    const { line, column } = file && span ? position(file.text, span[0]) : {}
    const place = [file && visibleLine(file.path), line, column].filter(part => part !== undefined)
    return {
      count: groupDigits(count),
      code,
      pages: pages > 1 ? `${groupDigits(pages)} pages` : '',
      place: linked(place.join(':'), file && addressOf?.(file.path)),
    }
  })
  const width = (column: 'count' | 'code' | 'pages') => largest(rows.map(row => row[column].length))
  const [wide, long, several] = [width('count'), width('code'), width('pages')]
  return rows.map(({ count, code, pages, place }) => {
    const columns = [count.padStart(wide), paint.yellow(code.padEnd(long)), pages.padStart(several), place]
    return `  ${columns.filter((_, i) => i !== 2 || several > 0).join('  ')}`
  })
}

function describe(found: Diagnostic, paint: Colours, addressOf: Findings['addressOf']): string {
  const { code, severity, message, hint, file } = found
  const colour = severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.cyan
  const frame = frameOf(found)
  const place = frame ? `${visibleLine(file?.path ?? '')}:${frame.line}:${frame.column}` : ''
  const where = place === '' ? '' : `${linked(place, file && addressOf?.(file.path))} `
  const what = `${where}${colour(severity)} ${paint.dim(code)}\n  ${indented(message)}`
  return `${what}${frame ? draw(frame, paint) : ''}${hint ? `\n  ${paint.green('→')} ${indented(hint)}` : ''}`
}

/** Indented, so that no line of it looks like one of the report. */
const indented = (text: string) => visible(text).replaceAll('\n', '\n  ')

/** The line with a mark under the part that is meant, and below it the line that a fix would make of it. */
function draw({ line, source, start, length, fixed }: Frame, paint: Colours): string {
  const gutter = String(line)
  const margin = `\n  ${paint.dim(`${' '.repeat(gutter.length)} │`)} `
  const mark = `${' '.repeat(start)}${paint.red('^'.repeat(length))}`
  const better = fixed === undefined ? '' : `${margin}${paint.green(fixed)}`
  return `\n  ${paint.dim(`${gutter} │`)} ${source}${margin}${mark}${better}`
}

const words: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['remark', 'remarks'],
}

function count(diagnostics: readonly Diagnostic[], paint: Colours): string {
  const sums = { error: 0, warning: 0, info: 0 }
  for (const { severity } of diagnostics) sums[severity]++
  const told = (Object.keys(words) as Severity[])
    .filter(severity => sums[severity] > 0)
    .map(severity => `${groupDigits(sums[severity])} ${words[severity][sums[severity] === 1 ? 0 : 1]}`)
  return told.length > 0 ? paint.bold(told.join(', ')) : ''
}
