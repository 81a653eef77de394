import type { Diagnostic, Edit } from './types.ts'
import { lineSpan, position, type Position } from './source.ts'

/** The line of a finding as people are shown it, on a terminal or on a page. */
export interface Frame extends Position {
  /** With its invisible characters made visible. */
  readonly source: string
  /** Where in `source` the part begins that is meant, and how long it is, in UTF-16 code units. */
  readonly start: number
  readonly length: number
  /** The line that a fix would make of it. */
  readonly fixed?: string | undefined
}

/** A frame is no wider than this; of a longer line it shows the part that matters. */
const WIDEST = 100

/** Undefined when the finding is about no place in a file. */
export function frameOf({ file, span, fix }: Diagnostic): Frame | undefined {
  if (!file || !span) return undefined
  const { text } = file
  const [spanStart, end] = span
  const place = position(text, spanStart)
  const [lineBegin, lineEnd] = lineSpan(text, place.line)
  // A byte order mark is no part of the line.
  const lineStart = lineBegin + (text.charCodeAt(lineBegin) === 0xfeff ? 1 : 0)
  const start = Math.max(spanStart, lineStart)
  const { column } = place
  const from = lineStart + (column + end - start > WIDEST ? Math.max(0, column - WIDEST / 2) : 0)
  const to = Math.min(lineEnd, from + WIDEST)
  const cut = (shown: string) => `${from > lineStart ? '…' : ''}${shown}${to < lineEnd ? '…' : ''}`
  const indent = start - from + (from > lineStart ? 1 : 0)
  const line = visibleCharacters(text.slice(from, to))
  const source = cut(line)
  const length = Math.max(1, Math.min(end - start, source.length - indent))
  const fixed = fix?.edits.every(edit => edit.span[0] >= from && edit.span[1] <= to)
    ? cut(edited(line, from, fix.edits))
    : undefined
  return { ...place, source, start: indent, length, fixed }
}

/** The line, which begins at `from`, with a no-break space that is written as an entity as the reader gets it. */
function edited(line: string, from: number, edits: readonly Edit[]): string {
  let text = ''
  let at = 0
  for (const edit of edits) {
    text += line.slice(at, edit.span[0] - from) + visibleCharacters(edit.text)
    at = edit.span[1] - from
  }
  return (text + line.slice(at)).replace(/&nbsp;|&#8239;/g, '⍽')
}

/** One character for one, so that the mark below stays in its place. */
const visibleCharacters = (text: string) =>
  text.replace(
    /[\t\r\n\u00A0\u202F\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\u061C\0-\x08\x0B-\x1F\x7F-\x9F]/g,
    c => (c === '\t' ? ' ' : c === '\n' ? '⏎' : c === '\u00A0' || c === '\u202F' ? '⍽' : '·'),
  )
