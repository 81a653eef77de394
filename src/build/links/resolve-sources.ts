import { largest } from '../../core/lists/long-lists.ts'
import { decodeAttribute, imageCandidates } from './references.ts'
import { readTags, type Attribute } from './tags.ts'

/** Attributes whose addresses may name a source. */
const NAMES = ['href', 'src', 'srcset', 'imagesrcset', 'poster', 'data', 'xlink:href'] as const
const LOOKED_AT = new Set<string>(NAMES)

/** One of them with an address that is written from the page's own place. */
const RELATIVE = new RegExp(
  `\\s(?:${NAMES.join('|')})\\s*=\\s*["']?\\s*(?![a-z][a-z\\d+.-]*:|[/#?"'\\s])`,
  'iy',
)

const LONGEST = largest(NAMES.map(({ length }) => length))

/** Whether any address of a text is; most pages have none. Looked for from each `=`, of which a text has few. */
export function hasRelative(html: string): boolean {
  for (let equals = html.indexOf('='); equals >= 0; equals = html.indexOf('=', equals + 1)) {
    let end = equals
    while (isBlank(html.charCodeAt(end - 1))) end--
    if (!ENDINGS.has(html.charCodeAt(end - 1))) continue
    let start = end
    while (start > 0 && end - start <= LONGEST && !isBlank(html.charCodeAt(start - 1))) start--
    RELATIVE.lastIndex = start - 1
    if (start > 0 && RELATIVE.test(html)) return true
  }
  return false
}

const ENDINGS = new Set(
  NAMES.flatMap(name => [name.slice(-1), name.slice(-1).toUpperCase()].map(last => last.charCodeAt(0))),
)

/** As `\s` has them: an expression of its own is asked about those beyond ASCII. */
const isBlank = (code: number) =>
  code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x80 && /\s/.test(String.fromCharCode(code)))

/** What HTML measures relative addresses by. */
const BASE = /<base\b/i

/**
 * The HTML with the addresses of its elements as Markdown's are: what `resolve` makes of one takes its place, and everything else stays
 * byte for byte.
 */
export function resolveSources(html: string, resolve: (address: string) => string): string {
  if (!hasRelative(html) || BASE.test(html)) return html
  let from = 0
  const parts: string[] = []
  const look = (written: string, offset: number) => {
    const address = decodeAttribute(written)
    const resolved = resolve(address)
    if (resolved === address) return
    parts.push(html.slice(from, offset), escapeAttribute(resolved))
    from = offset + written.length
  }
  for (const { element, attributes } of readTags(html, LOOKED_AT))
    for (const attribute of attributes)
      for (const [written, offset] of addressesIn(element, attribute)) look(written, offset)
  return [...parts, html.slice(from)].join('')
}

function addressesIn(
  element: string,
  { name, written, offset }: Attribute,
): readonly (readonly [written: string, offset: number])[] {
  if (name.endsWith('srcset'))
    return imageCandidates(written).map(([address, at]) => [address, offset + at] as const)
  if (name === 'data' && element !== 'object') return []
  const bare = written.trim()
  return [[bare, offset + written.indexOf(bare)]]
}

const escapeAttribute = (text: string) =>
  text.replace(/[&"'<>]/g, c => ({ '&': '&amp;', '"': '&quot;', "'": '&#39;', '<': '&lt;' })[c] ?? '&gt;')
