import type { Diagnostic } from '../model.ts'
import { destination, type Destination } from './place.ts'
import { readReferences, styleReferences } from './references.ts'

/** A link that one page alone cannot vouch for. */
export interface Suspect {
  /** The source of the page or stylesheet, relative to the root. */
  readonly source: string
  /** The page's address. */
  readonly from: string
  readonly path: string
  readonly fragment: string
  /** Whether the page's own body has it, and not only its layout. */
  readonly own: boolean
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

export interface LinkCollector {
  page(page: RenderedPage, body: string, html: string): void
  stylesheet(path: string, source: string, text: string): void
  findings(): LinkFindings
  /** Begins anew: what was found goes to whoever has asked for it. */
  forget(): void
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
  let suspects: Suspect[] = []
  let ids: [string, string][] = []
  let external: [string, string, string][] = []
  const known = new Map<string, Destination | undefined>()
  /** What layouts link to: to be asked about once is enough. */
  const around = new Set<string>()

  const destinationOf = (address: string, from: string) => {
    if (!address.startsWith('/')) return destination(address, from, places.origin)
    if (known.size >= MOST_KNOWN) known.clear()
    if (!known.has(address)) known.set(address, destination(address, from, places.origin))
    return known.get(address)
  }

  return {
    page(page, body, html) {
      if (!page.path.endsWith('.html')) return
      const found = readReferences(html)
      // One new string: parts of the page’s HTML would keep all of it in memory.
      ids.push([page.path, [...found.ids].join('\0')])
      let own: ReadonlySet<string> | undefined
      const isOwn = (address: string) =>
        (address.includes('&') || body.includes(address)) &&
        (own ??= readReferences(body).addresses).has(address)
      const examine = (address: string) => {
        const to = destinationOf(address, page.url)
        if (to?.kind === 'external' && places.external && isOwn(address))
          external.push([to.url, page.source, page.url])
        if (to?.kind !== 'internal' || isGood(to, page.path, found.ids, places)) return
        const { path, fragment } = to
        const suspect = { source: page.source, from: page.url, path, fragment, own: isOwn(address) }
        const key = `${path}#${fragment}`
        if (!suspect.own && !page.redirectTarget && around.has(key)) return
        if (!suspect.own) around.add(key)
        suspects.push(suspect)
      }
      for (const address of found.addresses) examine(address)
      if (page.redirectTarget !== undefined) examine(page.redirectTarget)
    },
    stylesheet(path, source, text) {
      for (const [address, offset] of styleReferences(text)) {
        const to = destination(address, `/${path}`, places.origin)
        if (to?.kind !== 'internal' || isGood({ ...to, fragment: '' }, path, new Set(), places)) continue
        const { path: target } = to
        suspects.push({
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
    findings: () => ({ suspects, ids, external }),
    forget() {
      suspects = []
      ids = []
      external = []
      around.clear()
    },
  }
}

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
