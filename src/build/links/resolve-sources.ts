import { decodeAttribute, imageCandidates, readTags, type Attribute } from './references.ts'

/** Attributes whose addresses may name a source. */
const NAMES = ['href', 'src', 'srcset', 'imagesrcset', 'poster', 'data', 'xlink:href'] as const
const LOOKED_AT = new Set<string>(NAMES)

/** Whether any of them may have an address that is written from the page's own place; most pages have none. */
const RELATIVE = new RegExp(
  `\\s(?:${NAMES.join('|')})\\s*=\\s*["']?\\s*(?![a-z][a-z\\d+.-]*:|[/#?"'\\s])`,
  'i',
)

/** What HTML measures relative addresses by. */
const BASE = /<base\b/i

/**
 * The HTML with the addresses of its elements as Markdown's are: what `resolve` makes of one takes its place, and everything else stays
 * byte for byte.
 */
export function resolveSources(html: string, resolve: (address: string) => string): string {
  if (!RELATIVE.test(html) || BASE.test(html)) return html
  let from = 0
  const parts: string[] = []
  const look = (written: string, offset: number) => {
    const address = decodeAttribute(written)
    const resolved = resolve(address)
    if (resolved === address) return
    parts.push(html.slice(from, offset), escapeAttribute(resolved))
    from = offset + written.length
  }
  readTags(html, LOOKED_AT, (element, attributes) => {
    for (const attribute of attributes)
      for (const [written, offset] of addressesIn(element, attribute)) look(written, offset)
  })
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
