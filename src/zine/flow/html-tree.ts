import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5'
import type { LocatedBody } from '../../build/render/bodies.ts'
import { lineSpan, position } from '../../core/source.ts'
import type { Span } from '../../core/types.ts'

export type HtmlNode = DefaultTreeAdapterTypes.ChildNode
export type HtmlElement = DefaultTreeAdapterTypes.Element
type ParentNode = DefaultTreeAdapterTypes.ParentNode

/** A body as a browser reads it, and where its nodes come from. */
export interface HtmlTree {
  /** Its elements are so deep within one another that some program must have failed; there are no nodes then. */
  readonly isTooDeep: boolean
  readonly nodes: readonly HtmlNode[]
  /** Of the element’s source: its own, or the first line of the block that has it. Undefined when nobody can tell. */
  spanOf(node: HtmlNode): Span | undefined
}

export function readHtml({ html, file, start, places, mark }: LocatedBody): HtmlTree {
  const root = parseFragment(html, { sourceCodeLocationInfo: places !== 'lines', scriptingEnabled: false })
  const lines = new WeakMap<HtmlNode, number>()
  if (isDeep(root)) return { isTooDeep: true, nodes: [], spanOf: () => undefined }
  if (places === 'lines') noteLines(root, mark, lines)
  const firstLine = position(file.text, start).line
  return {
    isTooDeep: false,
    nodes: root.childNodes,
    spanOf(node) {
      if (places === 'offsets') {
        const at = node.sourceCodeLocation
        return at
          ? [start + at.startOffset, start + at.startOffset + tagLength(html, at.startOffset)]
          : undefined
      }
      const line =
        places === 'lines of HTML' ? (node.sourceCodeLocation?.startLine ?? 0) - 1 : lines.get(node)
      return line === undefined || line < 0 ? undefined : lineSpan(file.text, firstLine + line)
    },
  }
}

/** Elements within one another; what reads them goes as deep. */
export const DEEPEST = 300

/** Without recursion, which has a bound of its own. */
function isDeep(root: ParentNode): boolean {
  const open = [{ node: root, depth: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, depth } = next
    if (depth > DEEPEST) return true
    for (const child of node.childNodes)
      if ('childNodes' in child) open.push({ node: child, depth: depth + 1 })
  }
  return false
}

/** Of a start tag, or of one character of text. */
const tagLength = (html: string, from: number) =>
  html[from] === '<' ? Math.max(1, html.indexOf('>', from) + 1 - from) : 1

/** Takes the comments away that say which line what follows is from, and remembers it. */
function noteLines(root: ParentNode, mark: string, lines: WeakMap<HtmlNode, number>): void {
  let line = 0
  const isMark = (node: HtmlNode) => {
    const comment = node.nodeName === '#comment' && 'data' in node ? node.data : ''
    if (!comment.startsWith(`${mark} `)) return false
    line = Number(comment.slice(mark.length + 1))
    return true
  }
  const walk = (parent: ParentNode) => {
    parent.childNodes = parent.childNodes.filter(node => {
      if (isMark(node)) return false
      lines.set(node, line)
      if ('childNodes' in node) walk(node)
      return true
    })
  }
  walk(root)
}

export const isElement = (node: HtmlNode): node is HtmlElement => 'tagName' in node

export const isText = (node: HtmlNode): node is DefaultTreeAdapterTypes.TextNode => node.nodeName === '#text'

export const attribute = ({ attrs }: HtmlElement, name: string): string | undefined =>
  attrs.find(each => each.name === name)?.value

export const hasClass = (element: HtmlElement, pattern: RegExp): boolean =>
  (attribute(element, 'class') ?? '').split(/\s+/).some(name => pattern.test(name))

/** All elements below, in the order of the document. */
export function* descendants(nodes: Iterable<HtmlNode>): Generator<HtmlElement> {
  for (const node of nodes) {
    if (!isElement(node)) continue
    yield node
    yield* descendants(node.childNodes)
  }
}

/** The text below, as it is written. */
export const textBelow = (nodes: readonly HtmlNode[]): string =>
  nodes.map(node => (isText(node) ? node.value : isElement(node) ? textBelow(node.childNodes) : '')).join('')
