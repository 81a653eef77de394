/** Finds what stands ahead in a text: for places that are asked for in ascending order, a text is searched once for each pattern. */
export class Finder {
  readonly text: string
  private readonly known = new Map<RegExp, Known>()

  constructor(text: string) {
    this.text = text
  }

  /** The first match at or behind `from` of a pattern with the flag `g`; undefined when there is none. */
  next(pattern: RegExp, from: number): Found | undefined {
    const known = this.known.get(pattern)
    if (known && known.from <= from && (known.found?.start ?? Infinity) >= from) return known.found
    pattern.lastIndex = from
    const match = pattern.exec(this.text)
    const found = match ? { start: match.index, end: pattern.lastIndex } : undefined
    this.known.set(pattern, { from, found })
    return found
  }
}

export interface Found {
  readonly start: number
  readonly end: number
}

interface Known {
  /** Where it was looked from. */
  readonly from: number
  readonly found: Found | undefined
}

/** A line end, whole: else the feed behind a return would be a line with nothing in it. */
export const LINE_END = String.raw`(?:\r\n|\n|\r(?!\n))`

/** A line with nothing in it, a quotation's marks aside. */
export const blankLine = new RegExp(String.raw`${LINE_END}[ \t>]*(?=[\r\n])`, 'g')

/** CommonMark 4.6, HTML blocks that may interrupt a paragraph. */
const htmlBlocks =
  'script pre style textarea address article aside base basefont blockquote body caption center col colgroup dd details dialog dir ' +
  'div dl dt fieldset figcaption figure footer form frame frameset h[1-6] head header hr html iframe legend li link main menu ' +
  'menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead title tr track ul'

const blockStarts = [
  String.raw`[\r\n]`,
  // The items of lists, among them those of definitions.
  String.raw`(?:[-*+:~]|\d{1,9}[.)])(?=\s|$)`,
  String.raw`#{1,6}(?=\s|$)`,
  // An underline, which makes a heading of what is above it; a thematic break.
  String.raw`(?:=+|-+)[ \t]*(?=[\r\n]|$)`,
  String.raw`([-*_])[ \t]*(?:\1[ \t]*){2,}(?=[\r\n]|$)`,
  '`{3}|~{3}|:{3}',
  String.raw`\[\^[^\]\s]+\]:`,
  String.raw`<(?:[!?]|/?(?:${htmlBlocks.replaceAll(' ', '|')})(?=[\s/>]|$))`,
]

/** What ends a paragraph: a blank line, or a line that begins another block. */
export const paragraphEnd = new RegExp(String.raw`${LINE_END}[ \t>]*(?=${blockStarts.join('|')})`, 'gi')
