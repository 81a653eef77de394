import type { SiteConfig } from '../../config/config.ts'
import { feedAddress, type FeedEntry, type Feed } from './feed.ts'

/** JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/ */
export function jsonFeed(site: SiteConfig, feed: Feed, entries: readonly FeedEntry[]): string {
  const { name, url } = site.author ?? {}
  const authors = [{ name: name ?? site.title, ...(typeof url === 'string' && { url }) }]
  const items = entries.map(entry => ({
    id: entry.id,
    url: entry.url,
    title: entry.title,
    ...(entry.summary !== undefined && { summary: entry.summary }),
    content_html: entry.content,
    date_published: entry.published,
    date_modified: entry.updated,
    language: entry.lang,
    tags: entry.tags,
    ...(entry.author && { authors: [entry.author] }),
  }))
  const head = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: `${site.url}/`,
    feed_url: site.url + feedAddress(feed, 'feed.json'),
    ...(site.description !== undefined && { description: site.description }),
    ...(feed.icon !== undefined && { icon: feed.icon }),
    language: feed.lang,
    authors,
  }
  return `${JSON.stringify({ ...head, items }, null, 2)}\n`
}
