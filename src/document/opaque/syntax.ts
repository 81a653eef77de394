import type { Format } from '../formats.ts'
import type { Braces, Finder } from './finder.ts'

/** What something opaque is to the prose around it: a word of it, nothing at all, or the end of a paragraph. */
export type Stands = 'word' | 'nothing' | 'block'

/** One kind of thing that is somebody's syntax and nobody's prose. */
export interface OpaqueSyntax {
  /** For a report, and for the tests. */
  readonly name: string
  /** The characters that it may begin with. */
  readonly signs: string
  /** Those of which one comes next, when not many may: a cheap question before a dear one. */
  readonly next?: string
  /** What it looks like where it begins: sticky. */
  readonly begins: RegExp
  /** Where it ends; undefined when it is none after all. Its time is linear in the text, however often it is asked. */
  ends(begun: RegExpExecArray, place: Place): number | Ending | undefined
  /** `word` when absent. */
  readonly stands?: Stands
  /** It is looked for only where a line begins, its indentation and `>` aside; or only with these signs. */
  readonly beginsLine?: true | string
  /** What a text has somewhere that has it: to look for that costs less than to look for its signs. */
  readonly needs?: string
  /** The blanks before it belong to it. */
  readonly takesBlanks?: true
  /** Where it is known; in Markdown when absent. */
  readonly known?: 'everywhere' | 'in MDX'
  /** Even within raw HTML and comments. */
  readonly inRaw?: true
  /** Some other generator makes something of it, and this program nothing; or it may hold what that one does: `a="{{ b }}"`. */
  readonly isForeign?: true | 'perhaps'
}

export interface Ending {
  readonly end: number
  readonly stands: Stands
}

/** What a syntax may look at to find its end. */
export interface Place {
  readonly text: string
  readonly format: Format
  readonly isMdx: boolean
  readonly ahead: Finder
  readonly braces: Braces
}

/** Where the line ends that `at` lies in. */
export function lineEnd(text: string, at: number): number {
  LINE.lastIndex = at
  LINE.exec(text)
  return LINE.lastIndex
}

const LINE = /[^\r\n]*/y

/** Whether nothing but indentation and `>` stands before this on its line, and nothing behind. */
export function isAlone(text: string, start: number, end: number): boolean {
  return isLineStart(text, start) && /^[ \t]*(?:[\r\n]|$)/.test(text.slice(end, end + 100))
}

export const isLineStart = (text: string, at: number): boolean =>
  /(?:^|[\r\n])[ \t>]*$/.test(text.slice(Math.max(0, at - 100), at))

/** Behind the next `close`, unless `limit`, which begins with a line end, comes first. */
export function upTo(
  { ahead }: Place,
  from: number,
  { close, limit }: { close: RegExp; limit?: RegExp },
): number | undefined {
  const found = ahead.next(close, from)
  if (!found) return undefined
  // Most of what is closed is closed in its line; to look for a limit is the dearer question.
  const line = limit && ahead.next(LINE_END, from)
  const stop = line && line.start < found.start ? ahead.next(limit, from) : undefined
  return stop && stop.start < found.start ? undefined : found.end
}

const LINE_END = /[\r\n]/g

/** The end of the line that a syntax begins in. */
export const wholeLine = ({ index }: RegExpExecArray, { text }: Pick<Place, 'text'>): number =>
  lineEnd(text, index)

/** Behind what a sticky pattern matches at a place; the place itself when that is nothing. */
export function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

/** The end of what is a block alone on its lines, and else a word. */
export const standing = (text: string, start: number, end: number): Ending => ({
  end,
  stands: isAlone(text, start, end) ? 'block' : 'word',
})
