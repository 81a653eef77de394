import { feedAddress } from '../../feeds/feed.ts'
import type { SitePage } from '../../pages/site-page.ts'
import type { Site } from '../../site.ts'

/** A feed, for readers. */
export interface ShownFeed {
  readonly title: string
  readonly lang: string
  readonly formats: readonly { readonly name: string; readonly url: string; readonly type: string }[]
}

/** The feeds of the site: `feeds` of templates. */
export interface FeedsContext {
  /** The page that explains them, in the page's language or the site's; undefined where there is none. */
  readonly page: string | undefined
  /** Of all that is new, and of each language. */
  readonly site: readonly ShownFeed[]
  /** Of single sections and tags. */
  readonly lists: readonly ShownFeed[]
  /** Of what others write, and of changes of keys. */
  readonly others: readonly ShownFeed[]
}

const ATOM = { name: 'Atom', type: 'application/atom+xml' }

/** What is asked of the site is recorded. */
export function feedsContext(site: Site, { lang }: SitePage): FeedsContext {
  const { record } = site.dependencies
  const own = site.config.site.lang
  record('pages')
  record('feeds')
  record('list-feeds')
  const pages = site.archives.pages.filter(({ layout }) => layout === 'feeds')
  const page = pages.find(each => each.lang === lang) ?? pages.find(each => each.lang === own)
  const { planet, keys } = site
  const base = keys?.data.data.base
  return {
    page: page?.url,
    site: site.feeds.map(feed => ({
      title: feed.title,
      lang: feed.lang,
      formats: [
        { ...ATOM, url: feedAddress(feed, 'atom.xml') },
        { name: 'RSS', type: 'application/rss+xml', url: feedAddress(feed, 'rss.xml') },
        { name: 'JSON Feed', type: 'application/feed+json', url: feedAddress(feed, 'feed.json') },
      ],
    })),
    lists: [...site.listFeeds.values()].map(feed => ({
      title: feed.title,
      lang: feed.lang,
      formats: [{ ...ATOM, url: feedAddress(feed, 'atom.xml') }],
    })),
    others: [
      ...(planet ? [{ title: planet.title, lang: own, formats: [{ ...ATOM, url: '/planet.atom' }] }] : []),
      ...(base === undefined
        ? []
        : [{ title: 'Key changes', lang: 'en', formats: [{ ...ATOM, url: `${base}keys.atom` }] }]),
    ],
  }
}
