import type { Language } from '../../document/language.ts'
import { quoteMarksOf } from '../languages/quote-marks.ts'
import { SEPARATOR, WORD } from '../parse/cells.ts'
import type { ReadableText } from '../ties/readable-text.ts'
import { pairQuotes, TEMPLATE, type MarkedSegment, type Pairing } from './quotes.ts'
import { readSingles, type SingleMark } from './single-quotes.ts'

/** The segments of a text that have one of these marks. */
export function segmentsWith(
  { text, signs: { marks } }: Pick<ReadableText, 'text' | 'signs'>,
  wanted: string,
): readonly MarkedSegment[] {
  const found: MarkedSegment[] = []
  for (let first = 0, next = 0; first < marks.length; first = next) {
    const at = marks[first] as number
    const separator = text.indexOf(SEPARATOR, at)
    const end = separator < 0 ? text.length : separator
    while (next < marks.length && (marks[next] as number) < end) next++
    const own = marks.slice(first, next)
    if (own.some(mark => wanted.includes(text[mark] as string)))
      found.push({ start: text.lastIndexOf(SEPARATOR, at) + 1, end, marks: own })
  }
  return found
}

export interface Quotations {
  readonly doubles: Pairing
  /** Only in English; elsewhere a single mark is nothing but an apostrophe. */
  readonly singles: readonly SingleMark[]
}

interface ReadingOptions {
  readonly lang: Language
  /** Whether curly quotes around foreign words are left alone. */
  readonly foreign: boolean
}

/** What every quotation mark and apostrophe of a segment is. */
export function readQuotations(
  { text, between, sourceOf }: ReadableText,
  segment: MarkedSegment,
  { lang, foreign }: ReadingOptions,
): Quotations {
  const beside = (at: number) => {
    const character = text[at] as string
    if (character === WORD) return /^(?:\{[{%]|<%)/.test(sourceOf(at)) ? TEMPLATE : WORD
    return /\d/.test(character) && /^<sup[\s>]/i.test(between(at - 1)) ? '²' : character
  }
  const doubles = pairQuotes(text, segment, {
    foreign: foreign ? foreignQuotation : () => undefined,
    beside,
    sideless: isSideless(lang),
  })
  if (!hasSingles(lang)) return { doubles, singles: [] }
  const pairing = doubles.lone.length === 0
  const paired = pairing ? doubles.marks : []
  // Whichever way round they are written.
  const inPairs = new Map(paired.map(({ at, opens }) => [at, opens ? '“' : '”']))
  const besidePairs = (at: number) => inPairs.get(at) ?? beside(at)
  return {
    doubles,
    singles: readSingles(text, segment, { doubles: paired, pairing, beside: besidePairs }),
  }
}

/** Whether single marks are quotation marks in this language, when they are no apostrophes. */
export const hasSingles = (lang: Language): boolean => lang === 'en' || lang === 'en-GB'

function isSideless(lang: Language): boolean {
  const { left, right } = quoteMarksOf(lang)
  return left[0] === right[0] || left.includes('»')
}

/** Where a quotation in curly quotes ends that has Latin letters and no Cyrillic ones; undefined when none begins here. */
function foreignQuotation(text: string, open: number): number | undefined {
  if (text[open] !== '“') return undefined
  const inner = /[^«‹»›„“‟”"\u2029]*/y
  inner.lastIndex = open + 1
  const words = inner.exec(text)?.[0] ?? ''
  const close = open + 1 + words.length
  return text[close] === '”' && /\p{Script=Latin}/u.test(words) && !/\p{Script=Cyrillic}/u.test(words)
    ? close
    : undefined
}
