import type { Token } from 'markdown-it'
import type { Span } from '../../core/types.ts'
import { Content, wholeContent } from './content.ts'

/** Where each line begins and ends, by turns. */
type LineOffsets = readonly number[]

export const lineAt = (lines: LineOffsets, line: number): Span => [
  lines[2 * line] as number,
  lines[2 * line + 1] as number,
]

export function linesOf(source: string, start: number): LineOffsets {
  const lines = [start]
  const returns = source.includes('\r') ? /\r\n?|\n/g : undefined
  let end = start
  const nextBreak = () => {
    if (!returns) return source.indexOf('\n', end)
    returns.lastIndex = end
    return returns.exec(source)?.index ?? -1
  }
  for (let at = nextBreak(); at >= 0; at = nextBreak()) {
    end = returns?.lastIndex ?? at + 1
    lines.push(at, end)
  }
  lines.push(source.length)
  return lines
}

/**
 * Finds a block's lines in the source again: each is what is left of a source line when the prefix, and behind a heading
 * the closing hashes, are taken off. Undefined when a line is not there as it is, so that its offsets are unknown:
 * then the block is no prose.
 */
export function blockContent(
  source: string,
  lines: LineOffsets,
  { content, map, type }: Token,
): Content | undefined {
  const first = map?.[0] ?? 0
  const [lineStart, lineEnd] = lineAt(lines, first)
  // Nearly all blocks begin with a whole line, and all their lines are as they are in the source.
  const isWholeLine =
    content.length === lineEnd - lineStart || content.charCodeAt(lineEnd - lineStart) === LINE
  if (isWholeLine && standsAt(source, content, lineStart)) return wholeContent(content, lineStart)
  const at: number[] = []
  const from: number[] = []
  const last = type === 'html_block' && content.endsWith('\n') ? content.length - 1 : content.length
  for (let start = 0, i = first; start <= last; i++) {
    const lineBreak = content.indexOf('\n', start)
    const end = lineBreak < 0 || lineBreak > last ? last : lineBreak
    const text = content.slice(start, end)
    const bare = text.trimStart()
    const found = 2 * i < lines.length ? findLine(source, lineAt(lines, i), bare) : undefined
    if (found === undefined) return undefined
    const origin = found - (text.length - bare.length)
    if (i === first && standsAt(source, content, origin)) return wholeContent(content, origin)
    at.push(start)
    from.push(origin)
    start = end + 1
  }
  return new Content(content, at, from)
}

const LINE = 0x0a

/** As `startsWith`, which V8 has compare one character at a time: of a paragraph that takes ten times as long. */
const standsAt = (source: string, text: string, at: number) => source.slice(at, at + text.length) === text

function findLine(source: string, [start, end]: Span, text: string): number | undefined {
  if (end - text.length >= start && standsAt(source, text, end - text.length)) return end - text.length
  const whole = source.slice(start, end).replaceAll('\0', '\uFFFD')
  const found = whole.lastIndexOf(text)
  return found >= 0 && /^[ \t]*(?:#+[ \t]*)?$/.test(whole.slice(found + text.length))
    ? start + found
    : undefined
}

/** The cells of a table's row: GFM's table extension, as markdown-it splits it. A pipe is escaped by a backslash, which goes. */
export function rowContents(source: string, [start, end]: Span): readonly Content[] {
  const raw = source.slice(start, end)
  const from = start + raw.length - raw.trimStart().length
  const cells: Content[] = []
  let text = ''
  let at: number[] = []
  let origins: number[] = []
  let begun = from
  const cut = (to: number) => {
    if (to <= begun) return
    at.push(text.length)
    origins.push(begun)
    text += source.slice(begun, to)
  }
  for (let i = from; i <= end; i++) {
    if (i < end && source[i] !== '|') continue
    const escaped = i < end && i > from && source[i - 1] === '\\'
    cut(escaped ? i - 1 : i)
    begun = escaped ? i : i + 1
    if (escaped) continue
    cells.push(new Content(text, at, origins))
    text = ''
    at = []
    origins = []
  }
  return cells[0]?.text === '' ? cells.slice(1) : cells
}

/** The row's cell, trimmed; undefined when the parser split the row otherwise. */
export function matching(cell: Content | undefined, { content }: Token): Content | undefined {
  if (!cell || cell.text.trim() !== content || content === '') return undefined
  const start = cell.text.length - cell.text.trimStart().length
  return cell.cut(start, start + content.length)
}
