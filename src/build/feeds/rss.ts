import { withBase } from '../../config/base-path.ts'
import type { SiteConfig } from '../../config/config.ts'
import { feedAddress, lastUpdated, type FeedEntry, type Feed } from './feed.ts'
import { escape } from '../../core/html.ts'
import { element, emptyElement } from '../../core/xml.ts'

const vocabularies = {
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
}

/** RSS 2.0 as the RSS Advisory Board specifies it, with every item in full. */
export function rssFeed(site: SiteConfig, feed: Feed, entries: readonly FeedEntry[]): string {
  const self = site.url + feedAddress(feed, 'rss.xml')
  const names = Object.entries(vocabularies).map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
  return [
    `<?xml version="1.0" encoding="utf-8"?>\n<?xml-stylesheet type="text/css" href="${withBase(site.url, '/feed.css')}"?>\n`,
    `<rss version="2.0"${names.join('')}>\n<channel>\n`,
    element('title', feed.title),
    element('link', `${site.url}/`),
    element('description', site.description ?? feed.title),
    element('language', feed.lang),
    element('lastBuildDate', rfc822(lastUpdated(entries))),
    element('generator', 'Imprimatur'),
    emptyElement('atom:link', { rel: 'self', type: 'application/rss+xml', href: self }),
    rssImage(site, feed),
    ...entries.map(entry => rssItem(entry, site.author?.name ?? site.title)),
    '</channel>\n</rss>\n',
  ].join('')
}

/** Of what RSS allows: a GIF, JPEG or PNG. Its title and link are those of the channel. */
const rssImage = ({ url }: SiteConfig, { icon, title }: Feed): string =>
  icon !== undefined && /\.(?:gif|jpe?g|png)$/i.test(icon)
    ? `<image>\n${element('url', icon)}${element('title', title)}${element('link', `${url}/`)}</image>\n`
    : ''

const rssItem = (
  { id, url, title, summary, content, published, updated, lang, tags, author }: FeedEntry,
  others: string,
) =>
  [
    '<item>\n',
    element('title', title),
    element('link', url),
    element('guid', id, { isPermaLink: String(id === url) }),
    element('pubDate', rfc822(published)),
    element('atom:updated', updated),
    element('dc:creator', author?.name ?? others),
    element('dc:language', lang),
    ...tags.map(tag => element('category', tag)),
    // By the specification it is HTML: what is plain text is escaped once for that, and once for XML.
    element('description', summary === undefined ? undefined : escape(summary)),
    element('content:encoded', content),
    '</item>\n',
  ].join('')

const rfc822 = (instant: string) => new Date(instant).toUTCString()
