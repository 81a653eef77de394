import {
  attribute,
  descendants,
  hasClass,
  isElement,
  textBelow,
  type HtmlElement,
  type HtmlNode,
} from './html-tree.ts'

/** The footnotes of a body, as markdown-it, kramdown, pandoc and others write them. */
export interface Notes {
  /** The number of the note that a link calls; undefined when it is a link like others. */
  called(link: HtmlElement): number | undefined
  isBacklink(link: HtmlElement): boolean
  /** Whether an element is a note that is called, or holds nothing but notes that are. */
  isNote(element: HtmlElement): boolean
  /** By their numbers, in the order in which they were first called so far. */
  readonly elements: readonly HtmlElement[]
}

export function findNotes(nodes: readonly HtmlNode[]): Notes {
  const all = [...descendants(nodes)]
  const byId = new Map<string, HtmlElement>()
  const containers = new Map<HtmlElement, readonly HtmlElement[]>()
  for (const container of all.filter(isContainer)) {
    const notes = [...descendants(container.childNodes)].filter(
      each => attribute(each, 'id') !== undefined && /^(?:li|p|div|aside|dd)$/.test(each.tagName),
    )
    containers.set(container, notes)
    for (const note of notes) byId.set(attribute(note, 'id')!, note)
  }
  for (const note of all.filter(isLoneNote)) byId.set(attribute(note, 'id')!, note)
  const targetOf = (link: HtmlElement) => byId.get(fragmentOf(link) ?? '')
  const calls = new Map<HtmlElement, HtmlElement>()
  for (const link of all) {
    const note = link.tagName === 'a' ? targetOf(link) : undefined
    if (note && isCall(link) && !isBackMark(link)) calls.set(link, note)
  }
  const called = new Set(calls.values())
  const elements: HtmlElement[] = []
  const numbers = new Map<HtmlElement, number>()
  const isWhole = (container: HtmlElement) =>
    containers.get(container)?.every(note => called.has(note)) === true
  return {
    called(link) {
      const note = calls.get(link)
      if (!note) return undefined
      const number = numbers.get(note) ?? elements.push(note) - 1
      numbers.set(note, number)
      return number
    },
    isBacklink: isBackMark,
    isNote: element => called.has(element) || isWhole(element),
    elements,
  }
}

const isContainer = (element: HtmlElement): boolean =>
  hasClass(element, /^footnotes$/) ||
  attribute(element, 'id') === 'footnotes' ||
  attribute(element, 'role') === 'doc-endnotes'

const isLoneNote = (element: HtmlElement): boolean =>
  attribute(element, 'role') === 'doc-footnote' && attribute(element, 'id') !== undefined

/** A link whose words lead to a note as to any other place calls none. */
const isCall = (link: HtmlElement): boolean =>
  hasClass(link, /^footnote(?:-ref)?$/) ||
  attribute(link, 'role') === 'doc-noteref' ||
  (isElement(link.parentNode as HtmlNode) && (link.parentNode as HtmlElement).tagName === 'sup') ||
  /^\s*[[(]?[\d*†‡§]{1,4}[\])]?\s*$/.test(textBelow(link.childNodes))

const isBackMark = (link: HtmlElement): boolean =>
  hasClass(link, /^(?:footnote-backref|footnote-back|reversefootnote)$/) ||
  attribute(link, 'role') === 'doc-backlink' ||
  (attribute(link, 'href')?.startsWith('#fnref') === true &&
    !/[\p{L}\p{N}]/u.test(textBelow(link.childNodes)))

function fragmentOf(link: HtmlElement): string | undefined {
  const href = attribute(link, 'href')
  if (!href?.startsWith('#')) return undefined
  try {
    return decodeURIComponent(href.slice(1))
  } catch {
    return href.slice(1)
  }
}
