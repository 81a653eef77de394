import { append } from '../../core/lists/long-lists.ts'
import type { Span } from '../../core/types.ts'
import { freeMarkers, MOST_PLACES, type MarkedText, type Markers } from './markers.ts'
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

/** Pages to render at most with one kind of markers, to find the places that they cannot mark. */
const MOST_RENDERINGS = 20

/**
 * Where places of a source stand in the page that is made of it: the page is rendered once more, with markers around the places, and only
 * when it is, without the markers, the very page that it was, their places in it are the places. Nothing is guessed: what a marker would
 * change, and what the page does not show as text, has no part.
 */
export function locatePlaces(page: PageToMark): ShownPlaces {
  const { text, places, html } = page
  const parts: ShownPart[] = []
  const nodes = places.length > 0 ? textNodes(html) : []
  let left: readonly number[] = places.slice(0, MOST_PLACES).map((_, i) => i)
  const kinds = freeMarkers(text, html)
  let isSteady: boolean | undefined
  const tries = [
    ...kinds.map(markers => [markers, 1] as const),
    ...kinds.map(markers => [markers, MOST_RENDERINGS] as const),
  ]
  for (const [markers, most] of tries) {
    if (left.length === 0) break
    // A page that is another each time it is rendered is not rendered twenty times.
    if (most > 1 && !(isSteady ??= page.render(text) === html)) break
    const located = markPage(page, left, { markers, most })
    if (!located) continue
    append(parts, partsOf(textNodes(located.html), nodes, markers))
    left = left.filter(place => !located.places.has(place))
  }
  const texts = new Map(parts.map(({ node }) => [node, nodes[node]?.data ?? '']))
  return { parts, texts }
}

interface MarkedPage {
  readonly html: string
  readonly places: ReadonlySet<number>
}

/**
 * The page with markers around as many of these places as leave it what it is. Those that are lost in it are left out, and then those on
 * either side of where it first becomes another page. Undefined when the pages to render are used up.
 */
function markPage(
  { text, places, html, render }: PageToMark,
  wanted: readonly number[],
  { markers, most }: { readonly markers: Markers; readonly most: number },
): MarkedPage | undefined {
  let some = wanted
  for (let n = 0; n < most && some.length > 0; n++) {
    const marked = render(markers.insert(text, places, some))
    if (marked === undefined) return undefined
    const found = markers.read(marked)
    if (found.text === html) return { html: marked, places: new Set(some) }
    const isThere = new Set(found.marks.map(mark => mark.place))
    const isAtFault = some.every(place => isThere.has(place)) ? beside(found, html) : undefined
    const rest = some.filter(place => (isAtFault ? !isAtFault.has(place) : isThere.has(place)))
    if (rest.length === some.length) return undefined
    some = rest
  }
  return undefined
}

/** The places of the markers on either side of where a text first becomes another. */
function beside({ text, marks }: MarkedText, other: string): ReadonlySet<number | undefined> {
  let at = 0
  while (at < text.length && text[at] === other[at]) at++
  return new Set([marks.findLast(mark => mark.at <= at)?.place, marks.find(mark => mark.at > at)?.place])
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
      if (start) append(found, between({ place, start, end: [node, at] }, plain))
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
