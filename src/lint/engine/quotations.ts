import { SEPARATOR } from '../parse/cells.ts'
import { pairQuotes, quoteMark, type Pairing } from './quotes.ts'

type Range = readonly [start: number, end: number]

/** The segments of a text that have quotation marks. */
export function* segmentsWith(text: string): Generator<Range> {
  const mark = new RegExp(quoteMark, 'g')
  for (let match = mark.exec(text); match; match = mark.exec(text)) {
    const start = text.lastIndexOf(SEPARATOR, match.index) + 1
    const end = text.indexOf(SEPARATOR, match.index)
    const segment: Range = [start, end < 0 ? text.length : end]
    yield segment
    mark.lastIndex = segment[1]
  }
}

export const pairingOf = (text: string, segment: Range, { foreign }: { foreign: boolean }): Pairing =>
  pairQuotes(text, segment, foreign ? foreignQuotation : () => undefined)

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
