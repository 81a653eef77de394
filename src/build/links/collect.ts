import type { Diagnostic } from '../../core/types.ts'
import { destination, type Destination } from './destination.ts'
import { readReferences, styleReferences } from './references.ts'

/** A link that one page alone cannot vouch for, as its page has it. */
interface Doubt {
  readonly path: string
  readonly fragment: string
  /** Whether the page's own body has it, and not only its layout. */
  readonly own: boolean
}

/** The same among those of all pages. */
export interface Suspect extends Doubt {
  /** The source of the page or stylesheet, relative to the root. */
  readonly source: string
  /** The page's address. */
  readonly from: string
  /** Where in the source it stands, when that is known already. */
  readonly offset?: number
  readonly length?: number
}

/** What was found while pages were rendered. All of it can be cloned into another thread. */
export interface LinkFindings {
  readonly suspects: readonly Suspect[]
  /** Output path -> ids with `\0` between, of every page that was rendered. */
  readonly ids: readonly (readonly [path: string, ids: string])[]
  readonly external: readonly (readonly [url: string, source: string, from: string])[]
}

/** A rendered page, as links see it. */
export interface RenderedPage {
  readonly url: string
  readonly path: string
  readonly source: string
  readonly redirectTarget?: string | undefined
}

/** All links of one page, for a later build to which the page is what it was. */
export interface PageLinks {
  /** Every address, one a line. */
  readonly addresses: string
  /** Its ids, with `\0` between. */
  readonly ids: string
  readonly doubts: readonly Doubt[]
}

export interface LinkCollector {
  /** It is read when somebody asks, or when the next one comes. */
  page(page: RenderedPage, body: string, html: string): void
  /** What was found in the last page. */
  readonly last: PageLinks | undefined
  /**
   * Takes the links of a page from an earlier build, in which the site had other places or the same ones. False when one leads
   * nowhere that led somewhere then.
   */
  recall(page: RenderedPage, links: PageLinks, hasSamePlaces: boolean): boolean
  stylesheet(path: string, source: string, text: string): void
  findings(): LinkFindings
  /** Begins anew, and gives what there was to whoever wants to know. */
  take(): () => LinkFindings
}

/** What a site has, for who checks its links. */
export interface Places {
  readonly origin: string
  has(path: string): boolean
  /** Whether a link there needs a word: the page has moved. */
  isRedirect(path: string): boolean
  /** Addresses of this host that something else serves. */
  readonly elsewhere: readonly string[]
  readonly external: boolean
}

/** Addresses that are remembered: those of layouts come again on every page. */
const MOST_KNOWN = 1000

/** Reads the links of each page as it is rendered and forgets those that are plainly good. */
export function collectLinks(places: Places): LinkCollector {
  let found = emptyFindings()
  let unread: (() => PageLinks) | undefined
  let last: PageLinks | undefined
  const known = new Map<string, Destination | undefined>()

  const readLast = () => {
    if (unread) last = unread()
    unread = undefined
  }

  const destinationOf = (address: string, from: string) => {
    if (!address.startsWith('/')) return destination(address, from, places.origin)
    if (known.size >= MOST_KNOWN) known.clear()
    if (!known.has(address)) known.set(address, destination(address, from, places.origin))
    return known.get(address)
  }

  const internalOf = (address: string, page: RenderedPage, own: ReadonlySet<string>) => {
    const to = destinationOf(address, page.url)
    return to?.kind === 'internal' && !isGood(to, page.path, own, places) ? to : undefined
  }

  const record = (page: RenderedPage, links: PageLinks, into: Findings) => {
    into.ids.push([page.path, links.ids])
    for (const doubt of links.doubts) {
      const key = `${doubt.path}#${doubt.fragment}`
      if (!doubt.own && !page.redirectTarget && into.around.has(key)) continue
      if (!doubt.own) into.around.add(key)
      into.suspects.push({ source: page.source, from: page.url, ...doubt })
    }
  }

  const read = (page: RenderedPage, body: string, html: string, into: Findings) => {
    const references = readReferences(html)
    const addresses = [...references.addresses]
    if (page.redirectTarget !== undefined) addresses.push(page.redirectTarget)
    let own: ReadonlySet<string> | undefined
    const isOwn = (address: string) =>
      (address.includes('&') || body.includes(address)) &&
      (own ??= readReferences(body).addresses).has(address)
    for (const address of places.external ? addresses : []) {
      const to = destinationOf(address, page.url)
      if (to?.kind === 'external' && isOwn(address)) into.external.push([to.url, page.source, page.url])
    }
    const links = {
      // New strings: parts of the page’s HTML would keep all of it in memory.
      addresses: addresses.join('\n'),
      ids: [...references.ids].join('\0'),
      doubts: addresses.flatMap(address => {
        const to = internalOf(address, page, references.ids)
        return to ? [{ path: to.path, fragment: to.fragment, own: isOwn(address) }] : []
      }),
    }
    record(page, links, into)
    return links
  }

  return {
    get last() {
      readLast()
      return last
    },
    page(page, body, html) {
      readLast()
      last = undefined
      const into = found
      if (page.path.endsWith('.html')) unread = () => read(page, body, html, into)
    },
    recall(page, links, hasSamePlaces) {
      if (hasSamePlaces) {
        record(page, links, found)
        return true
      }
      const ids = new Set(links.ids.split('\0'))
      const wrong = links.addresses.split('\n').flatMap(address => internalOf(address, page, ids) ?? [])
      const known = wrong.flatMap(
        ({ path, fragment }) =>
          links.doubts.find(doubt => doubt.path === path && doubt.fragment === fragment) ?? [],
      )
      if (known.length < wrong.length) return false
      record(page, { ...links, doubts: known }, found)
      return true
    },
    stylesheet(path, source, text) {
      for (const [address, offset] of styleReferences(text)) {
        const to = destination(address, `/${path}`, places.origin)
        if (to?.kind !== 'internal' || isGood({ ...to, fragment: '' }, path, new Set(), places)) continue
        const { path: target } = to
        found.suspects.push({
          source,
          from: `/${path}`,
          path: target,
          fragment: '',
          own: true,
          offset,
          length: address.length,
        })
      }
    },
    findings() {
      readLast()
      const { suspects, ids, external } = found
      return { suspects, ids, external }
    },
    take() {
      const [taken, rest] = [found, unread]
      found = emptyFindings()
      unread = undefined
      return () => {
        rest?.()
        return taken
      }
    },
  }
}

/** What is being found. */
interface Findings {
  readonly suspects: Suspect[]
  readonly ids: [string, string][]
  readonly external: [string, string, string][]
  /** What layouts link to: to be asked about once is enough. */
  readonly around: Set<string>
}

const emptyFindings = (): Findings => ({ suspects: [], ids: [], external: [], around: new Set() })

type Internal = Extract<Destination, { kind: 'internal' }>

function isGood(
  { path, fragment }: Internal,
  from: string,
  own: ReadonlySet<string>,
  places: Places,
): boolean {
  if (places.elsewhere.some(prefix => `/${path}`.startsWith(prefix))) return true
  const there = existing(path, places)
  if (there === undefined || places.isRedirect(there)) return false
  if (fragment === '' || fragment === 'top') return true
  return there === from ? own.has(fragment) : !there.endsWith('.html')
}

/** `/about` finds `/about/`: hosts send a reader on. */
export const existing = (path: string, places: Pick<Places, 'has'>): string | undefined =>
  [path, `${path}/index.html`].find(each => places.has(each))

export const mergeFindings = (all: readonly LinkFindings[]): LinkFindings => ({
  suspects: all.flatMap(({ suspects }) => suspects),
  ids: all.flatMap(({ ids }) => ids),
  external: all.flatMap(({ external }) => external),
})

/** Where something stands in a source: what a diagnostic needs to point at it. */
export type At = Pick<Diagnostic, 'file' | 'span'>
