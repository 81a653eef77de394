import { blankLine, paragraphEnd } from './finder.ts'
import { upTo, type OpaqueSyntax } from './syntax.ts'

const dollars = /\$\$/g
/** No escaped one, nor that of a formula of Doxygen. */
const dollar = /(?<![\\]|[\\@]f)\$/g
const parenthesis = /\\\)/g
const bracket = /\\\]/g

/** No environment is longer; what seems so is text. */
const LONGEST = 10_000

/** Where math in a line may begin: sticky. */
export const MATH = /(?<!\$)\$(?![ \t\r\n$])/y

/** Whether the dollar before `end` may close it. */
export const endsMath = (text: string, end: number): boolean =>
  !/[ \t\r\n]/.test(text[end - 2] ?? '') && !/\d/.test(text[end] ?? '')

/** TeX, delimited as Pandoc has it (Pandoc User’s Guide, tex_math_dollars, tex_math_single_backslash, raw_tex). */
export const tex: readonly OpaqueSyntax[] = [
  {
    name: 'display math',
    signs: '$',
    begins: /\$\$(?!\$)/y,
    ends: ({ index }, place) => upTo(place, index + 2, { close: dollars, limit: blankLine }),
    known: 'everywhere',
  },
  {
    // The next dollar closes it, or it is none: money has a blank before it, or a digit behind. A no-break space is no blank.
    name: 'math',
    signs: '$',
    begins: MATH,
    ends({ index }, place) {
      const { text, format } = place
      const end = upTo(place, index + 1, { close: dollar, limit: paragraphEnd })
      if (end === undefined || !endsMath(text, end)) return undefined
      const isAcrossTags = format === 'html' && /<\/?[a-z][^<>]*>/i.test(text.slice(index, end))
      return isAcrossTags ? undefined : end
    },
    known: 'everywhere',
  },
  {
    name: 'math in parentheses',
    signs: '\\',
    begins: /\\\(/y,
    ends: ({ index }, place) => upTo(place, index + 2, { close: parenthesis, limit: paragraphEnd }),
    known: 'everywhere',
  },
  {
    name: 'math in brackets',
    signs: '\\',
    begins: /\\\[/y,
    ends: ({ index }, place) => upTo(place, index + 2, { close: bracket, limit: blankLine }),
    known: 'everywhere',
  },
  {
    name: 'TeX environment',
    signs: '\\',
    begins: /\\begin\{([A-Za-z]+\*?)\}/y,
    ends({ 1: name, index }, { text, ahead }) {
      const limit = Math.min(ahead.next(blankLine, index)?.start ?? text.length, index + LONGEST)
      const close = `\\end{${name}}`
      const found = text.slice(index, limit).indexOf(close)
      return found < 0 ? undefined : index + found + close.length
    },
    known: 'everywhere',
  },
  {
    // As Pandoc passes it on (raw_tex): \index{…}, \cite{…}; a note of Franklin’s. To CommonMark the backslash is text.
    name: 'TeX command',
    signs: '\\',
    begins: /\\[A-Za-z]{2,}\*?(?:\[[^[\]{}\r\n]{0,200}\])?\{/y,
    ends: ({ 0: { length }, index }, { text, ahead }) => {
      const limit = ahead.next(blankLine, index)?.start ?? text.length
      return argumentsEnd(text.slice(0, Math.min(limit, index + LONGEST_COMMAND)), index + length)
    },
    known: 'everywhere',
  },
]

/** No command is longer; what seems so is text. */
const LONGEST_COMMAND = 2000

/** Behind the brace that closes the one before `from`, and behind the arguments that follow at once. */
function argumentsEnd(text: string, from: number): number | undefined {
  let depth = 1
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '{') depth++
    else if (text[at] === '}' && --depth === 0) {
      if (text[at + 1] !== '{') return at + 1
    }
  }
  return undefined
}
