import type { Span } from '../../core/types.ts'

/**
 * Characters that stand before and behind places of a text while it is rendered, two for each place. None that a page has is among them.
 */
export interface Markers {
  /** The text with the markers of these places, which are numbers of `places`. */
  insert(text: string, places: readonly Span[], numbers: readonly number[]): string
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

interface Alphabet {
  /** Any of its characters. */
  readonly any: RegExp
  /** One marker. */
  readonly one: RegExp
  /** The marker with this number, and the number of a marker. */
  write(number: number): string
  read(marker: string): number
}

const BRAILLE = 0x2800

const codePoints = (first: number, one: RegExp): Alphabet => ({
  any: one,
  one,
  write: number => String.fromCodePoint(first + number),
  read: marker => (marker.codePointAt(0) as number) - first,
})

/**
 * What passes through a renderer as it is, in the order in which it is tried. Patterns of Braille are signs, and behave beside markup as
 * quotation marks and blanks do; what is for private use is neither sign nor letter, and letters (CJK, Extension B) are for what counts
 * or keeps those.
 */
const ALPHABETS: readonly Alphabet[] = [
  {
    any: /[\u2800-\u28FF]/g,
    one: /[\u2800-\u28FF]{2}/g,
    write: number => String.fromCharCode(BRAILLE + (number >> 8), BRAILLE + (number & 0xff)),
    read: marker => ((marker.charCodeAt(0) - BRAILLE) << 8) + marker.charCodeAt(1) - BRAILLE,
  },
  codePoints(0xf0000, /[\u{F0000}-\u{FFFFD}]/gu),
  codePoints(0x20000, /[\u{20000}-\u{2A6DF}]/gu),
]

/** The alphabets that none of these texts has a character of. */
export const freeMarkers = (...texts: readonly string[]): readonly Markers[] =>
  ALPHABETS.filter(({ any }) => texts.every(text => text.search(any) < 0)).map(createMarkers)

/** So many places can be told apart in every alphabet. */
export const MOST_PLACES = 20_000

function createMarkers({ one, write, read }: Alphabet): Markers {
  const marker = (place: number, edge: FoundMarker['edge']) => write(2 * place + Number(edge === 'end'))
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
    read(text) {
      const marks: FoundMarker[] = []
      let out = ''
      let done = 0
      for (const { 0: found, index } of text.matchAll(one)) {
        out += text.slice(done, index)
        done = index + found.length
        const number = read(found)
        marks.push({ place: number >> 1, edge: number % 2 === 0 ? 'start' : 'end', at: out.length })
      }
      return { text: out + text.slice(done), marks }
    },
  }
}
