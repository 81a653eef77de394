import { posix } from 'node:path'
import type { SitePage } from '../pages/site-page.ts'
import type { Site } from '../site.ts'

/**
 * A destination that names a source, relative to the page's own, as editors show it, becomes that source's address;
 * every other destination stays as it is.
 */
export function resolveDestination(site: Site, page: SitePage, destination: string): string {
  const named = pathNamed(page.source, destination)
  if (named === undefined) return destination
  site.dependencies.record(`address ${named}`)
  return resolveFrom(site, page.source, destination)
}

/** The same, seen from any source, which need be no page yet. */
export function resolveFrom(site: Pick<Site, 'addresses'>, source: string, destination: string): string {
  const named = namedSource(site, source, destination)
  if (named === undefined) return destination
  return `${site.addresses.get(named)}${/[?#].*$/s.exec(destination)?.[0] ?? ''}`
}

/** The source that a relative destination names, seen from another, when it has an address. */
export function namedSource(
  { addresses }: Pick<Site, 'addresses'>,
  from: string,
  destination: string,
): string | undefined {
  const named = pathNamed(from, destination)
  return named !== undefined && addresses.has(named) ? named : undefined
}

/** From the root; undefined of what is no relative path. */
export function pathNamed(from: string, destination: string): string | undefined {
  if (/^(?:[a-z][a-z\d+.-]*:|[/?#]|$)/i.test(destination)) return undefined
  const path = destination.replace(/[?#].*$/s, '')
  return posix.join(posix.dirname(from), decode(path)).normalize('NFC')
}

const decode = (path: string) => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
