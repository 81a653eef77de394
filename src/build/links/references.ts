import { decodeHTMLAttribute } from 'entities/decode'
import { commentClose, tagEnds } from '../../core/text/enclosed.ts'

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
const TAG = /<!--|<(?:(script|style|textarea|title)(?![\w-])|([a-z][a-z\d-]*))/gi

const textClose = new Map(
  ['script', 'style', 'textarea', 'title'].map(name => [name, new RegExp(`</${name}\\s*>`, 'gi')]),
)

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
  const ends = tagEnds(html)
  const missing = new Set<RegExp>([])
  /** Where something ends that is closed so; -1 when nothing is any more, which is looked for once. */
  const closed = (closes: RegExp, from: number): RegExpExecArray | undefined => {
    closes.lastIndex = from
    const found = missing.has(closes) ? null : closes.exec(html)
    if (!found) missing.add(closes)
    return found ?? undefined
  }
  TAG.lastIndex = 0
  for (let tag = TAG.exec(html); tag; tag = TAG.exec(html)) {
    const start = TAG.lastIndex
    const element = (tag[1] ?? tag[2])?.toLowerCase()
    if (element === undefined) {
      const comment = closed(commentClose, start)
      if (comment) TAG.lastIndex = comment.index + comment[0].length
      continue
    }
    const end = ends(start)
    if (end < 0) continue
    TAG.lastIndex = end
    const closes = textClose.get(element)
    const close = closes && closed(closes, end)
    if (close) TAG.lastIndex = close.index + close[0].length
    const content = close && html.slice(end, close.index)
    const text = html.slice(start, end - 1)
    if (text !== '' || close) {
      const attributes = attributesOf(text, start, names)
      if (attributes.length > 0 || close) visit(element, attributes, content)
    }
    if (visitStyle && content !== undefined && element === 'style') visitStyle(content, end)
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
export function imageCandidates(srcset: string): readonly (readonly [address: string, offset: number])[] {
  const found: [string, number][] = []
  const address = /[^\s,]\S*/g
  for (let each = address.exec(srcset); each; each = address.exec(srcset)) {
    const bare = each[0].replace(/(?<!,),+$/, '')
    found.push([bare, each.index])
    if (bare === each[0]) address.lastIndex = descriptorsEnd(srcset, address.lastIndex)
  }
  return found
}

/** A comma in brackets ends no descriptor. */
function descriptorsEnd(srcset: string, from: number): number {
  const sign = /[,()]/g
  sign.lastIndex = from
  let isInBrackets = false
  for (let found = sign.exec(srcset); found; found = sign.exec(srcset)) {
    if (found[0] === ',' && !isInBrackets) return sign.lastIndex
    isInBrackets = found[0] === '(' || (isInBrackets && found[0] !== ')')
  }
  return srcset.length
}

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
