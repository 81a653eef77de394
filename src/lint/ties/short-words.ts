import type { Language } from '../../document/language.ts'
import type { Span } from '../../core/types.ts'
import type { Lexicon } from '../languages/lexicon.ts'
import { WORD } from '../parse/cells.ts'
import type { RuleContext } from '../rules/rule.ts'
import { isBlank, type ReadableText } from './readable-text.ts'

/** The blanks behind short words: those of one or two letters, or in a book those of the list, and none in capitals. */
export function tiesOfShortWords(readable: ReadableText, context: RuleContext): readonly number[] {
  const { text, signs } = readable
  const { lang, preset, lexicon, settings } = context
  const longest = Number(settings?.lengthShortWord ?? 2)
  const isBook = preset === 'book'
  const isLetter = lang === 'ru' ? isRussianOrEnglish : isEnglish
  const found: number[] = []
  for (const at of isBook || longest > 2 ? everyBlank(text) : signs.shortWords) {
    if (text[at] !== ' ') continue
    let start = at
    while (start > 0 && isLetter(text.charCodeAt(start - 1))) start--
    const size = at - start
    if (size === 0 || !beginsWord(readable, start, lang)) continue
    if (isBook ? !isOneOf(text.slice(start, at), lexicon.proclitics) : size > longest) continue
    if (!isUnit(text, [start, at], lexicon) && !isNumeral(text, [start, at])) found.push(at)
  }
  return found
}

/** What a word may stand behind; a picture, too, and a tag of a template, but not code, whose ending it may be. */
const before = ' \u00A0\u200B—–…(«‹»›„“‟”"\n\r\u2028\u2029'
const isPicture = (code: number) =>
  (code >= 0x2190 && code < 0x2c00) || (code >= 0xdc00 && code < 0xe000) || code === 0xfe0f

function beginsWord({ text, sourceOf }: ReadableText, start: number, lang: Language): boolean {
  const last = text[start - 1]
  if (last === ' ' || last === undefined || before.includes(last) || isPicture(text.charCodeAt(start - 1)))
    return true
  // In Russian a single mark is no apostrophe where a word begins. A star that is text stands for a note.
  if (last === '[' || last === '*' || (last === "'" && lang === 'ru'))
    return start < 2 || before.includes(text[start - 2] as string)
  return last === WORD && /^\{(?:%|\{[<%])/.test(sourceOf(start - 1))
}

const isEnglish = (code: number) => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a
const isRussianOrEnglish = (code: number) =>
  isEnglish(code) || (code >= 0x410 && code <= 0x44f) || code === 0x401 || code === 0x451

function* everyBlank(text: string): Generator<number> {
  for (let at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) yield at
}

/** A list's words, also with a capital, but not in capitals, if they have two letters. */
const isOneOf = (word: string, words: ReadonlySet<string>) =>
  words.has(word) || (words.has(word.toLowerCase()) && word.slice(1) === word.slice(1).toLowerCase())

const isDigit = (code: number) => code >= 0x30 && code <= 0x39

/** A unit behind its number belongs to that. */
const isUnit = (text: string, [start, end]: Span, { units }: Lexicon) =>
  isBlank(text[start - 1]) && isDigit(text.charCodeAt(start - 2)) && units.has(text.slice(start, end))

/** A Roman number behind its label is no word. */
const isNumeral = (text: string, [start, end]: Span) =>
  text[start - 1] === '\u00A0' &&
  /^[IVX]{1,2}$/.test(text.slice(start, end)) &&
  /(?:\p{L}{3}|\.)$/u.test(text.slice(Math.max(0, start - 4), start - 1))
