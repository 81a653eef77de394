import { decodeHTMLAttribute } from 'entities'

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
  const addresses = new Set<string>()
  const ids = new Set<string>()
  for (const [, raw, rawAttributes, name = raw, attributes = rawAttributes] of html.matchAll(TAG)) {
    if (!attributes?.includes('=')) continue
    for (const [, attribute = '', double, single, bare] of attributes.matchAll(ATTRIBUTE)) {
      const written = double ?? single ?? bare ?? ''
      const value = written.includes('&') ? decodeHTMLAttribute(written) : written
      const kind = attribute.toLowerCase()
      if (kind === 'id') ids.add(value)
      else if (kind === 'name') {
        if (name?.toLowerCase() === 'a') ids.add(value)
      } else if (kind.endsWith('srcset')) for (const each of imageCandidates(value)) addresses.add(each)
      else if (kind !== 'data' || name?.toLowerCase() === 'object') addresses.add(value.trim())
    }
  }
  return { addresses, ids }
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
