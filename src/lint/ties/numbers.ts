import type { Lexicon } from '../languages/lexicon.ts'
import { labelBefore } from './labels.ts'
import { match, readNumber, type WrittenNumber } from './written-number.ts'
import { isBlank, type ReadableText } from './readable-text.ts'

/** The blanks beside numbers that hold together; one that is tied already is not among them. Ascending. */
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

const sign = /[−+~≈±<>≤≥]/

/** Not within a word; a sign before a number has nothing before it. */
const mayBegin = (text: string, at: number) =>
  beforeNumber.test(text[at - 1] ?? '') &&
  (!sign.test(text[at - 1] ?? '') || /^$|[\s([{«“"\u2029]/.test(text[at - 2] ?? ''))

const digits = /\d+/g
const beforeNumber = /^$|[\s([{«„“‘"'—–−+~≈±<>≤≥$€£¥₽\u2029]/

/** Several rules ask this of one text. */
export function tiesOfNumbers(readable: ReadableText, lexicon: Lexicon): NumberTies {
  const last = lastTies.get(readable)
  if (last?.text === readable.text && last.lexicon === lexicon) return last.ties
  const ties = findTies(readable, lexicon)
  lastTies.set(readable, { text: readable.text, lexicon, ties })
  return ties
}

const lastTies = new WeakMap<
  ReadableText,
  { readonly text: string; readonly lexicon: Lexicon; readonly ties: NumberTies }
>()

function findTies(readable: ReadableText, lexicon: Lexicon): NumberTies {
  const { text } = readable
  const counts: number[] = []
  const units: number[] = []
  const labels: number[] = []
  digits.lastIndex = 0
  for (let match = digits.exec(text); match; match = digits.exec(text)) {
    const found = readNumber(text, match.index)
    digits.lastIndex = found.end
    if (!mayBegin(text, match.index)) continue
    for (const at of found.blanks) if (text[at] === ' ') units.push(at)
    const what = whatBehind(readable, found, lexicon)
    const label =
      what === 'unit' ? undefined : labelBefore(readable, found, { lexicon, counts: what === 'counted' })
    if (label !== undefined) {
      if (text[label] === ' ') labels.push(label)
      continue
    }
    if (what === undefined || text[found.end] !== ' ') continue
    if (what === 'unit') units.push(found.end)
    else counts.push(found.end)
  }
  return { counts, units, labels }
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
  const lower = word.toLowerCase().replace(/n['’]t$|['’]\p{L}+$/u, '')
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

/** Endings that no noun has behind a number: шкалы от 1 до 15 оцените. */
const finiteVerb = /\p{L}(?:ся|ите|[еуы]йте|[аеуя]ете|[аеуя]ет|[аеуя]ют|[ауе]ешь|лись|лось|лась)$/u
