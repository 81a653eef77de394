import type { OutputFile } from '../model.ts'
import type { Site } from './contract.ts'
import { feedFiles } from './feeds.ts'
import type { SitePage } from './page.ts'
import { sitemaps } from './sitemap.ts'
import { headers, robots, securityText } from './wellknown.ts'

/** Files that nobody wrote and every site has; `archives` are the pages of that sort. */
export function extraFiles(site: Site, archives: readonly SitePage[]): readonly OutputFile[] {
  const security = securityText(site.config)
  const texts = [
    ['robots.txt', robots(site.config)] as const,
    ['_headers', headers()] as const,
    ...(security === undefined ? [] : [['.well-known/security.txt', security] as const]),
  ]
  return [
    ...feedFiles(site),
    ...sitemaps(site, [...site.pages, ...archives]),
    ...texts.map(([path, text]) => ({ path, contents: () => ({ value: text, diagnostics: [] }) })),
  ]
}
