import type { Lexicon } from '../languages/lexicon.ts'
import { isBlank, wordBefore, type ReadableText } from './readable-text.ts'

const roman = /(?<![\p{L}\d_.-])(?=[IVXL])(?:X{0,3}(?:IX|IV|V?I{0,3})|XL|L)(?![\p{L}\d_’'])/gu
const letter = /(?<![\p{L}\d_.-])[A-ZА-Я](?![\p{L}\d_’'.])/gu

/** What has a number of its own, or a range. */
const century = /^(?:[-–—]|[ \u00A0\u202F]?(?:вв?(?!\p{L})|век|столет))/u

/** The blanks between a label or a name and its Roman number, or between a label and its letter: `Part IV`, `Henry VIII`. */
export function tiesOfRomans({ text }: ReadableText, lexicon: Lexicon): readonly number[] {
  const found: number[] = []
  for (const { 0: number, index } of text.matchAll(roman)) {
    if (number === '' || text[index - 1] !== ' ') continue
    if (century.test(text.slice(index + number.length, index + number.length + 12))) continue
    const word = wordBefore(text, index - 1)
    const lower = word.toLowerCase()
    const capital = /^\p{Lu}\p{Ll}+$/u.test(word) && !lexicon.functionWords.has(lower)
    const labelled =
      lexicon.labels.has(lower) || (word.endsWith('.') && lexicon.labelAbbreviations.has(lower.slice(0, -1)))
    const alone = number === 'I' || number === 'L'
    const latin = lexicon.months.size > 0
    if (labelled ? !(alone && latin) || (capital && endsHere(text, index + 1)) : capital && !(alone && latin))
      found.push(index - 1)
  }
  for (const { index } of text.matchAll(letter)) {
    if (text[index - 1] !== ' ' || !isLabelled(text, index - 1, lexicon)) continue
    if (/[AIАИ]/.test(text[index] as string) && !endsHere(text, index + 1)) continue
    found.push(index - 1)
  }
  return [...new Set(found)].toSorted((a, b) => a - b)
}

const endsHere = (text: string, at: number) => !isBlank(text[at]) && text[at] !== '\n'

const isLabelled = (text: string, blank: number, { labels }: Lexicon) => {
  const word = wordBefore(text, blank)
  return /^\p{Lu}/u.test(word) && labels.has(word.toLowerCase())
}
