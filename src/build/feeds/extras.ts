import type { OutputFile } from '../../core/types.ts'
import type { Site } from '../site.ts'
import { feedFiles } from './feed-files.ts'
import type { SitePage } from '../pages/site-page.ts'
import { planetFiles } from '../planet.ts'
import { sitemaps } from './sitemap.ts'
import { headers, HEADERS, robots, securityText } from './well-known.ts'

/** Files that nobody wrote and every site has; `archives` are the pages of that sort. */
export function extraFiles(site: Site, archives: readonly SitePage[]): readonly OutputFile[] {
  const security = securityText(site.config)
  const texts = [
    ['robots.txt', () => robots(site.config)] as const,
    [HEADERS, () => headers(site.config, site.policyState.isBroken ? undefined : site.policy)] as const,
    // GitHub Pages leaves out what begins with a dot or an underscore, unless it finds this.
    ['.nojekyll', () => ''] as const,
    ...(security === undefined ? [] : [['.well-known/security.txt', () => security] as const]),
  ]
  return [
    ...feedFiles(site),
    ...planetFiles(site),
    ...sitemaps(site, [...site.pages, ...archives]),
    ...texts.map(([path, text]): OutputFile => ({
      path,
      maker: { kind: 'for machines' },
      contents: () => ({ value: text(), diagnostics: [] }),
    })),
  ]
}
