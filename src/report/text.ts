import pc from 'picocolors'
import type { Diagnostic, Severity } from '../model.ts'
import { lineSpan, position } from '../source.ts'
import type { Report } from './report.ts'

type Colours = ReturnType<typeof pc.createColors>

/** For people, file by file: where, what, the line itself, what it would become, and what to do next; the sum last. */
export const report: Report = ({ diagnostics, summary }, colours) => {
  const paint = pc.createColors(colours)
  const blocks: string[] = []
  let path: string | undefined
  for (const found of diagnostics) {
    if (found.file?.path !== path && found.file) blocks.push(paint.bold(found.file.path))
    path = found.file?.path
    blocks.push(describe(found, paint))
  }
  const counts = count(diagnostics, paint)
  const parts = [...blocks, [counts, summary].filter(Boolean).join('\n')].filter(Boolean)
  return parts.length > 0 ? `${parts.join('\n\n')}\n` : ''
}

function describe(found: Diagnostic, paint: Colours): string {
  const { code, severity, message, hint, file, span } = found
  const colour = severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.cyan
  const place = file && span ? position(file.text, span[0]) : undefined
  const where = place ? `${file?.path}:${place.line}:${place.column} ` : ''
  const lines = [`${where}${colour(severity)} ${paint.dim(code)}`, `  ${message}`]
  if (place) lines.push(...frame(found, paint))
  if (hint) lines.push(`  ${paint.green('→')} ${hint}`)
  return lines.join('\n')
}

/** A frame is no wider than this; of a longer line it shows the part that matters. */
const WIDEST = 100

/** The line with a mark under the part that is meant, and below it the line that a fix would make of it. */
function frame({ file, span, fix }: Diagnostic, paint: Colours): readonly string[] {
  const { text } = file as { text: string }
  const [spanStart, end] = span as readonly [number, number]
  const { line, column } = position(text, spanStart)
  const [lineBegin, lineEnd] = lineSpan(text, line)
  // A byte order mark is no part of the line.
  const lineStart = lineBegin + (text.charCodeAt(lineBegin) === 0xfeff ? 1 : 0)
  const start = Math.max(spanStart, lineStart)
  const from = lineStart + (column + end - start > WIDEST ? Math.max(0, column - WIDEST / 2) : 0)
  const to = Math.min(lineEnd, from + WIDEST)
  const cut = (shown: string) => `${from > lineStart ? '…' : ''}${shown}${to < lineEnd ? '…' : ''}`
  const indent = start - from + (from > lineStart ? 1 : 0)
  const source = cut(visible(text.slice(from, to)))
  const marks = Math.max(1, Math.min(end - start, source.length - indent))
  const gutter = String(line)
  const margin = paint.dim(`${' '.repeat(gutter.length)} │`)
  const frameLines = [
    `  ${paint.dim(`${gutter} │`)} ${source}`,
    `  ${margin} ${' '.repeat(indent)}${paint.red('^'.repeat(marks))}`,
  ]
  if (!fix || fix.edits.some(edit => edit.span[1] > to || edit.span[0] < from)) return frameLines
  let fixed = ''
  let at = from
  for (const edit of fix.edits) {
    fixed += text.slice(at, edit.span[0]) + edit.text
    at = edit.span[1]
  }
  return [...frameLines, `  ${margin} ${paint.green(cut(visible(readable(fixed + text.slice(at, to)))))}`]
}

/** A no-break space that would be written as an entity, as the reader gets it. */
const readable = (text: string) => text.replace(/&nbsp;|&#8239;/g, '\u00A0')

/** One character for one, so that the mark below stays in its place. */
const visible = (text: string) =>
  text.replace(
    /[\t\r\n\u00A0\u202F\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\0-\x08\x0B-\x1F\x7F]/g,
    c => (c === '\t' ? ' ' : c === '\n' ? '⏎' : c === '\u00A0' || c === '\u202F' ? '⍽' : '·'),
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
