import type { Span } from '../../../core/types.ts'
import { withPlaces, type Signs } from './signs.ts'

/** The signs of parts of a text, ascending and apart, put together; what was found is found still. */
export const signsOfParts = (signs: Signs, parts: readonly Span[]): Signs =>
  withPlaces(signs, places => placesIn(places, parts))

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
  const join = (places: readonly number[], behind: readonly number[]) => {
    const joined = [...places]
    for (const place of behind) joined.push(place + length)
    return joined
  }
  return {
    found: first.found | second.found,
    digits: join(first.digits, second.digits),
    capitals: join(first.capitals, second.capitals),
    shortWords: join(first.shortWords, second.shortWords),
    lineEnds: join(first.lineEnds, second.lineEnds),
    marks: join(first.marks, second.marks),
    dashes: join(first.dashes, second.dashes),
    stops: join(first.stops, second.stops),
    behindNumbers: new Set([...first.behindNumbers, ...second.behindNumbers]),
  }
}
