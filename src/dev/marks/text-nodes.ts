import { parse, type DefaultTreeAdapterTypes } from 'parse5'

type TreeNode = DefaultTreeAdapterTypes.ChildNode

/** A text node of a page as a browser makes it. */
export interface TextNode {
  readonly data: string
  /** Whether a reader may see it: it is in the body, and neither script nor style. */
  readonly isShown: boolean
}

/** The text nodes of a document in their order, as a browser that runs scripts has them before any has run; none of templates. */
export function textNodes(html: string): readonly TextNode[] {
  const found: TextNode[] = []
  const visit = (nodes: readonly TreeNode[], isShown: boolean): void => {
    for (const node of nodes) {
      if ('value' in node && node.nodeName === '#text') found.push({ data: node.value, isShown })
      else if ('childNodes' in node) visit(node.childNodes, shows(node.nodeName, isShown))
    }
  }
  visit(parse(html).childNodes, false)
  return found
}

const shows = (name: string, above: boolean) => (name === 'body' || above) && !UNSEEN.has(name)

const UNSEEN = new Set(['script', 'style', 'noscript', 'textarea', 'title', 'template', 'iframe', 'noembed'])
