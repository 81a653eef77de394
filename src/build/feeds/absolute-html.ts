import { createRequire } from 'node:module'
import type * as Parse5 from 'parse5'
import type { DefaultTreeAdapterTypes } from 'parse5'
import { rewritePlain, type HtmlAttribute } from './plain-html.ts'

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
  const attributesOf = (written: readonly HtmlAttribute[]) => absoluteAttributes(written, base, prefix)
  return rewritePlain(html, attributesOf) ?? rewriteParsed(html, attributesOf)
}

/** The same of any HTML. To load the parser takes long. */
export function rewriteParsed(
  html: string,
  attributesOf: (attributes: readonly HtmlAttribute[]) => readonly HtmlAttribute[],
): string {
  const { parseFragment, serialize } = require('parse5') as typeof Parse5
  const fragment = parseFragment(html)
  walk(fragment, element => (element.attrs = [...attributesOf(element.attrs)]))
  return serialize(fragment).replaceAll('&nbsp;', '\u00A0')
}

function absoluteAttributes(
  written: readonly HtmlAttribute[],
  base: string,
  prefix: string,
): readonly HtmlAttribute[] {
  // What scrolls on the page, and has a name for that, is a plain block to a reader of feeds; validators frown upon these.
  const isPlain = !written.some(({ name }) => name === 'tabindex')
  return written.flatMap(attribute => {
    const { name, value } = attribute
    if (!isPlain && /^(?:tabindex|role|aria-label)$/.test(name)) return []
    if (ADDRESSES.has(name)) return { ...attribute, value: resolve(value, base) }
    if (name === 'srcset')
      return { ...attribute, value: value.replace(/[^\s,]\S*[^\s,]/g, each => candidate(each, base)) }
    if (name === 'id') return { ...attribute, value: `${prefix}-${value}` }
    if (REFERENCES.has(name)) return { ...attribute, value: value.replace(/\S+/g, id => `${prefix}-${id}`) }
    return attribute
  })
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
