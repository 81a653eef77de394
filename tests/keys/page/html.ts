import type { DefaultTreeAdapterTypes } from 'parse5'

type Node = DefaultTreeAdapterTypes.Node
export type Element = DefaultTreeAdapterTypes.Element

/** All elements below a node, in their order. */
export const elementsOf = (node: Node): readonly Element[] =>
  'childNodes' in node
    ? node.childNodes.flatMap(child =>
        'tagName' in child ? [child, ...elementsOf(child)] : elementsOf(child),
      )
    : []

export const textOf = (node: Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''

export const attributeOf = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find(each => each.name === name)?.value
