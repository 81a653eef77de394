import type { Signs } from '../engine/signs/signs.ts'
import type { Lexicon } from '../languages/lexicon.ts'
import { labelBefore } from './labels.ts'
import { match, readNumber, type WrittenNumber } from './written-number.ts'
import { isBlank, wordBefore, type ReadableText } from './readable-text.ts'

/** The blanks beside numbers that hold together, ascending. */
export interface NumberTies {
  /** Between a number and what it counts or measures. */
  readonly counts: readonly number[]
  /** Those of them with a unit or a sign behind the number, and those between its own groups of digits. */
  readonly units: readonly number[]
  /** Between a label or a name and its number. */
  readonly labels: readonly number[]
}

/** More digits are the name of something. */
const MOST_DIGITS = 5

const signs = '−+~≈±<>≤≥'
const opening = '([{«“"'

/** Not within a word; a sign before a number has nothing before it. */
function mayBegin(text: string, at: number): boolean {
  const before = text[at - 1] ?? ' '
  if (signs.includes(before)) return isIn(opening, text[at - 2])
  return isIn(`${opening}„‘'—–$€£¥₽`, before)
}

/** A blank, the text's beginning, or one of these characters. */
const isIn = (characters: string, character = ' ') =>
  character === ' ' || characters.includes(character) || /\s/.test(character)

/** Of numbers beside a blank that breaks. Two rules ask this of one text, between which nothing changes but that blanks are tied. */
export function tiesOfNumbers(readable: ReadableText, lexicon: Lexicon): NumberTies {
  const last = lastTies.get(readable.signs)
  if (last?.lexicon === lexicon) return last.ties
  const { text } = readable
  const ties = findTies(readable, lexicon, at => text[at] === ' ')
  lastTies.set(readable.signs, { lexicon, ties })
  return ties
}

const lastTies = new WeakMap<Signs, { readonly lexicon: Lexicon; readonly ties: NumberTies }>()

/** Those of numbers beside which, or in which, `isWanted` is true of a place. */
export function findTies(
  readable: ReadableText,
  lexicon: Lexicon,
  isWanted: (at: number) => boolean,
): NumberTies {
  const { text } = readable
  const counts: number[] = []
  const units: number[] = []
  const labels: number[] = []
  let end = 0
  for (const start of readable.signs.digits) {
    if (start < end) continue
    const found = readNumber(text, start)
    ;({ end } = found)
    if (!(isWanted(start - 1) || isWanted(end) || found.blanks.some(isWanted)) || !mayBegin(text, start))
      continue
    for (const at of found.blanks) units.push(at)
    const what = whatBehind(readable, found, lexicon)
    const label =
      what === 'unit' ? undefined : labelBefore(readable, found, { lexicon, counts: what === 'counted' })
    if (label !== undefined) labels.push(label)
    else if (what === 'unit') units.push(end)
    else if (what === 'counted' || (what === 'word' && !endsLabelledList(text, start, lexicon)))
      counts.push(end)
  }
  return { counts, units, labels }
}

const numbersBefore = /\d{1,9}(?:,[ \u00A0]\d{1,9}){0,20}(?:,|,?[ \u00A0](?:and|or|to|и|или|до))[ \u00A0]$/u

/** Whether the number ends a list of them behind a label, and counts nothing: lines 6, 8, and 9 catch it. */
function endsLabelledList(text: string, start: number, { labels }: Lexicon): boolean {
  const list = numbersBefore.exec(text.slice(Math.max(0, start - 60), start))?.[0] ?? ''
  const blank = start - list.length - 1
  return list !== '' && isBlank(text[blank]) && labels.has(wordBefore(text, blank).toLowerCase())
}

const signBehind = /(?:°[CFКС]?|[%‰$€£¥₽₴₸])(?![\p{L}\d$])/uy
const wordBehind = /\p{L}[\p{L}/²³’'-]*/uy

/**
 * What stands behind the number: a unit, a noun that is known to be counted, perhaps another; undefined where nothing is tied
 * to it.
 */
function whatBehind(
  { text, between }: ReadableText,
  number: WrittenNumber,
  lexicon: Lexicon,
): 'unit' | 'counted' | 'word' | undefined {
  const { end, isYear, isVersion } = number
  if (!isBlank(text[end])) return undefined
  if (match(signBehind, text, end + 1) !== '') return 'unit'
  const word = match(wordBehind, text, end + 1)
  if (word === '') return undefined
  const lower = withoutEnding(word.toLowerCase())
  if (/^[IVXL]+$/.test(word)) return undefined
  const stop = text[end + 1 + word.length] === '.'
  if (lexicon.units.has(word) || (stop && /^[ap]$/.test(word) && /^\.m\b/.test(text.slice(end + 2, end + 5))))
    return 'unit'
  if (lexicon.eras.has(isYear ? word : '')) return 'counted'
  if (lexicon.counted.has(lower) || (lexicon.months.has(word) && !isYear))
    return isVersion && !/^\d+\.\d+$/.test(number.text) ? undefined : 'counted'
  if (
    isYear ||
    lexicon.functionWords.has(lower) ||
    number.text.replace(/\D/g, '').length > MOST_DIGITS + number.blanks.length * 3
  )
    return undefined
  if (/\d[.,]\d+[.,]\d{1,2}(?!\d)/.test(number.text) || /\.\d+\./.test(number.text)) return undefined
  const capital = /^\p{Lu}/u.test(word)
  if (capital && between(end - 1) !== '') return undefined
  if (/[.,]/.test(number.text) && !/^\d{1,3}(?:,\d{3})+$/.test(number.text)) return undefined
  return finiteVerb.test(lower) ? undefined : 'word'
}

/** Without ’s and the like, n’t too. */
const withoutEnding = (word: string) =>
  word.includes("'") || word.includes('’') ? word.replace(/n['’]t$|['’]\p{L}+$/u, '') : word

/** Endings that no noun has behind a number: шкалы от 1 до 15 оцените. */
const finiteVerb = /\p{L}(?:ся|ите|[еуы]йте|[аеуя]ете|[аеуя]ет|[аеуя]ют|[ауе]ешь|лись|лось|лась)$/u
