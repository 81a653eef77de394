import type { Lexicon } from '../languages/lexicon.ts'
import { beginsSentence, isBlank, wordBefore, type ReadableText } from './readable-text.ts'

/** An initial, with a full stop: Б., Дж., Ж.-Ж. */
const initial = '(?:[A-ZА-ЯЁ]|Дж|Чж|Эд|Фр|Вл|Ал)\\.'
const initials = new RegExp(
  `(?<![\\p{L}\\d.-])${initial}(?:-${initial})?(?:[ \\u00A0\\u202F]?${initial}){0,3}`,
  'gu',
)
const surname = /^[ \u00A0\u202F]?(\p{Lu}[\p{L}’'-]*\p{Ll})(?!\p{L})/u

/** Where initials hold together, and with their surname. */
export interface InitialTies {
  /** Blanks, ascending. */
  readonly blanks: readonly number[]
  /** Full stops with a blank missing behind them. */
  readonly missing: readonly number[]
}

/**
 * Initials, one to four, before a surname, or two and more behind it. A word that begins a sentence is none, nor is one behind
 * the end of markup: in **А. Б.** the speaker is named, and what follows is said.
 */
export function tiesOfInitials({ text, between }: ReadableText, lexicon: Lexicon): InitialTies {
  const blanks: number[] = []
  const missing: number[] = []
  for (const { 0: found, index } of text.matchAll(initials)) {
    if (noInitials.test(found)) continue
    const end = index + found.length
    const count = found.split('.').length - 1
    const before = isBlank(text[index - 1]) ? wordBefore(text, index - 1) : ''
    const name = surname.exec(text.slice(end, end + 40))?.[1] ?? ''
    const leads =
      name !== '' &&
      !lexicon.functionWords.has(name.toLowerCase().replace(/['’].*/, '')) &&
      between(end - 2) === '' &&
      !hasEnd(between(end - 1)) &&
      (count > 1 || mayStandBehind(before, found, lexicon))
    const follows = !leads && count > 1 && isSurname(before, lexicon) && !hasEnd(between(index - 2))
    if (!leads && !follows && count < 2) continue
    for (let at = text.indexOf('.', index) + 1; at > 0 && at < end; at = text.indexOf('.', at) + 1) {
      if (text[at] === '-' || hasEnd(between(at - 1))) continue
      if (text[at] === ' ') blanks.push(at)
      else if (!isBlank(text[at]) && (leads || follows)) missing.push(at - 1)
    }
    if (leads && text[end] === ' ') blanks.push(end)
    else if (leads && !isBlank(text[end])) missing.push(end - 1)
    if (follows && text[index - 1] === ' ') blanks.push(index - 1)
  }
  return { blanks: blanks.toSorted((a, b) => a - b), missing }
}

const noInitials =
  /^(?:(?:P\.\s?)+S\.|N\.\s?B\.|З\.\s?Ы\.|[AP]\.\s?M\.|[UE]\.\s?[SKNU]\.(?:\s?A\.)?|D\.\s?C\.|A\.\s?I\.|B\.\s?C\.|A\.\s?D\.|Я\.)$/

/**
 * Whether a single initial may stand behind this word. In Russian, anywhere but behind what has a letter for its name (витамин
 * С. Вот); in English, where a sentence ends with “Plan B.” or “C.” as often, behind a name and a few words.
 */
function mayStandBehind(
  before: string,
  found: string,
  { months, lettered, functionWords }: Lexicon,
): boolean {
  const lower = before.toLowerCase()
  if (months.size === 0) return !lettered.has(lower) && !/[A-Z]/.test(found)
  if (found === 'I.') return false
  return (
    // R and C are languages: what is enforced by R. Depending on it …
    (/^(?:by|author|editor)$/.test(lower) && !/^[RC]\.$/.test(found)) ||
    (/^\p{Lu}\p{Ll}+$/u.test(before) && !functionWords.has(lower) && !lettered.has(lower))
  )
}

/** Whether an element or emphasis ends there; what begins there belongs to what follows. */
const hasEnd = (markup: string) => /[*_]|<\//.test(markup)

const isSurname = (word: string, { functionWords, lettered, titles }: Lexicon) =>
  /^\p{Lu}\p{Ll}[\p{L}’'-]*$/u.test(word) &&
  !functionWords.has(word.toLowerCase()) &&
  !lettered.has(word.toLowerCase()) &&
  !titles.has(word.toLowerCase())

/** Titles that are written without a full stop. */
const bare = /(?:Mrs?|Ms|Mx|Dr|St|Prof|Mme|Mlle|Messrs|г-н|г-жа|мыс|о-в|п-ов|Г-н|Г-жа|Мыс)$/

const LONGEST_TITLE = 8

/** Latin, Cyrillic, or a hyphen. */
const isLetterOrHyphen = (code: number) =>
  code === 0x2d || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) || (code >= 0x401 && code <= 0x451)

/** The blanks between a title and the name behind it: Mr. Smith, проф. Иванов. */
export function tiesOfTitles({ text, signs, between }: ReadableText, lexicon: Lexicon): readonly number[] {
  const blanks: number[] = []
  for (const at of signs.capitals) {
    if (text[at] !== ' ') continue
    const end = text[at - 1] === '.' ? at - 1 : at
    let start = end
    while (start > 0 && end - start <= LONGEST_TITLE && isLetterOrHyphen(text.charCodeAt(start - 1))) start--
    if (end - start > LONGEST_TITLE) continue
    const word = text.slice(start, end)
    if (!lexicon.titles.has(word.toLowerCase()) || /\p{Lu}{2}/u.test(word)) continue
    if ((end === at && !bare.test(word)) || !/^\p{Lu}/u.test(text.slice(at + 1, at + 3))) continue
    if (/[\p{L}\d.]/u.test(text[start - 1] ?? '')) continue
    // 5 р. is money.
    if (/\d[ \u00A0]?$/.test(text.slice(Math.max(0, start - 2), start)) || hasEnd(between(at - 1))) continue
    const capital = /^\p{Lu}/u.test(word)
    if (lexicon.months.size > 0 ? !capital : capital && !beginsSentence(text, start)) continue
    const name = /^\p{L}+/u.exec(text.slice(at + 1, at + 40))?.[0] ?? ''
    if (!lexicon.functionWords.has(name.toLowerCase())) blanks.push(at)
  }
  return blanks
}
