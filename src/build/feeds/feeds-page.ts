import type { SiteConfig } from '../../config/config.ts'
import type { Words } from '../../theme/words.ts'
import { address } from '../pages/addresses.ts'
import { SitePage } from '../pages/site-page.ts'
import { isInFeeds } from './feed.ts'

/**
 * The pages that explain and list the feeds of a site: `/feeds/`, and `/ru/feeds/` for each other language that there are posts in.
 * None without a feed.
 */
export function feedsPages(
  listed: readonly SitePage[],
  { lang: own, title: site }: SiteConfig,
  words: Words,
): readonly SitePage[] {
  const others = new Set(listed.filter(isInFeeds).map(({ lang }) => lang))
  if (others.size === 0) return []
  const pages = [...new Set([own, ...[...others].toSorted()])].flatMap(lang => {
    const place = address([...(lang === own ? [] : [lang]), 'feeds', 'index.html'])
    if (typeof place === 'string') return []
    const title = words.find('feeds', lang) ?? (lang.startsWith('ru') ? 'Ленты' : 'Feeds')
    const source = `${place.url} (made by the program)`
    const description = `${title} · ${site}`
    const fields = { layout: 'feeds', lang, title, description, tags: [], css: [], posts: [] }
    return [new SitePage({ ...fields, ...place, source })]
  })
  for (const page of pages)
    SitePage.setTranslations(
      page,
      pages.filter(other => other !== page),
    )
  return pages
}
