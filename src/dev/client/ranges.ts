import type { PageDiagnostic, PagePart, PageReport } from './protocol.ts'

/** A finding that stands in the page. */
export interface MarkedFinding {
  readonly finding: PageDiagnostic
  readonly ranges: readonly Range[]
}

/**
 * Finds the text that the report’s parts name. A node that is not what it was when the page was sent, since a script has changed it, is
 * looked for by its text, and not found when there are several.
 */
export function findMarked({ diagnostics, texts }: PageReport): readonly MarkedFinding[] {
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_TEXT)
  const nodes: Text[] = []
  while (walker.nextNode()) nodes.push(walker.currentNode as Text)
  const known = new Map(
    texts.map(([number, text]) => {
      const there = nodes[number]
      if (there?.data === text) return [number, there] as const
      const alike = nodes.filter(({ data }) => data === text)
      return [number, alike.length === 1 ? alike[0] : undefined] as const
    }),
  )
  const marked = diagnostics.flatMap(finding => {
    const ranges = finding.parts.flatMap(part => rangeOf(part, known.get(part.node)))
    return ranges.length > 0 ? [{ finding, ranges }] : []
  })
  return marked.toSorted((a, b) => (a.ranges[0] as Range).compareBoundaryPoints(0, b.ranges[0] as Range))
}

function rangeOf({ start, end }: PagePart, node: Text | undefined): readonly Range[] {
  if (!node) return []
  const range = document.createRange()
  range.setStart(node, start)
  range.setEnd(node, end)
  return [range]
}

/** A box in the window. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * Tells where a range is in the window, for as long as nothing moves; a range between two characters has a narrow box there. Nothing of
 * what is scrolled out of view.
 */
export function boxFinder(): (range: Range) => readonly Box[] {
  const windows = new Map<Element, readonly DOMRect[] | undefined>()
  return range => {
    const parent = range.startContainer.parentElement
    if (!parent) return []
    if (!windows.has(parent)) windows.set(parent, windowsAround(parent))
    const around = windows.get(parent)
    if (!around) return []
    const boxes = range.collapsed ? caretBoxes(range) : [...range.getClientRects()]
    return boxes.filter(
      box =>
        box.height > 0 &&
        around.every(({ left, right }) => box.left >= left - 1 && box.left + box.width <= right + 1),
    )
  }
}

/** The boxes of what scrolls around an element; undefined when it is not visible. */
const windowsAround = (element: Element): readonly DOMRect[] | undefined =>
  element.checkVisibility({ visibilityProperty: true })
    ? scrollersAround(element).map(each => each.getBoundingClientRect())
    : undefined

const CARET = 2

function caretBoxes({ startContainer, startOffset }: Range): readonly Box[] {
  const { length } = startContainer as Text
  const beside = document.createRange()
  beside.setStart(startContainer, Math.max(0, startOffset - 1))
  beside.setEnd(startContainer, Math.min(length, Math.max(1, startOffset)))
  const last = [...beside.getClientRects()].at(startOffset === 0 ? 0 : -1)
  if (!last) return []
  const left = (startOffset === 0 ? last.left : last.right) - CARET / 2
  return [{ left, top: last.top, width: CARET, height: last.height }]
}

function scrollersAround(inner: Element): readonly Element[] {
  const found: Element[] = []
  for (let each: Element | null = inner; each && each !== document.body; each = each.parentElement)
    if (getComputedStyle(each).overflowX !== 'visible') found.push(each)
  return found
}
