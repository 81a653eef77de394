import type { Span } from '../../core/types.ts'

/**
 * Characters that stand before and behind places of a text while it is rendered, two for each place. None that a page has is among them.
 */
export interface Markers {
  /** The text with the markers of these places, which are numbers of `places`. */
  insert(text: string, places: readonly Span[], numbers: readonly number[]): string
  strip(text: string): string
  /** The text without markers, and where each of them stood in it, in order. */
  read(text: string): MarkedText
}

export interface MarkedText {
  readonly text: string
  readonly marks: readonly FoundMarker[]
}

export interface FoundMarker {
  /** The number of its place. */
  readonly place: number
  readonly edge: 'start' | 'end'
  readonly at: number
}

/**
 * Code points that pass through a renderer as they are, in the order in which they are tried. Those for private use are no letters, so
 * that no address of a heading has them; the letters (CJK, Extension B) are for what counts or keeps letters.
 */
const ALPHABETS = [
  { first: 0xf0000, last: 0xffffd, any: /[\u{F0000}-\u{FFFFD}]/gu },
  { first: 0x20000, last: 0x2a6df, any: /[\u{20000}-\u{2A6DF}]/gu },
] as const

/** The alphabets that neither of these texts has a character of. */
export const freeMarkers = (...texts: readonly string[]): readonly Markers[] =>
  ALPHABETS.filter(({ any }) => texts.every(text => text.search(any) < 0)).map(createMarkers)

/** So many places can be told apart. */
export const MOST_PLACES = Math.min(...ALPHABETS.map(({ first, last }) => (last - first + 1) >> 1))

function createMarkers({ first, any }: (typeof ALPHABETS)[number]): Markers {
  const marker = (place: number, edge: FoundMarker['edge']) =>
    String.fromCodePoint(first + 2 * place + Number(edge === 'end'))
  return {
    insert(text, places, numbers) {
      const edges = numbers
        .flatMap(place => {
          const [start, end] = places[place] as Span
          const isEmpty = start === end
          return [
            { at: start, order: isEmpty ? 1 : 2, marker: marker(place, 'start') },
            { at: end, order: isEmpty ? 1 : 0, marker: marker(place, 'end') },
          ]
        })
        // At one offset: what ends there, then what is empty, then what begins.
        .toSorted((a, b) => a.at - b.at || a.order - b.order)
      let out = ''
      let done = 0
      for (const edge of edges) {
        out += text.slice(done, edge.at) + edge.marker
        done = edge.at
      }
      return out + text.slice(done)
    },
    strip: text => text.replace(any, ''),
    read(text) {
      const marks: FoundMarker[] = []
      let out = ''
      let done = 0
      for (const { 0: found, index } of text.matchAll(any)) {
        out += text.slice(done, index)
        done = index + found.length
        const number = (found.codePointAt(0) as number) - first
        marks.push({ place: number >> 1, edge: number % 2 === 0 ? 'start' : 'end', at: out.length })
      }
      return { text: out + text.slice(done), marks }
    },
  }
}
