import { append } from '../../core/lists/long-lists.ts'
import { isRootRelative } from '../../config/base-path.ts'
import { decodeAttribute, imageCandidates, styleReferences } from './references.ts'
import { readTags, type Attribute } from './tags.ts'

/**
 * The HTML with the base path put before every address that begins at the root, in attributes, in `<style>` and in `style`; everything
 * else of it stays byte for byte. Scripts are not read: there, templates call `withBase`.
 */
export function rebaseHtml(html: string, base: string): string {
  if (base === '') return html
  const places: number[] = []
  for (const { element, attributes, end, content } of readTags(html, LOOKED_AT)) {
    for (const attribute of attributes) append(places, rootAddresses(element, attribute, attributes))
    if (element === 'style' && content !== undefined)
      append(
        places,
        rootAddressesOfStyle(content).map(at => end + at),
      )
  }
  return insertAt(html, places, base)
}

/** The same for a stylesheet. */
export const rebaseCss = (css: string, base: string): string =>
  base === '' ? css : insertAt(css, rootAddressesOfStyle(css), base)

/** Attributes that hold one address, https://html.spec.whatwg.org/multipage/indices.html#attributes-3, and those that SVG and old pages add. */
const ADDRESSES = new Set(
  'href src poster data action formaction cite manifest longdesc background xlink:href icon'.split(' '),
)

const LOOKED_AT = new Set([
  ...ADDRESSES,
  'srcset',
  'imagesrcset',
  'style',
  'content',
  'name',
  'property',
  'http-equiv',
])

/** Metadata whose content is an address; that of others may begin with a slash and be none. */
const META =
  /^(?:og:(?:image|url|audio|video)(?::(?:url|secure_url))?|twitter:(?:image|player)|msapplication-\w+)$/i

function rootAddresses(
  element: string,
  { name, written, offset }: Attribute,
  attributes: readonly Attribute[],
): readonly number[] {
  if (name === 'style')
    return [...written.matchAll(STYLE_ADDRESS)].map(({ 0: { length }, index }) => offset + index + length)
  if (name.endsWith('srcset'))
    return imageCandidates(written).flatMap(([address, at]) =>
      isRootRelative(decodeAttribute(address)) ? [offset + at] : [],
    )
  if (name === 'content') {
    const at = element === 'meta' ? addressInContent(written, attributes) : undefined
    return at === undefined || !isRootRelative(decodeAttribute(written.slice(at))) ? [] : [offset + at]
  }
  if (!ADDRESSES.has(name) || (name === 'data' && element !== 'object')) return []
  const blanks = written.length - written.trimStart().length
  return isRootRelative(decodeAttribute(written.slice(blanks))) ? [offset + blanks] : []
}

/** In an attribute, quotes inside `url()` may be entities. */
const STYLE_ADDRESS = /url\(\s*(?:&quot;|&#39;|&apos;|["'])?(?=\/(?![/\\]))/gi

/** Where in the content of `<meta>` its address begins, if it has one. */
function addressInContent(content: string, attributes: readonly Attribute[]): number | undefined {
  const valueOf = (wanted: string) => attributes.find(({ name }) => name === wanted)?.written ?? ''
  if (/^refresh$/i.test(valueOf('http-equiv')))
    return /^\s*[\d.]*\s*[;,]?\s*(?:url\s*=\s*)?["']?/i.exec(content)?.[0].length
  return META.test(valueOf('property') || valueOf('name')) ? 0 : undefined
}

const rootAddressesOfStyle = (css: string): readonly number[] =>
  styleReferences(css).flatMap(([address, at]) => (isRootRelative(address) ? [at] : []))

function insertAt(text: string, places: readonly number[], inserted: string): string {
  let from = 0
  const parts: string[] = []
  for (const at of places) {
    parts.push(text.slice(from, at))
    from = at
  }
  return [...parts, text.slice(from)].join(inserted)
}
