import type { Span } from '../model.ts'
import { Kind, SEPARATOR, type Segment } from './cells.ts'
import type { Permission } from './draft.ts'
import type { Suppressions } from './suppression.ts'

/** All segments of one language as one text, and the way from its cells back to the source. */
export class Galley implements Permission {
  readonly text: string
  private readonly source: string
  private readonly at: Int32Array
  private readonly from: Int32Array
  private readonly to: Int32Array
  private readonly kinds: Uint8Array
  /** For each piece, whether it is part of a heading. */
  private readonly anchored: Uint8Array
  private readonly suppressions: Suppressions | undefined
  private last = 0

  constructor(source: string, segments: readonly Segment[], suppressions?: Suppressions) {
    this.source = source
    this.suppressions = suppressions
    const count = segments.reduce((sum, { size }) => sum + size + 1, 0)
    this.at = new Int32Array(count + 1)
    this.from = new Int32Array(count)
    this.to = new Int32Array(count)
    this.kinds = new Uint8Array(count)
    this.anchored = new Uint8Array(count)
    const texts: string[] = []
    let piece = 0
    let cell = 0
    for (const segment of segments) {
      if (segment.anchored) this.anchored.fill(1, piece, piece + segment.size)
      for (let i = 0; i < segment.size; i++, piece++) {
        const text = segment.texts[i] as string
        this.at[piece] = cell
        this.from[piece] = segment.from[i] as number
        this.to[piece] = segment.to[i] as number
        this.kinds[piece] = segment.kinds[i] as number
        texts.push(text)
        cell += text.length
      }
      this.at[piece] = cell++
      this.from[piece] = this.to[piece] = this.to[Math.max(0, piece - 1)] as number
      this.kinds[piece++] = Kind.fixed
      texts.push(SEPARATOR)
    }
    this.at[count] = cell
    this.text = texts.join('')
  }

  /** The piece that a cell lies in: the last that begins at or before it, for pieces may be empty. */
  private pieceOf(cell: number): number {
    const { at } = this
    let low = (at[this.last] as number) <= cell ? this.last : 0
    let high = at.length - 1
    for (let step = 1; low + step < high; step *= 2) {
      if ((at[low + step] as number) > cell) {
        high = low + step
        break
      }
    }
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((at[middle] as number) <= cell) low = middle
      else high = middle
    }
    return (this.last = low)
  }

  kind(cell: number): Kind {
    return this.kinds[this.pieceOf(cell)] as Kind
  }

  /** Where a cell comes from. */
  span(cell: number): Span {
    const piece = this.pieceOf(cell)
    const from = this.from[piece] as number
    if (this.kinds[piece] !== Kind.text) return [from, this.to[piece] as number]
    const start = from + cell - (this.at[piece] as number)
    return [start, start + 1]
  }

  write(cell: number, rule: string): boolean {
    const kind = this.kind(cell)
    const writable =
      kind === Kind.text || kind === Kind.blank || (kind === Kind.softBreak && rule === LINE_END)
    return writable && !this.silenced(cell, rule)
  }

  /** Something put between two cells must not land inside markup, which stands between them unseen. */
  insertAfter(cell: number, rule: string): boolean {
    if (cell + 1 >= this.text.length || this.anchored[this.pieceOf(cell)]) return false
    const adjoining = this.span(cell)[1] === this.span(cell + 1)[0]
    return adjoining && this.kind(cell + 1) === Kind.text && !this.silenced(cell + 1, rule)
  }

  /** What begins a line may make a block of it, so that it has to be text, or emphasis; a backslash at its end would break it hard. */
  breakAfter(cell: number): boolean {
    const between = this.source.slice(this.span(cell)[1], this.span(cell + 1)[0])
    const hard = this.source[this.span(cell)[0] - 1] === '\\'
    return !hard && /^(?:[*_]{1,3}|~~)?$/.test(between) && this.kind(cell + 1) === Kind.text
  }

  private silenced(cell: number, rule: string): boolean {
    const { suppressions } = this
    return suppressions !== undefined && !suppressions.empty && suppressions.suppress(this.span(cell), rule)
  }
}

/** The one rule that may move a line's end. */
export const LINE_END = 'imprimatur/line-end'
