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

/**
 * Finds the brace that closes another, as JavaScript has them: those in strings and comments do not count, and a string in single or
 * double quotes ends with its line. For places that are asked for in ascending order; looks at no character of the text twice.
 */
export class Braces {
  private readonly text: string
  /** Behind the closing brace, by the place of the opening one; -1 when it is never closed. */
  private readonly ends = new Map<number, number>()
  /** From the first brace that nothing closes on, what is not known yet is not closed either. */
  private failed = Infinity

  constructor(text: string) {
    this.text = text
  }

  /** Behind the brace that closes the one at `at`; undefined when none does. */
  end(at: number): number | undefined {
    if (!this.ends.has(at) && at < this.failed) this.match(at)
    const end = this.ends.get(at) ?? -1
    return end < 0 ? undefined : end
  }

  private match(at: number): void {
    const { text, ends } = this
    const open: number[] = []
    const sign = /[{}]|\/\*|'(?:[^'\\\r\n]|\\.){0,500}'|"(?:[^"\\\r\n]|\\.){0,500}"/g
    sign.lastIndex = at
    let comment = 0
    for (let found = sign.exec(text); found; found = sign.exec(text)) {
      if (found[0] === '/*' && comment >= 0) {
        comment = text.indexOf('*/', sign.lastIndex)
        if (comment >= 0) sign.lastIndex = comment + 2
      } else if (found[0] === '{') open.push(found.index)
      else if (found[0] === '}') {
        ends.set(open.pop() as number, sign.lastIndex)
        if (open.length === 0) return
      }
    }
    for (const each of open) ends.set(each, -1)
    this.failed = Math.min(this.failed, at)
  }
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
