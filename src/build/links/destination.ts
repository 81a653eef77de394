import { basePath, isRootRelative } from '../../config/base-path.ts'

/** Where an address leads; its texts may be parts of that address. */
export type Destination =
  | { readonly kind: 'external'; readonly url: string }
  | {
      readonly kind: 'internal'
      /** Relative to the output folder, decoded; of a folder, its index. */
      readonly path: string
      /** Decoded; '' when there is none. */
      readonly fragment: string
    }

/** Where an address leads from a page of the site; undefined for `mailto:` and other schemes without a path. */
export function destination(address: string, page: string, origin: string): Destination | undefined {
  if (/^(?:https?:)?\/\//i.test(address)) {
    if (!isWithin(address, origin)) return { kind: 'external', url: address }
    return internal(address.slice(origin.length), '/', origin)
  }
  return /^[a-z][a-z\d+.-]*:/i.test(address) ? undefined : internal(address, page, origin)
}

/** A site without `site.url` has no address of its own. */
const NOWHERE = 'https://example.org'

const isWithin = (address: string, origin: string) =>
  origin !== NOWHERE && address.startsWith(origin) && /^(?:[/?#]|$)/.test(address.slice(origin.length))

/** `..` may lead out of a site that is not all of its host. */
function internal(address: string, page: string, origin: string): Destination | undefined {
  const hash = address.indexOf('#')
  const fragment = hash < 0 ? '' : decode(address.slice(hash + 1).replace(/:~:.*$/s, ''))
  const bare = (hash < 0 ? address : address.slice(0, hash)).replace(/\?.*$/s, '')
  const plain = bare.startsWith('/') && !/\/\.|[\\\s]/.test(bare)
  if (plain) return place(bare, fragment)
  if (bare === '' && PLAIN_PAGE.test(page)) return place(page, fragment)
  const above = origin === NOWHERE ? '' : basePath(origin)
  const from = `http://site.invalid${above}${page}`
  if (!URL.canParse(bare, from)) return undefined
  const { pathname } = new URL(isRootRelative(bare) ? above + bare : bare, from)
  if (!`${pathname}/`.startsWith(`${above}/`))
    return { kind: 'external', url: new URL(pathname, origin).href }
  return place(pathname.slice(above.length) || '/', fragment)
}

/** An address that taking it apart leaves as it is. */
const PLAIN_PAGE = /^\/(?:[\w-][\w.-]*(?:\/|$))*$/

function place(pathname: string, fragment: string): Destination {
  const path = decode(pathname).slice(1)
  return { kind: 'internal', path: path === '' || path.endsWith('/') ? `${path}index.html` : path, fragment }
}

/** In which nothing is written by its number, and that has one Unicode form. */
const PLAIN = /^[ -$&-~]*$/

const decode = (text: string) => {
  if (PLAIN.test(text)) return text
  try {
    return decodeURIComponent(text).normalize('NFC')
  } catch {
    return text
  }
}
