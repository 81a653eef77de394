import { playing, silent } from './elements.ts'
import type { HtmlElement } from './html-tree.ts'
import type { Reader } from './reader.ts'

/** Reports an element that nobody can print. */
export function reportForeign(element: HtmlElement, reader: Reader): void {
  const { tagName: tag } = element
  const isLost = silent.has(tag) || playing.has(tag)
  const hint = isLost
    ? 'say in words what is there, or leave the post out'
    : 'what is in it is printed all the same; take the tag out, or leave the post out'
  reader.report('zine/unprintable', `<${tag}> cannot be printed`, hint, element)
}
