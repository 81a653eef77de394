import { detached } from '../../core/text/detached.ts'
import { destination, type Destination } from './destination.ts'
import type { LinkFindings, LocatedLink, LocatedViolation, TakenLinks, UnresolvedLink } from './findings.ts'
import { readReferences, styleReferences } from './references.ts'
import type { PolicyCheck, Violation } from '../policy/violations.ts'

/** A rendered page, as links see it. */
export interface RenderedPage {
  readonly url: string
  readonly path: string
  readonly source: string
  readonly redirectTarget?: string | undefined
  /** `Places.elsewhere`, for this page alone. */
  readonly elsewhere?: readonly string[] | undefined
}

/**
 * Who wrote the links of a page. Links of other people's feeds are absolute, and those of them that lead into this site are not checked:
 * its author cannot mend them.
 */
export type Authors = 'own' | 'own and feeds'

/** All links of one page, for a later build in which the page is what it was. */
export interface PageLinks {
  /** Every address, one a line. */
  readonly addresses: string
  /** Its ids, with `\0` between. */
  readonly ids: string
  readonly unresolved: readonly UnresolvedLink[]
  readonly violations: readonly Violation[]
}

export interface LinkCollector {
  /** The links are read when the findings are asked for, or when the next page comes. */
  page(page: RenderedPage, body: string, html: string, whose?: Authors): void
  /** The links of the last page. */
  readonly lastLinks: PageLinks | undefined
  /**
   * Takes the links of a page from an earlier build, in which the site had the same paths or others, and gives them as they are now,
   * for the next one. Undefined when one is broken that was not broken then.
   */
  restore(page: RenderedPage, links: PageLinks, hasSamePlaces: boolean): PageLinks | undefined
  stylesheet(path: string, source: string, text: string): void
  findings(): LinkFindings
  /** Begins anew, and gives what it has so far. */
  reset(): TakenLinks
}

/** The paths that links can lead to. */
export interface Places {
  readonly origin: string
  has(path: string): boolean
  /** Whether the page there is a redirect; a link to one is a warning. */
  isRedirect(path: string): boolean
  /** Addresses of this host that something else serves. */
  readonly elsewhere: readonly string[]
  readonly external: boolean
  readonly policy: PolicyCheck
}

/** Addresses whose destinations are kept: those of layouts come again on every page. */
const MOST_KNOWN = 1000

/** Reads the links of each page as it is rendered and keeps those that are not plainly good. */
export function collectLinks(places: Places): LinkCollector {
  let collected = emptyFindings()
  let unread: { readonly url: string; readonly html: string; read(): PageLinks } | undefined
  let last: PageLinks | undefined
  const known = new Map<string, Destination | undefined>()

  const readLast = () => {
    if (unread) last = unread.read()
    unread = undefined
  }

  const destinationOf = (address: string, from: string) => {
    if (!address.startsWith('/')) return destination(address, from, places.origin)
    if (known.size >= MOST_KNOWN) known.clear()
    let to = known.get(address)
    if (!to && !known.has(address)) {
      const kept = detached(address)
      known.set(kept, (to = destination(kept, from, places.origin)))
    }
    return to
  }

  const isFine = (to: Internal, page: RenderedPage, own: ReadonlySet<string>) =>
    page.elsewhere?.some(prefix => `/${to.path}`.startsWith(prefix)) === true ||
    isGood(to, page.path, own, places)

  const record = (page: RenderedPage, links: PageLinks, into: CollectedLinks) => {
    into.ids.push([page.path, links.ids])
    for (const each of links.violations) into.violations.push({ ...each, page: page.source })
    for (const link of links.unresolved) {
      const key = `${link.path}#${link.fragment}`
      const located = { source: page.source, from: page.url, ...link }
      const known = link.own || page.redirectTarget ? undefined : into.around.get(key)
      if (known === undefined) {
        if (!link.own && !page.redirectTarget) into.around.set(key, into.unresolved.length)
        into.unresolved.push(located)
      } else if (page.source < into.unresolved[known]!.source) into.unresolved[known] = located
    }
  }

  const read = (page: RenderedPage, body: string, html: string, whose: Authors, into: CollectedLinks) => {
    const policy = places.policy.page(page.url)
    const references = readReferences(html, policy)
    const isChecked = (address: string) =>
      !/^https?:/i.test(address) || destinationOf(address, page.url)?.kind !== 'internal'
    const all = [...references.addresses]
    const addresses = whose === 'own' ? all : all.filter(isChecked)
    if (page.redirectTarget !== undefined) addresses.push(page.redirectTarget)
    let own: ReadonlySet<string> | undefined
    const isOwn = (address: string) =>
      (address.includes('&') || body.includes(address)) &&
      (own ??= readReferences(body).addresses).has(address)
    const unresolved: UnresolvedLink[] = []
    for (const address of addresses) {
      const to = destinationOf(address, page.url)
      if (to?.kind === 'external') {
        if (places.external && isOwn(address)) into.external.push([detached(to.url), page.source, page.url])
      } else if (to && !isFine(to, page, references.ids))
        unresolved.push({ path: detached(to.path), fragment: detached(to.fragment), own: isOwn(address) })
    }
    const links = {
      addresses: joined(addresses, '\n'),
      ids: joined([...references.ids], '\0'),
      unresolved,
      violations: policy?.found() ?? [],
    }
    record(page, links, into)
    return links
  }

  return {
    get lastLinks() {
      readLast()
      return last
    },
    page(page, body, html, whose = 'own') {
      readLast()
      last = undefined
      const into = collected
      const { url, path, source, redirectTarget, elsewhere } = page
      // Pages have as many shapes as they have fields; what is read of them over and over has one.
      const seen = { url, path, source, redirectTarget, elsewhere }
      if (path.endsWith('.html') || redirectTarget !== undefined)
        unread = { url, html, read: () => read(seen, body, html, whose, into) }
    },
    restore(page, links, hasSamePlaces) {
      if (hasSamePlaces) {
        record(page, links, collected)
        return links
      }
      const ids = new Set(links.ids.split('\0'))
      const wrong = links.addresses.split('\n').flatMap(address => {
        const to = destinationOf(address, page.url)
        return to?.kind !== 'internal' || isFine(to, page, ids) ? [] : to
      })
      const known = wrong.flatMap(
        ({ path, fragment }) =>
          links.unresolved.find(link => link.path === path && link.fragment === fragment) ?? [],
      )
      if (known.length < wrong.length) return undefined
      const { addresses, ids: own, unresolved, violations } = links
      const isSame = known.length === unresolved.length
      const now = isSame ? links : { addresses, ids: own, unresolved: known, violations }
      record(page, now, collected)
      return now
    },
    stylesheet(path, source, text) {
      for (const each of places.policy.css(text, `/${path}`))
        collected.violations.push({ ...each, page: source })
      for (const [address, offset] of styleReferences(text)) {
        const to = destination(address, `/${path}`, places.origin)
        if (to?.kind !== 'internal' || isGood({ ...to, fragment: '' }, path, new Set(), places)) continue
        const { path: target } = to
        collected.unresolved.push({
          source,
          from: `/${path}`,
          path: detached(target),
          fragment: '',
          own: true,
          offset,
          length: address.length,
        })
      }
    },
    findings() {
      readLast()
      const { unresolved, ids, external, violations } = collected
      return { unresolved, ids, external, violations }
    },
    reset() {
      const [taken, rest] = [collected, unread]
      collected = emptyFindings()
      unread = undefined
      const findings = () => {
        rest?.read()
        return taken
      }
      return { findings, last: rest, before: taken }
    },
  }
}

/** `LinkFindings` while they are collected. */
interface CollectedLinks {
  readonly unresolved: LocatedLink[]
  readonly ids: [string, string][]
  readonly external: [string, string, string][]
  readonly violations: LocatedViolation[]
  /** What layouts link to, with its place in `unresolved`: of all pages that have it the first by name, in whatever order they come. */
  readonly around: Map<string, number>
}

const emptyFindings = (): CollectedLinks => ({
  unresolved: [],
  ids: [],
  external: [],
  violations: [],
  around: new Map(),
})

/** As one string of its own. */
const joined = (texts: readonly string[], between: string): string =>
  texts.length === 1 ? detached(texts[0]!) : texts.join(between)

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
export function existing(path: string, places: Pick<Places, 'has'>): string | undefined {
  if (places.has(path)) return path
  const index = `${path}/index.html`
  return places.has(index) ? index : undefined
}
