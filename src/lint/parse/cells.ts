import type { Language } from '../../document/language.ts'

/**
 * Prose is set on *cells*. A cell is one character of text as the reader gets it: markup has vanished, an entity is the
 * character it stands for, code or an image is one opaque, word-like character. Cells lie in *pieces* that know
 * where in the source they come from and what may be done to them.
 */
export const CellKind = {
  /** Source characters as they are, one cell each. */
  text: 0,
  /** One cell for a run of blanks, or for a white-space entity that may break. */
  blank: 1,
  /** One cell for a line break that renders as a blank, with the next line's indentation and prefix. */
  softBreak: 2,
  /** One cell whose source never changes: an entity, an escaped character, a hard break, an opaque object. */
  fixed: 3,
  /** One cell for `\-` where a line begins: only a dash may take its place, and takes the backslash's too. */
  escapedHyphen: 4,
  /** One cell for a line break that renders as a blank and stays where it is, for what stands beside it. */
  heldBreak: 5,
} as const
export type CellKind = (typeof CellKind)[keyof typeof CellKind]

/** Code, an address, an image, a template tag: something that stands in the text like a word. */
export const WORD = '\uE000'
/** An escaped or encoded quotation mark or apostrophe: the author's own, and nobody's pair. */
export const MARK = '\uE001'
/** Stands between the segments of one text. JavaScript takes it for a line end, and no rule of ours or Typograf's writes it. */
export const SEPARATOR = '\u2029'

/** Characters that a source may hold and that mean something else here. */
export const reserved = /[\u2028\u2029\uE000-\uF8FF\uFEFF]/

/** Cells of one kind that stand side by side in the source. */
export interface Piece {
  text: string
  kind: CellKind
  readonly from: number
  readonly to: number
  /** In a heading: nothing may come between two letters, for an address is made of them. */
  readonly anchored: boolean
}

/** What a segment in another script than its language's seems to be written in: a tag, or undefined when its letters do not tell. */
export interface OtherScript {
  readonly lang: 'ru' | 'en' | undefined
}

/** The prose of one block in one language: the reach of a pair of quotation marks. */
export class Segment {
  /** Undefined for a language that no rule knows: its text is left alone. */
  readonly lang: Language | undefined
  readonly pieces: Piece[] = []
  /** Set when it is written in another script than its language: no mark is set in it then. */
  other: OtherScript | undefined
  private readonly anchored: boolean

  constructor(lang: Language | undefined, anchored: boolean) {
    this.lang = lang
    this.anchored = anchored
  }

  add(text: string, kind: CellKind, from: number, to: number): Piece {
    const piece = { text, kind, from, to, anchored: this.anchored }
    this.pieces.push(piece)
    return piece
  }

  /** Makes every piece from the given one on unwritable: the text of a link that is its label as well. */
  freeze(first: number): void {
    for (const piece of this.pieces.slice(first)) piece.kind = CellKind.fixed
  }
}

/** The segments of each language that has rules, in their order. */
export function segmentsByLanguage(
  segments: readonly Segment[],
): readonly (readonly [Language, readonly Segment[]])[] {
  const groups = new Map<Language, Segment[]>()
  for (const segment of segments) {
    const { lang } = segment
    if (!lang) continue
    const group = groups.get(lang)
    if (group) group.push(segment)
    else groups.set(lang, [segment])
  }
  return [...groups]
}
