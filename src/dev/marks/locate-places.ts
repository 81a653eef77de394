import type { Span } from '../../core/types.ts'
import { largestSafeSet } from '../../lint/safety/bisect.ts'
import { freeMarkers, MOST_PLACES, type Markers } from './markers.ts'
import { textNodes, type TextNode } from './text-nodes.ts'

/** A part of a text node that shows a place of the source. */
export interface ShownPart {
  /** The number of the place. */
  readonly place: number
  /** The number of the text node, in the order of the document. */
  readonly node: number
  /** In UTF-16 code units of the node’s text; equal where the place is between two characters. */
  readonly start: number
  readonly end: number
}

export interface ShownPlaces {
  readonly parts: readonly ShownPart[]
  /** The text of each node that has a part. */
  readonly texts: ReadonlyMap<number, string>
}

interface PageToMark {
  /** The source, and places in it. */
  readonly text: string
  readonly places: readonly Span[]
  /** The page that was made of it. */
  readonly html: string
  /** The page as this text makes it, all else being equal; undefined when it makes none. */
  render(text: string): string | undefined
}

/** Pages to render at most to find the places that cannot be marked. */
const MOST_RENDERINGS = 16

/**
 * Where places of a source stand in the page that is made of it: the page is rendered once more, with markers around the places, and only
 * when it is, without the markers, the very page that it was, their places in it are the places. Nothing is guessed: what a marker would
 * change, and what the page does not show as text, has no part.
 */
export function locatePlaces({ text, places, html, render }: PageToMark): ShownPlaces {
  const parts: ShownPart[] = []
  const nodes = places.length > 0 ? textNodes(html) : []
  let left: readonly number[] = places.slice(0, MOST_PLACES).map((_, i) => i)
  for (const markers of freeMarkers(text, html)) {
    if (left.length === 0) break
    const rendered = new Map<string, string>()
    const renderMarked = (some: readonly number[]) => {
      const marked = markers.insert(text, places, some)
      const found = rendered.get(marked) ?? render(marked) ?? ''
      rendered.clear()
      rendered.set(marked, found)
      return found
    }
    const located = largestSafeSet(left, some => markers.strip(renderMarked(some)) === html, MOST_RENDERINGS)
    if (located.length === 0) continue
    parts.push(...partsOf(textNodes(renderMarked(located)), nodes, markers))
    const isLocated = new Set(located)
    left = left.filter(place => !isLocated.has(place))
  }
  const texts = new Map(parts.map(({ node }) => [node, nodes[node]?.data ?? '']))
  return { parts, texts }
}

/** None when the markers have made other text nodes of the page. */
function partsOf(
  marked: readonly TextNode[],
  plain: readonly TextNode[],
  markers: Markers,
): readonly ShownPart[] {
  const readNodes = marked.map(({ data }) => markers.read(data))
  const isSame = marked.length === plain.length && readNodes.every(({ text }, i) => text === plain[i]?.data)
  if (!isSame) return []
  const found: ShownPart[] = []
  const begun = new Map<number, readonly [node: number, at: number]>()
  readNodes.forEach(({ marks }, node) => {
    if (plain[node]?.isShown !== true) return
    for (const { place, edge, at } of marks) {
      if (edge === 'start') {
        begun.set(place, [node, at])
        continue
      }
      const start = begun.get(place)
      begun.delete(place)
      if (start) found.push(...between({ place, start, end: [node, at] }, plain))
    }
  })
  return found
}

interface Stretch {
  readonly place: number
  readonly start: readonly [node: number, at: number]
  readonly end: readonly [node: number, at: number]
}

/** The parts of a stretch that may go through several text nodes: those that have characters, or its start when none has. */
function between({ place, start, end }: Stretch, nodes: readonly TextNode[]): readonly ShownPart[] {
  const parts: ShownPart[] = []
  for (let node = start[0]; node <= end[0]; node++) {
    const { data, isShown } = nodes[node] as TextNode
    const [from, to] = [node === start[0] ? start[1] : 0, node === end[0] ? end[1] : data.length]
    if (from < to && isShown) parts.push({ place, node, start: from, end: to })
  }
  return parts.length > 0 ? parts : [{ place, node: start[0], start: start[1], end: start[1] }]
}
