import { createRequire } from 'node:module'
import type * as Parse5 from 'parse5'
import type { DefaultTreeAdapterTypes } from 'parse5'

const require = createRequire(import.meta.url)

const ADDRESSES = new Set(['href', 'src', 'poster', 'cite', 'data'])

/** Attributes that name ids of the same page, several of them with spaces between. */
const REFERENCES = new Set([
  'for',
  'headers',
  'aria-labelledby',
  'aria-describedby',
  'aria-details',
  'aria-controls',
])

/**
 * HTML that can be read away from its page: every address absolute, links within the page to the page, every id
 * with `prefix` before it, no scripts.
 */
export function absoluteHtml(html: string, base: string, prefix: string): string {
  // Only feeds need it, and it takes long to load.
  const { parseFragment, serialize } = require('parse5') as typeof Parse5
  const fragment = parseFragment(html)
  walk(fragment, element => {
    // What scrolls on the page, and has a name for that, is a plain block to a reader of feeds; validators frown upon these.
    if (element.attrs.some(({ name }) => name === 'tabindex'))
      element.attrs = element.attrs.filter(({ name }) => !/^(?:tabindex|role|aria-label)$/.test(name))
    for (const attribute of element.attrs) {
      const { name, value } = attribute
      if (ADDRESSES.has(name)) attribute.value = resolve(value, base)
      else if (name === 'srcset')
        attribute.value = value.replace(/[^\s,]\S*[^\s,]/g, each => candidate(each, base))
      else if (name === 'id') attribute.value = `${prefix}-${value}`
      else if (REFERENCES.has(name)) attribute.value = value.replace(/\S+/g, id => `${prefix}-${id}`)
    }
  })
  return serialize(fragment).replaceAll('&nbsp;', '\u00A0')
}

function walk(
  parent: DefaultTreeAdapterTypes.ParentNode,
  visit: (element: DefaultTreeAdapterTypes.Element) => void,
) {
  // Readers of feeds choose no pictures: they get the one that all can show.
  parent.childNodes = parent.childNodes
    .flatMap(child =>
      child.nodeName === 'picture' && 'childNodes' in child
        ? child.childNodes.filter(({ nodeName }) => nodeName !== 'source')
        : [child],
    )
    .filter(({ nodeName }) => nodeName !== 'script')
  for (const child of parent.childNodes) {
    if (!('attrs' in child)) continue
    visit(child)
    walk('content' in child ? child.content : child, visit)
  }
}

const resolve = (address: string, base: string) =>
  URL.canParse(address, base) ? new URL(address, base).href : address

/** In `srcset`, `2x` and `640w` stand between the addresses. */
const candidate = (word: string, base: string) => (/^[\d.]+[xwh]$/.test(word) ? word : resolve(word, base))
