import type { Edit, Span } from '../model.ts'

/** A stretch of source as a parser sees it, line prefixes such as `> ` taken off, and the way back. */
export interface Content {
  readonly text: string
  /** Where each line begins in `text`, ascending, the first at 0 … */
  readonly at: readonly number[]
  /** … and in the source. */
  readonly from: readonly number[]
}

export const wholeContent = (text: string, from = 0): Content => ({ text, at: [0], from: [from] })

/** A part of it, such as the text of an inline footnote. */
export function cutContent(content: Content, [start, end]: Span): Content {
  const toSource = sourceOffsets(content)
  const at = [0]
  const from = [toSource(start)]
  for (let i = 0; i < content.at.length; i++) {
    const line = content.at[i] as number
    if (line <= start || line >= end) continue
    at.push(line - start)
    from.push(content.from[i] as number)
  }
  return { text: content.text.slice(start, end), at, from }
}

/** Maps offsets of a content to offsets of the source; fast when they are asked for in ascending order. */
export function sourceOffsets({ at, from }: Content): (offset: number) => number {
  let line = 0
  return offset => {
    while (line + 1 < at.length && (at[line + 1] as number) <= offset) line++
    while ((at[line] as number) > offset && line > 0) line--
    return (from[line] as number) + offset - (at[line] as number)
  }
}

export function sourceSpan(content: Content): Span {
  return [content.from[0] as number, sourceOffsets(content)(content.text.length)]
}

/** The content's text with edits of the source, ascending and within it, made. */
export function editContent({ text, at, from }: Content, edits: readonly Edit[]): string {
  let line = 0
  const toContent = (offset: number) => {
    while (line + 1 < from.length && (from[line + 1] as number) <= offset) line++
    const limit = line + 1 < at.length ? (at[line + 1] as number) : text.length
    return Math.min((at[line] as number) + offset - (from[line] as number), limit)
  }
  let out = ''
  let done = 0
  for (const { span, text: insert } of edits) {
    out += text.slice(done, toContent(span[0])) + insert
    done = toContent(span[1])
  }
  return out + text.slice(done)
}
