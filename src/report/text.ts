import pc from 'picocolors'
import type { Diagnostic, Severity } from '../model.ts'
import { lineSpan, position } from '../source.ts'
import type { Report } from './report.ts'

type Colours = ReturnType<typeof pc.createColors>

/** For people: where, what, the line itself, and what to do next; the sum last. */
export const report: Report = ({ diagnostics, summary }, colours) => {
  const paint = pc.createColors(colours)
  const blocks = diagnostics.map(found => describe(found, paint))
  const counts = count(diagnostics, paint)
  return [...blocks, [counts, summary].filter(Boolean).join('\n')].filter(Boolean).join('\n\n') + '\n'
}

function describe({ code, severity, message, hint, file, span }: Diagnostic, paint: Colours): string {
  const colour = severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.cyan
  const { line, column } = file && span ? position(file.text, span[0]) : {}
  const place = file ? `${paint.bold([file.path, line, column].filter(Boolean).join(':'))} ` : ''
  const lines = [`${place}${colour(severity)} ${paint.dim(code)}`, `  ${message}`]
  if (file && span && line !== undefined)
    lines.push(...frame(file.text, span[1], line, column ?? 1, span[1] - span[0], paint))
  if (hint) lines.push(`  ${paint.green('→')} ${hint}`)
  return lines.join('\n')
}

/** A frame is no wider than this; of a longer line it shows the part that matters. */
const WIDEST = 100

/** The line, with what is invisible made visible, and a mark under the part that is meant. */
function frame(
  text: string,
  _end: number,
  line: number,
  column: number,
  length: number,
  paint: Colours,
): readonly string[] {
  const source = visible(text.slice(...lineSpan(text, line)).replace(/^\uFEFF/, ''))
  const from = column + length > WIDEST ? Math.max(0, column - WIDEST / 2) : 0
  const part = source.slice(from, from + WIDEST)
  const shown = `${from > 0 ? '…' : ''}${part}${from + WIDEST < source.length ? '…' : ''}`
  const indent = column - 1 - from + (from > 0 ? 1 : 0)
  const marks = Math.max(1, Math.min(length, shown.length - indent))
  const gutter = String(line)
  return [
    `  ${paint.dim(`${gutter} │`)} ${shown}`,
    `  ${paint.dim(`${' '.repeat(gutter.length)} │`)} ${' '.repeat(indent)}${paint.red('^'.repeat(marks))}`,
  ]
}

/** One character for one, so that the mark below stays in its place. */
const visible = (text: string) =>
  text.replace(
    /[\t\u00A0\u202F\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\0-\x08\x0B-\x1F\x7F]/g,
    c => (c === '\t' ? ' ' : c === '\u00A0' || c === '\u202F' ? '⍽' : '·'),
  )

const words: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['remark', 'remarks'],
}

function count(diagnostics: readonly Diagnostic[], paint: Colours): string {
  const sums = (Object.keys(words) as Severity[]).flatMap(severity => {
    const n = diagnostics.filter(found => found.severity === severity).length
    return n === 0 ? [] : [`${n} ${words[severity][n === 1 ? 0 : 1]}`]
  })
  return sums.length > 0 ? paint.bold(sums.join(', ')) : ''
}
