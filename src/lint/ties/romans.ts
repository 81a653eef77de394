import type { Lexicon } from '../languages/lexicon.ts'
import { isBlank, wordBefore, type ReadableText } from './readable-text.ts'

/** A capital, alone or with more Roman ones. */
const capitals = /[A-ZА-Я][IVXL]{0,5}(?![\p{L}\d_’'-])/uy
const roman = /^(?:X{0,3}(?:IX|IV|V?I{0,3})|XL|L)$/

/** What has a number of its own. */
const century = /^[ \u00A0\u202F]?(?:вв?(?!\p{L})|век|столет)/u

/** The blanks between a label or a name and its Roman number, or between a label and its letter: `Part IV`, `Henry VIII`. */
export function tiesOfRomans({ text, signs }: ReadableText, lexicon: Lexicon): readonly number[] {
  const found: number[] = []
  const isLatin = lexicon.months.size > 0
  for (const at of signs.capitals) {
    if (text[at] !== ' ' || isSmall(text.charCodeAt(at + 2))) continue
    capitals.lastIndex = at + 1
    if (!capitals.test(text)) continue
    // In English a lone I is nearly always a word.
    if (isLatin && text[at + 1] === 'I' && isBlank(text[at + 2])) continue
    const number = /^[A-ZА-Я][IVXL]*/.exec(text.slice(at + 1, at + 8))?.[0] ?? ''
    if (!roman.test(number) && number.length > 1) continue
    const word = wordBefore(text, at)
    if (word !== '' && isNumbered(word, { text, number, end: at + 1 + number.length, lexicon }))
      found.push(at)
  }
  return found
}

/** Nearly always a word goes on so. */
const isSmall = (code: number) => (code >= 0x61 && code <= 0x7a) || (code >= 0x430 && code <= 0x451)

interface NumberContext {
  readonly text: string
  readonly number: string
  readonly end: number
  readonly lexicon: Lexicon
}

/** Whether this is the number of the word, or its letter. An “I” or an “A” may be a word, unless the text ends there. */
function isNumbered(word: string, { text, number, end, lexicon }: NumberContext): boolean {
  const lower = word.toLowerCase()
  const capital = /^\p{Lu}\p{Ll}+$/u.test(word) && !lexicon.functionWords.has(lower)
  const labelled = lexicon.labels.has(lower)
  if (!roman.test(number) || (number === 'L' && !capital)) {
    return labelled && capital && text[end] !== '.' && (!/[AIАИ]/.test(number) || endsHere(text, end))
  }
  if (century.test(text.slice(end, end + 12)) || /[–—]/.test(text[end] ?? '')) return false
  const isAbbreviated = word.endsWith('.') && lexicon.labelAbbreviations.has(lower.slice(0, -1))
  const isWord = number === 'I' && lexicon.months.size > 0
  if (labelled || isAbbreviated) return !isWord || (capital && endsHere(text, end))
  return capital && !isWord
}

const endsHere = (text: string, at: number) => !isBlank(text[at]) && text[at] !== '\n'
