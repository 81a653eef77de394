import type { Span } from '../../../core/types.ts'
import type { Signs } from './signs.ts'

const lists = ['digits', 'capitals', 'shortWords', 'lineEnds', 'marks', 'dashes', 'stops'] as const
type SignPlaces = Record<(typeof lists)[number], readonly number[]>

/** The signs of parts of a text, ascending and apart, put together; what was found is found still. */
export function signsOfParts(signs: Signs, parts: readonly Span[]): Signs {
  const places: Partial<SignPlaces> = {}
  for (const list of lists) places[list] = placesIn(signs[list], parts)
  return { ...signs, ...places }
}

function placesIn(places: readonly number[], parts: readonly Span[]): readonly number[] {
  const found: number[] = []
  let next = 0
  let length = 0
  for (const [start, end] of parts) {
    while (next < places.length && (places[next] as number) < start) next++
    for (; next < places.length && (places[next] as number) < end; next++)
      found.push((places[next] as number) - start + length)
    length += end - start
  }
  return found
}

/** The signs of two texts put together, of which the first is `length` long. */
export function joinSigns(first: Signs, length: number, second: Signs): Signs {
  const places: Partial<SignPlaces> = {}
  for (const list of lists) {
    const joined = [...first[list]]
    for (const place of second[list]) joined.push(place + length)
    places[list] = joined
  }
  return {
    ...first,
    ...places,
    found: first.found | second.found,
    behindNumbers: new Set([...first.behindNumbers, ...second.behindNumbers]),
  }
}
