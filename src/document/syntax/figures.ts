import type { Token } from 'markdown-it'

/** The image of a figure, given what a paragraph holds: an image alone, or alone in a link. Its title, which it has, is the caption. */
export function figureImage(children: readonly Token[]): Token | undefined {
  const isLinked = children.length === 3 && children[0]?.type === 'link_open'
  const image = children.length === 1 ? children[0] : isLinked ? children[1] : undefined
  return image?.type === 'image' && image.attrGet('title') !== null ? image : undefined
}
