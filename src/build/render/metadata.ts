import { absoluteAddress } from '../../config/base-path.ts'
import { fediverseAccount } from '../../config/sections/author.ts'
import type { Author } from '../../core/types.ts'
import { authorOf, feedAddress } from '../feeds/feed.ts'
import type { Site } from '../site.ts'
import { isListed, type SitePage } from '../pages/site-page.ts'
import { escapeXml } from '../../core/xml.ts'

/**
 * Machine-readable metadata of a page's head, as HTML: description, canonical address, translations, feeds, Open Graph,
 * JSON-LD. Text is in real characters, typeset as the page is.
 */
export function metadata(site: Site, page: SitePage): string {
  const { title: siteTitle, url: origin, description: siteDescription } = site.config.site
  const title = site.typography.setText(page.title, page.lang)
  const written = page.description ?? (page.url === '/' ? siteDescription : undefined)
  const description = written === undefined ? undefined : site.typography.setText(written, page.lang)
  const known = isListed(page)
  const url = origin + page.url
  return [
    description !== undefined && meta('name', 'description', description),
    page.author && meta('name', 'author', page.author.name),
    ...personLinks(site, page),
    known ? link({ rel: 'canonical', href: url }) : meta('name', 'robots', 'noindex'),
    ...(page.translations.length > 0 ? [page, ...page.translations] : []).map(each =>
      link({ rel: 'alternate', hreflang: each.lang, href: origin + each.url }),
    ),
    ...keysLinks(site, page),
    ...feedLinks(site, page),
    ...listFeedLinks(site, page),
    ...planetLinks(site, page),
    meta('property', 'og:title', title),
    meta('property', 'og:type', page.date === undefined ? 'website' : 'article'),
    known && meta('property', 'og:url', url),
    meta('property', 'og:site_name', siteTitle),
    description !== undefined && meta('property', 'og:description', description),
    ...image(site, page).map(address => meta('property', 'og:image', address)),
    meta('property', 'og:locale', locale(page.lang)),
    ...page.translations.map(each => meta('property', 'og:locale:alternate', locale(each.lang))),
    ...(page.date === undefined ? [] : articleTimes(page)),
    ...(page.date === undefined ? [] : page.tags).map(tag => meta('property', 'article:tag', tag)),
    known && jsonLd(site, page, title, description),
  ]
    .filter(Boolean)
    .join('\n')
}

const meta = (kind: 'name' | 'property', name: string, content: string) =>
  `<meta ${kind}="${name}" content="${escapeXml(content)}">`

const link = (attributes: Readonly<Record<string, string>>) =>
  `<link ${Object.entries(attributes)
    .map(([name, value]) => `${name}="${escapeXml(value)}"`)
    .join(' ')}>`

/** Who writes here: the account that others show below a link to the page, and, on the page about it, what else is the same person. */
function personLinks({ config: { site } }: Site, page: SitePage): readonly string[] {
  const { fediverse, profiles = [], url } = site.author ?? {}
  const isHome = [page, ...page.translations].some(each => each.url === '/')
  const isAbout = url !== undefined && absoluteAddress(site.url, url) === site.url + page.url
  return [
    ...(fediverse !== undefined && page.author === undefined
      ? [meta('name', 'fediverse:creator', fediverseAccount(fediverse))]
      : []),
    ...(isHome || isAbout ? profiles : []).map(href => link({ rel: 'me', href })),
    ...(site.webmention === undefined ? [] : [link({ rel: 'webmention', href: site.webmention })]),
  ]
}

/** The feed of everything, and that of the page's own language. */
const feedLinks = ({ feeds }: Site, page: SitePage) =>
  feeds
    .filter(({ folder, lang }) => folder === '/' || lang === page.lang)
    .flatMap(feed => [
      link({
        rel: 'alternate',
        type: 'application/atom+xml',
        title: feed.title,
        href: feedAddress(feed, 'atom.xml'),
      }),
      link({
        rel: 'alternate',
        type: 'application/rss+xml',
        title: `${feed.title} (RSS)`,
        href: feedAddress(feed, 'rss.xml'),
      }),
      link({
        rel: 'alternate',
        type: 'application/feed+json',
        title: `${feed.title} (JSON)`,
        href: feedAddress(feed, 'feed.json'),
      }),
    ])

/** A list has a feed of what it lists. */
function listFeedLinks({ listFeeds }: Site, page: SitePage) {
  const feed = listFeeds.get(page.url)
  if (!feed) return []
  const href = feedAddress(feed, 'atom.xml')
  return [link({ rel: 'alternate', type: 'application/atom+xml', title: feed.title, href })]
}

/** The page that shows the planet has the feed of it. */
const planetLinks = ({ planet }: Site, page: SitePage) =>
  planet && page.layout === 'planet'
    ? [link({ rel: 'alternate', type: 'application/atom+xml', title: planet.title, href: '/planet.atom' })]
    : []

/** The keys page has the feed of their changes first: feed readers take the first. */
const keysLinks = ({ keys }: Site, page: SitePage) =>
  keys?.data.data.base === page.url
    ? [
        link({
          rel: 'alternate',
          type: 'application/atom+xml',
          title: 'Key changes',
          href: `${page.url}keys.atom`,
        }),
      ]
    : []

/** `image` of the front matter, relative to the page, or of the site. */
function image({ config }: Site, page: SitePage): readonly string[] {
  const { url } = config.site
  return [page.image, config.site.image]
    .filter(written => typeof written === 'string' && URL.canParse(written, url))
    .slice(0, 1)
    .map(written => absoluteAddress(url, String(written), page.url))
}

/** Open Graph names a country too: `ru` -> `ru_RU`. */
function locale(lang: string): string {
  let name = locales.get(lang)
  if (name === undefined) {
    const { language, region } = new Intl.Locale(lang).maximize()
    locales.set(lang, (name = region === undefined ? language : `${language}_${region}`))
  }
  return name
}

const locales = new Map<string, string>()

const articleTimes = ({ date = '', updated }: SitePage) => [
  meta('property', 'article:published_time', date),
  updated !== undefined && meta('property', 'article:modified_time', updated),
]

const personOf = (author: Author | undefined, otherwise: string | undefined) =>
  author
    ? { '@type': 'Person', ...author }
    : otherwise === undefined
      ? undefined
      : { '@type': 'Person', name: otherwise }

/** https://schema.org: a post, the site's home, or a page. It is data, not a script: a strict Content-Security-Policy allows it. */
function jsonLd(site: Site, page: SitePage, title: string, description: string | undefined): string {
  const { url: origin, title: siteTitle, author } = site.config.site
  const home = page.url === '/'
  const data = {
    '@context': 'https://schema.org',
    '@type': page.date !== undefined ? 'BlogPosting' : home ? 'WebSite' : 'WebPage',
    ...(page.date === undefined ? { name: home ? siteTitle : title } : { headline: title }),
    description,
    url: origin + page.url,
    inLanguage: page.lang,
    image: image(site, page)[0],
    datePublished: page.date,
    dateModified: page.updated,
    keywords: page.date !== undefined && page.tags.length > 0 ? page.tags : undefined,
    author: personOf(page.author && authorOf(page.author, origin), author?.name),
  }
  return `<script type="application/ld+json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`
}
