import type { Language } from '../../document/language.ts'
import type { Span } from '../../core/types.ts'
import { CellKind, SEPARATOR, type Piece, type Segment } from '../parse/cells.ts'
import { KeptWords } from './kept-words.ts'
import type { Permission, RuleAtWork } from './permission.ts'
import { isLineStart } from '../../document/opaque/syntax.ts'
import type { Suppressions } from '../suppression.ts'

interface Untouched {
  readonly suppressions?: Suppressions
  /** `lint.words.keep` */
  readonly keep?: readonly string[] | undefined
}

const COLON = 0x3a
const TILDE = 0x7e

/** All segments of one language as one text, and the way from its cells back to the source. */
export class JoinedText implements Permission {
  readonly text: string
  readonly lang: Language | undefined
  private readonly source: string
  private readonly pieces: Piece[] = []
  /** The first cell of each piece, and the number of all. */
  private readonly at: number[] = []
  private readonly suppressions: Suppressions | undefined
  /** The first cell of each segment in another script, and the one behind its last, ascending. */
  private readonly others: Span[] = []
  /** Words that the author wants kept. */
  private readonly kept: KeptWords
  private last = 0

  constructor(source: string, segments: readonly Segment[], { suppressions, keep = [] }: Untouched = {}) {
    this.source = source
    this.lang = segments[0]?.lang
    this.suppressions = suppressions
    const texts: string[] = []
    let length = 0
    const add = (piece: Piece) => {
      this.at.push(length)
      this.pieces.push(piece)
      texts.push(piece.text)
      length += piece.text.length
    }
    for (const { pieces, other } of segments) {
      const start = length
      for (const piece of pieces) add(piece)
      if (other) this.others.push([start, length])
      const end = pieces.at(-1)?.to ?? 0
      add({ text: SEPARATOR, kind: CellKind.fixed, from: end, to: end, anchored: false })
    }
    this.at.push(length)
    // Added up, it would be a tree that V8 goes through for each character that is read.
    this.text = texts.join('')
    this.kept = new KeptWords(this.text, keep)
  }

  /** The piece that a cell lies in: the last that begins at or before it, for pieces may be empty. */
  private pieceAt(cell: number): Piece {
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
    this.last = low
    return this.pieces[low] as Piece
  }

  kind(cell: number): CellKind {
    return this.pieceAt(cell).kind
  }

  /** Where a cell comes from. */
  span(cell: number): Span {
    const { kind, from, to } = this.pieceAt(cell)
    if (kind !== CellKind.text) return [from, to]
    const start = from + cell - (this.at[this.last] as number)
    return [start, start + 1]
  }

  private startOf(cell: number): number {
    const { kind, from } = this.pieceAt(cell)
    return kind === CellKind.text ? from + cell - (this.at[this.last] as number) : from
  }

  write(cell: number, rule: RuleAtWork): boolean {
    const kind = this.kind(cell)
    const writable =
      kind === CellKind.text ||
      kind === CellKind.blank ||
      (kind === CellKind.softBreak && rule.movesLineEnds) ||
      (kind === CellKind.escapedHyphen && rule.writesOnlyDashes)
    if (
      !writable ||
      this.isBehindMarker(cell) ||
      this.kept.covers(cell, cell + 1) ||
      (rule.writesMarks && this.isOther(cell))
    )
      return false
    return !this.isSuppressed(cell, rule)
  }

  /** The blank behind `:` or `~` where a line begins: a list of definitions to who needs no term right above. */
  private isBehindMarker(cell: number): boolean {
    const { source } = this
    const start = this.startOf(cell)
    const before = source.charCodeAt(start - 1)
    if ((before !== COLON && before !== TILDE) || !/[ \t]/.test(source[start] ?? '')) return false
    return isLineStart(source, start - 1)
  }

  /** Whether a cell is of a segment in another script than its language's. */
  isOther(cell: number): boolean {
    const { others } = this
    if (others.length === 0) return false
    let low = 0
    let high = others.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((others[middle] as Span)[1] > cell) high = middle
      else low = middle + 1
    }
    return (others[low]?.[0] ?? Infinity) <= cell
  }

  /** Something put between two cells must not land inside markup, which stands between them unseen. */
  insertAfter(cell: number, rule: RuleAtWork): boolean {
    if (cell + 1 >= this.text.length || this.pieceAt(cell).anchored || this.kept.covers(cell, cell + 2))
      return false
    if (rule.writesMarks && this.isOther(cell)) return false
    const adjoining = this.span(cell)[1] === this.span(cell + 1)[0]
    return adjoining && this.kind(cell + 1) === CellKind.text && !this.isSuppressed(cell + 1, rule)
  }

  /** What begins a line may make a block of it, so that it has to be text, emphasis or a link; a backslash at its end would break it hard. */
  breakAfter(cell: number): boolean {
    const between = this.source.slice(this.span(cell)[1], this.span(cell + 1)[0])
    const hard = this.source[this.span(cell)[0] - 1] === '\\'
    return (
      !hard &&
      !this.kept.covers(cell, cell + 1) &&
      /^\[?(?:[*_]{1,3}|~~)?$/.test(between) &&
      this.kind(cell + 1) === CellKind.text
    )
  }

  grows(cell: number): boolean {
    return !this.pieceAt(cell).anchored
  }

  breaksHard(cell: number): boolean {
    return this.kind(cell) === CellKind.fixed
  }

  between(cell: number): string {
    if (cell < 0 || cell + 1 >= this.text.length) return ''
    return this.source.slice(this.span(cell)[1], this.span(cell + 1)[0])
  }

  sourceOf(cell: number): string {
    return this.source.slice(...this.span(cell))
  }

  /** Whether all of these cells are of a word that is kept. */
  isKept(cells: Span): boolean {
    return this.kept.covers(...cells)
  }

  private isSuppressed(cell: number, { code }: RuleAtWork): boolean {
    const { suppressions } = this
    return suppressions !== undefined && !suppressions.empty && suppressions.suppress(this.span(cell), code)
  }
}
