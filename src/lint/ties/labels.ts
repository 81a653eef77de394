import type { Lexicon } from '../languages/lexicon.ts'
import type { WrittenNumber } from './written-number.ts'
import { beginsSentence, isBlank, wordBefore, type ReadableText } from './readable-text.ts'

interface LabelContext {
  readonly lexicon: Lexicon
  /** Whether the number counts what stands behind it, so that only an abbreviation is its label. */
  readonly counts: boolean
}

/** The blank between a number and the label or the name that it belongs to; undefined when there is none. */
export function labelBefore(
  readable: ReadableText,
  number: WrittenNumber,
  { lexicon, counts }: LabelContext,
): number | undefined {
  const { text } = readable
  const blank = number.start - 1
  if (!isBlank(text[blank]) || !endsLikeName(text, number.end)) return undefined
  const word = wordBefore(text, blank)
  if (word === '') return undefined
  const { isVersion } = number
  const kind = kindOf(word, { text, at: blank - word.length, isVersion, lexicon })
  if (kind === undefined) return undefined
  // 3.1 of what has versions counts nothing: Ruby 3.1 users.
  if (counts && kind !== 'abbreviation' && !(kind === 'name' && number.isVersion)) return undefined
  if (kind !== 'abbreviation' && number.blanks.length > 0) return undefined
  if (kind === 'name' && number.text.includes(',')) return undefined
  return blank
}

/** Behind the number of a chapter there may be a letter, and behind the day of a month `th`. */
const endsLikeName = (text: string, end: number) =>
  text[end] === ' ' ||
  /^(?:(?:st|nd|rd|th)(?![\p{L}\d])|[a-zа-я]?(?![\p{L}\d"″'′%‰°×]))/u.test(text.slice(end, end + 3))

interface WordContext {
  readonly text: string
  readonly at: number
  /** Whether the number is a version, so that a name stands before it in a title as well. */
  readonly isVersion: boolean
  readonly lexicon: Lexicon
}

/** What the word before a number is to it. */
function kindOf(
  word: string,
  { text, at, isVersion, lexicon }: WordContext,
): 'abbreviation' | 'label' | 'name' | undefined {
  const lower = word.toLowerCase()
  if (word.endsWith('.')) {
    const bare = lower.slice(0, -1)
    return lexicon.labelAbbreviations.has(bare) ||
      lexicon.labelAbbreviations.has(bare.split('.').at(-1) as string)
      ? 'abbreviation'
      : undefined
  }
  if (lexicon.labels.has(lower)) return 'label'
  if (lexicon.months.has(word)) return 'name'
  if (lexicon.functionWords.has(lower) || /['’]s$|['’]$/.test(word)) return undefined
  if (lexicon.products.has(word) || isAbbreviation(word)) return 'name'
  return isNamed(word, lexicon) && !beginsSentence(text, at) && (isVersion || !inTitleCase(text, at))
    ? 'name'
    : undefined
}

/** In capitals, or with one inside: RFC, iPhone, ГОСТ. */
const isAbbreviation = (word: string) =>
  /^[\p{L}\d.+#-]*$/u.test(word) && /$(?<=\p{L}\p{Lu}[\p{L}\d+#-]*)/u.test(word)

/** In Russian a name that is no foreign one counts no less than it is numbered: «в Москве 5 заводов». */
const isNamed = (word: string, { months }: Lexicon) =>
  months.size > 0 ? /^\p{Lu}[\p{L}\d+#-]*$/u.test(word) : /^[A-Z][A-Za-z\d+#-]*$/.test(word)

const LONGEST_TITLE = 120

/** A short text in which nearly every word has a capital: there a capital says nothing. */
function inTitleCase(text: string, at: number): boolean {
  // A long text is not looked through for its ends, from each number in it.
  const from = Math.max(0, at - LONGEST_TITLE - 1)
  const ahead = text.slice(from, at)
  const behind = text.slice(at, at + LONGEST_TITLE + 1)
  const start = from + ahead.lastIndexOf('\u2029') + 1
  const found = behind.indexOf('\u2029')
  const end = at + (found < 0 ? behind.length : found)
  if (end - start > LONGEST_TITLE) return false
  const words = text.slice(start, end).match(/\p{L}{4,}/gu) ?? []
  return words.length > 2 && words.filter(each => /^\p{Lu}/u.test(each)).length * 4 >= words.length * 3
}
