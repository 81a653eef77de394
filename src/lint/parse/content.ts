import type { Edit, Span } from '../../core/types.ts'

/** A stretch of source as a parser sees it, line prefixes such as `> ` taken off, and the way back. */
export class Content {
  readonly text: string
  /** Where each line begins in `text`, ascending, the first at 0 … */
  readonly at: readonly number[]
  /** … and in the source. */
  readonly from: readonly number[]
  private line = 0

  constructor(text: string, at: readonly number[], from: readonly number[]) {
    this.text = text
    this.at = at
    this.from = from
  }

  /** The offset in the source; fast when they are asked for in ascending order. */
  toSource(offset: number): number {
    const { at } = this
    let { line } = this
    while (line + 1 < at.length && (at[line + 1] as number) <= offset) line++
    while ((at[line] as number) > offset && line > 0) line--
    this.line = line
    return (this.from[line] as number) + offset - (at[line] as number)
  }

  get span(): Span {
    const [at, from] = [this.at.at(-1) as number, this.from.at(-1) as number]
    return [this.from[0] as number, from + this.text.length - at]
  }

  /** A part of it, such as the text of an inline footnote. */
  cut(start: number, end: number): Content {
    const at = [0]
    const from = [this.toSource(start)]
    for (let i = 0; i < this.at.length; i++) {
      const line = this.at[i] as number
      if (line <= start || line >= end) continue
      at.push(line - start)
      from.push(this.from[i] as number)
    }
    return new Content(this.text.slice(start, end), at, from)
  }
}

export const wholeContent = (text: string, from = 0): Content => new Content(text, [0], [from])

/** Edits of the source, ascending and within the content, as edits of its text. */
export function editsWithin({ text, at, from }: Content, edits: readonly Edit[]): readonly Edit[] {
  let line = 0
  const toContent = (offset: number) => {
    while (line + 1 < from.length && (from[line + 1] as number) <= offset) line++
    const limit = line + 1 < at.length ? (at[line + 1] as number) : text.length
    return Math.min((at[line] as number) + offset - (from[line] as number), limit)
  }
  return edits.map(({ span, text: insert }) => ({
    span: [toContent(span[0]), toContent(span[1])],
    text: insert,
  }))
}

/** The content's text with such edits made. */
export function editContent(content: Content, edits: readonly Edit[]): string {
  let out = ''
  let done = 0
  for (const { span, text } of editsWithin(content, edits)) {
    out += content.text.slice(done, span[0]) + text
    done = span[1]
  }
  return out + content.text.slice(done)
}
