import type { Span } from '../../src/core/types.ts'
import type { Found } from './messages.ts'

/** A part of a text and what is found there. */
export interface Part {
  readonly text: string
  /** Empty where nothing is. */
  readonly found: readonly Found[]
}

/**
 * A text in parts, each with all that is found at it. What would be put between two characters is shown on the one before, or behind, it. From
 * the `most`th part with something on, the rest is one part with nothing.
 */
export function partsOf(text: string, found: readonly Found[], most: number): readonly Part[] {
  const places = found
    .flatMap(each => each.spans.map(span => ({ each, span: shown(span, text) })))
    .filter(({ span: [start, end] }) => start < end)
    .toSorted((a, b) => a.span[0] - b.span[0])
  const cuts = [...new Set(places.flatMap(({ span }) => span))].toSorted((a, b) => a - b)
  const parts: Part[] = []
  let open: typeof places = []
  let [next, at, marked] = [0, 0, 0]
  for (const cut of cuts) {
    if (cut > at) {
      const here = [...new Set(open.map(({ each }) => each))]
      if (here.length > 0) marked++
      parts.push({ text: text.slice(at, cut), found: here })
    }
    at = cut
    if (marked === most) break
    while (next < places.length && places[next]!.span[0] <= cut) open.push(places[next++]!)
    open = open.filter(({ span }) => span[1] > cut)
  }
  if (at < text.length) parts.push({ text: text.slice(at), found: [] })
  return parts
}

const shown = ([start, end]: Span, text: string): Span =>
  start < end ? [start, end] : start > 0 ? [start - 1, start] : [0, Math.min(1, text.length)]
