import type { Span } from '../../core/types.ts'

/** The cells of the words that the author wants kept as they are, in a text; a blank of a word is any blank, or a line's end. */
export class KeptWords {
  private readonly spans: readonly Span[]

  constructor(text: string, words: readonly string[]) {
    const pattern = patternOf(words)
    this.spans = pattern
      ? Array.from(text.matchAll(pattern), ({ index, 0: { length } }): Span => [index, index + length])
      : []
  }

  /** Whether all of this lies in one of them. */
  covers(start: number, end: number): boolean {
    let [low, high] = [0, this.spans.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.spans[middle] as Span)[1] < end) low = middle + 1
      else high = middle
    }
    const span = this.spans[low]
    return span !== undefined && span[0] <= start && span[1] >= end
  }
}

function patternOf(words: readonly string[]): RegExp | undefined {
  const longestFirst = words.filter(word => word.trim() !== '').toSorted((a, b) => b.length - a.length)
  if (longestFirst.length === 0) return undefined
  const sources = longestFirst.map(word =>
    word
      .trim()
      .split(/\s+/)
      .map(part => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
      .join('[ \\n\\t\\u00A0\\u202F]'),
  )
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${sources.join('|')})(?![\\p{L}\\p{N}])`, 'gu')
}
