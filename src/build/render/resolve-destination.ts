import { posix } from 'node:path'
import type { SitePage } from '../pages/site-page.ts'
import type { Site } from '../site.ts'

/**
 * A destination that names a source, relative to the page's own, as editors show it, becomes that source's address;
 * every other destination stays as it is.
 */
export function resolveDestination(site: Site, page: SitePage, destination: string): string {
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(destination) ?? []
  if (path === '' || /^(?:[a-z][a-z\d+.-]*:|\/)/i.test(path)) return destination
  const named = posix.join(posix.dirname(page.source), decode(path)).normalize('NFC')
  site.dependencies.record(`address ${named}`)
  const url = site.addresses.get(named)
  return url === undefined ? destination : url + rest
}

const decode = (path: string) => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
