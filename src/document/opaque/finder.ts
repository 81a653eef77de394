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

/** A line with nothing in it, a quotation's marks aside. */
export const blankLine = /(?:\r\n?|\n)[ \t>]*(?=[\r\n])/g

/** What ends a paragraph: a blank line, or a line that begins another block. */
export const paragraphEnd =
  /(?:\r\n?|\n)[ \t>]*(?=[\r\n]|[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|`{3}|~{3}|:{3})/g
