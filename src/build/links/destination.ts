/** Where an address leads. */
export type Destination =
  | { readonly kind: 'external'; readonly url: string }
  | {
      readonly kind: 'internal'
      /** Relative to the output folder, decoded; of a folder, its index. */
      readonly path: string
      /** Decoded; '' when there is none. */
      readonly fragment: string
    }

/** Tells where an address leads from a page of the site; undefined for `mailto:` and the like. */
export function destination(address: string, page: string, origin: string): Destination | undefined {
  if (/^(?:https?:)?\/\//i.test(address)) {
    if (!isWithin(address, origin)) return { kind: 'external', url: address }
    return internal(address.slice(origin.length), page)
  }
  return /^[a-z][a-z\d+.-]*:/i.test(address) ? undefined : internal(address, page)
}

/** A site that has not said where it is has no address of its own. */
const NOWHERE = 'https://example.org'

const isWithin = (address: string, origin: string) =>
  origin !== NOWHERE && address.startsWith(origin) && /^(?:[/?#]|$)/.test(address.slice(origin.length))

function internal(address: string, page: string): Destination | undefined {
  const hash = address.indexOf('#')
  const fragment = hash < 0 ? '' : decode(address.slice(hash + 1).replace(/:~:.*$/s, ''))
  const bare = (hash < 0 ? address : address.slice(0, hash)).replace(/\?.*$/s, '')
  const plain = bare.startsWith('/') && !/\/\.|[\\\s]/.test(bare)
  const base = `http://site.invalid${page}`
  if (!plain && !URL.canParse(bare, base)) return undefined
  const path = decode(plain ? bare : new URL(bare, base).pathname).slice(1)
  return { kind: 'internal', path: path === '' || path.endsWith('/') ? `${path}index.html` : path, fragment }
}

const decode = (text: string) => {
  try {
    return decodeURIComponent(text).normalize('NFC')
  } catch {
    return text
  }
}
