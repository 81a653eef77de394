import { decodeHTMLAttribute } from 'entities/decode'

/** What a page's HTML points at, and what in it can be pointed at. */
export interface References {
  /** As the HTML has them, entities decoded, each once. */
  readonly addresses: ReadonlySet<string>
  readonly ids: ReadonlySet<string>
}

/**
 * A comment, an element whose content is text, or a tag. Reading these alone is nine times as fast as a parser, and
 * what HTML forgives beyond them has no links in it.
 */
const TAG =
  /<!--[^]*?-->|<(script|style|textarea|title)\b((?:[^>"']|"[^"]*"|'[^']*')*)>[^]*?<\/\1\s*>|<([a-z][a-z\d-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi

const ATTRIBUTE =
  /\s(href|src|srcset|imagesrcset|poster|data|id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))/gi

export function readReferences(html: string): References {
  const found = { addresses: new Set<string>(), ids: new Set<string>() }
  TAG.lastIndex = 0
  for (let tag = TAG.exec(html); tag; tag = TAG.exec(html)) {
    const attributes = tag[2] ?? tag[4]
    if (attributes) readAttributes(tag[1] ?? tag[3], attributes, found)
  }
  return found
}

function readAttributes(
  element = '',
  attributes: string,
  { addresses, ids }: { readonly addresses: Set<string>; readonly ids: Set<string> },
): void {
  ATTRIBUTE.lastIndex = 0
  for (let match = ATTRIBUTE.exec(attributes); match; match = ATTRIBUTE.exec(attributes)) {
    const [, attribute = '', double, single, bare] = match
    const written = double ?? single ?? bare ?? ''
    const value = written.includes('&') ? decodeHTMLAttribute(written) : written
    const kind = attribute.toLowerCase()
    if (kind === 'id') ids.add(value)
    else if (kind === 'name') {
      if (element.toLowerCase() === 'a') ids.add(value)
    } else if (kind.endsWith('srcset')) for (const each of imageCandidates(value)) addresses.add(each)
    else if (kind !== 'data' || element.toLowerCase() === 'object') addresses.add(value.trim())
  }
}

/** The addresses of `srcset="a.png 1x, b.png 2x"`. */
export const imageCandidates = (srcset: string): readonly string[] =>
  srcset.split(/,\s+|,$/).flatMap(each => each.trim().split(/\s+/)[0] || [])

/** `url(…)` and `@import "…"` of a stylesheet, with the offset of each; comments are passed over. */
export function styleReferences(css: string): readonly (readonly [address: string, offset: number])[] {
  const bare = css.replace(/\/\*[^]*?\*\//g, comment => ' '.repeat(comment.length))
  const pattern = /(?:url\(\s*|@import\s+)(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"')]+))/dg
  return [...bare.matchAll(pattern)].flatMap(match => {
    const group = [1, 2, 3].find(each => match[each] !== undefined)
    const at = group && match.indices?.[group]?.[0]
    return group === undefined || at === undefined || match[group] === 'url('
      ? []
      : [[match[group] ?? '', at] as const]
  })
}
