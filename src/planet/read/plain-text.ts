import { decodeHTML } from 'entities'

/** Marks that open an embedding, an override or an isolate, and what closes each: UAX #9, section 2. */
const closers: Readonly<Record<string, string>> = {
  '\u202A': '\u202C',
  '\u202B': '\u202C',
  '\u202D': '\u202C',
  '\u202E': '\u202C',
  '\u2066': '\u2069',
  '\u2067': '\u2069',
  '\u2068': '\u2069',
}

const MARK = /[\u202A-\u202E\u2066-\u2069]/
const MARKS = /[\u202A-\u202E\u2066-\u2069]/g

/**
 * Text whose marks of direction end where it ends: where they do not pair, all of them are left out, so that nobody’s title turns
 * round what stands after it. Overrides go in any case, which make text read as another text.
 */
export function balanceDirections(text: string): string {
  if (!MARK.test(text)) return text
  const plain = text.replace(/[\u202D\u202E]/g, '\u202A')
  const open: string[] = []
  for (const [mark] of plain.matchAll(MARKS)) {
    const closer = closers[mark]
    if (closer !== undefined) open.push(closer)
    else if (open.pop() !== mark) return text.replace(MARKS, '')
  }
  return open.length === 0 ? plain : text.replace(MARKS, '')
}

/** Of a longer text nobody wants a line. */
const LONGEST_TEXT = 20_000

/** One line without control characters, no longer than `most` characters; undefined when nothing is left. */
export function plainLine(text: string, most: number): string | undefined {
  const line = balanceDirections(text.slice(0, LONGEST_TEXT))
    .replace(/[\s\u0085\u2028\u2029]+/g, ' ')
    .replace(/[\0-\x1f\x7f-\x9f\uFFFE\uFFFF]/g, '')
    .trim()
    .toWellFormed()
  return line === '' ? undefined : shorten(line, most)
}

/** Cut between words where there are any, with an ellipsis. */
export function shorten(line: string, most: number): string {
  const characters = [...line]
  if (characters.length <= most) return line
  const begun = characters.slice(0, most - 1).join('')
  return `${balanceDirections(/^(.{20,})\s\S*$/su.exec(begun)?.[1] ?? begun)}…`
}

/** What may stand in a title by way of markup; any other tag there is what the title is about. */
const INLINE =
  /<\/?(?:a|abbr|b|bdi|big|br|cite|code|del|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr)(?:\s[^<>]*)?\/?>/gi

/** The text of a title that may or may not be HTML, as RSS has them: nobody can know, so that only plain markup is taken for it. */
export const looseTitle = (title: string): string => decodeHTML(title.replace(INLINE, ''))

/** The text of HTML, roughly: for HTML that is too wild to be read. */
export const roughText = (html: string): string =>
  decodeHTML(html.replace(/<(script|style)\b[^]*?(?:<\/\1>|$)/gi, ' ').replace(/<[^<>]*>/g, ' '))
