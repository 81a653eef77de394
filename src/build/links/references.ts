import { decodeHTMLAttribute } from 'entities/decode'

/** What a page's HTML points at, and what in it can be pointed at. */
export interface References {
  /** As the HTML has them, entities decoded, each once. */
  readonly addresses: ReadonlySet<string>
  readonly ids: ReadonlySet<string>
}

/** An attribute as it stands in HTML. */
export interface Attribute {
  /** In lower case. */
  readonly name: string
  /** Without quotes, entities as they are written. */
  readonly written: string
  /** Where `written` begins. */
  readonly offset: number
}

/**
 * A comment, an element whose content is text, or a tag. Reading these alone is nine times as fast as a parser, and
 * what HTML forgives beyond them has no links in it.
 */
const TAG =
  /<!--[^]*?-->|<(script|style|textarea|title)\b((?:[^>"']|"[^"]*"|'[^']*')*)>([^]*?)<\/\1\s*>|<([a-z][a-z\d-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi

/** Attributes are matched one after the other, so that the value of one is never read as another. */
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?/g

/**
 * Calls `visit` for each tag of the HTML that has attributes of these names, with the element’s name in lower case, and for each element
 * whose content is text, with that; and `visitStyle` for the content of each `<style>`.
 */
export function readTags(
  html: string,
  names: Pick<ReadonlySet<string>, 'has'>,
  visit: (element: string, attributes: readonly Attribute[], content?: string) => void,
  visitStyle?: (css: string, offset: number) => void,
): void {
  TAG.lastIndex = 0
  for (let tag = TAG.exec(html); tag; tag = TAG.exec(html)) {
    const element = tag[1] ?? tag[4]
    if (element === undefined) continue
    const text = tag[2] ?? tag[5] ?? ''
    const start = tag.index + 1 + element.length
    if (text !== '' || tag[3] !== undefined) {
      const attributes = attributesOf(text, start, names)
      if (attributes.length > 0 || tag[3] !== undefined) visit(element.toLowerCase(), attributes, tag[3])
    }
    if (visitStyle && tag[3] !== undefined && element.toLowerCase() === 'style')
      visitStyle(tag[3], start + text.length + 1)
  }
}

function attributesOf(
  text: string,
  start: number,
  names: Pick<ReadonlySet<string>, 'has'>,
): readonly Attribute[] {
  const found: Attribute[] = []
  ATTRIBUTE.lastIndex = 0
  for (let match = ATTRIBUTE.exec(text); match; match = ATTRIBUTE.exec(text)) {
    const [whole, attribute = '', double, single, bare] = match
    const name = attribute.toLowerCase()
    const written = double ?? single ?? bare
    if (written === undefined || !names.has(name)) continue
    const end = start + match.index + whole.length - (bare === undefined ? 1 : 0)
    found.push({ name, written, offset: end - written.length })
  }
  return found
}

export const decodeAttribute = (written: string): string =>
  written.includes('&') ? decodeHTMLAttribute(written) : written

const REFERRING = new Set(['href', 'src', 'srcset', 'imagesrcset', 'poster', 'data', 'id', 'name'])

export function readReferences(html: string): References {
  const addresses = new Set<string>()
  const ids = new Set<string>()
  readTags(html, REFERRING, (element, attributes) => {
    for (const { name, written } of attributes) {
      const value = decodeAttribute(written)
      if (name === 'id') ids.add(value)
      else if (name === 'name') {
        if (element === 'a') ids.add(value)
      } else if (name.endsWith('srcset'))
        for (const [address] of imageCandidates(value)) addresses.add(address)
      else if (name !== 'data' || element === 'object') addresses.add(value.trim())
    }
  })
  return { addresses, ids }
}

/**
 * The addresses of `srcset="a.png 1x, b.png 2x"`, each with its offset: what HTML calls “parse a srcset attribute”. A comma ends an address
 * only with a blank behind it, and a descriptor always.
 */
export const imageCandidates = (srcset: string): readonly (readonly [address: string, offset: number])[] =>
  [...srcset.matchAll(/([^\s,]\S*?)(?:,+(?=\s|$)|\s+(?:\([^)]*\)|[^,(])*(?:,|$)|$)/g)].map(
    ({ 1: address = '', index }) => [address, index] as const,
  )

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
