import { createHash } from 'node:crypto'
import type { OutputFile } from '../../core/types.ts'
import { absoluteAddress, basePath } from '../../config/base-path.ts'
import { rebaseHtml } from '../links/rebase.ts'
import { absoluteHtml } from './absolute-html.ts'
import { atomFeed } from './atom.ts'
import type { Site } from '../site.ts'
import { internetTime } from '../../core/dates.ts'
import { authorOf, feedAddress, type FeedEntry } from './feed.ts'
import { jsonFeed } from './json-feed.ts'
import type { SitePage } from '../pages/site-page.ts'
import { rssFeed } from './rss.ts'
import { guard } from '../render/ejs.ts'

const formats = { 'atom.xml': atomFeed, 'rss.xml': rssFeed, 'feed.json': jsonFeed } as const

const FEED = { kind: 'feed' } as const

/** The files of every feed; the pages’ bodies are made ready for them once. */
export function feedFiles(site: Site): readonly OutputFile[] {
  const entryOf = rememberEntries(
    page => [page.title, page.description, page.body],
    page => createEntry(site, page),
  )
  const briefOf = rememberEntries(
    page => [page.title, page.description],
    page => describePage(site, page),
  )
  const lists = [...site.listFeeds.values()].map(feed => ({
    path: `${feed.path}atom.xml`,
    maker: FEED,
    contents() {
      site.dependencies.record(`list-feed ${feed.folder}`)
      const entryIn = (page: SitePage) => (feed.full.has(page) ? entryOf(page) : briefOf(page))
      return guard(() => atomFeed(site.config.site, feed, feed.pages.map(entryIn)))
    },
  }))
  const files = site.feeds.flatMap(feed =>
    Object.entries(formats).map(([name, write]) => {
      const path = feedAddress(feed, name).slice(1)
      const contents = () => {
        site.dependencies.record(`feed ${feed.folder}`)
        return guard(() => write(site.config.site, feed, feed.pages.map(entryOf)))
      }
      return { path, maker: FEED, contents }
    }),
  )
  const styles = { path: 'feed.css', maker: FEED, contents: () => ({ value: STYLES, diagnostics: [] }) }
  return files.length > 0 ? [...files, ...lists, styles] : []
}

/** Makes the entry of a page once, for as long as its words are the same. */
function rememberEntries(
  wordsOf: (page: SitePage) => readonly unknown[],
  make: (page: SitePage) => FeedEntry,
): (page: SitePage) => FeedEntry {
  const entries = new Map<SitePage, { readonly words: readonly unknown[]; readonly entry: FeedEntry }>()
  return page => {
    const words = wordsOf(page)
    const known = entries.get(page)
    if (known?.words.every((word, i) => word === words[i])) return known.entry
    const entry = make(page)
    entries.set(page, { words, entry })
    return entry
  }
}

function createEntry(site: Site, page: SitePage): FeedEntry {
  const entry = describePage(site, page)
  // Ids of one page must not be those of another where a reader shows both.
  const prefix = createHash('sha256').update(page.url).digest('hex').slice(0, 8)
  return {
    ...entry,
    content: absoluteHtml(rebaseHtml(page.body, basePath(site.config.site.url)), entry.url, prefix),
  }
}

/** What can be told of a page without its body. */
function describePage(site: Site, page: SitePage): FeedEntry {
  const { url: origin } = site.config.site
  const url = origin + page.url
  const published = internetTime(page.date ?? '', site.config.site.timeZone)
  return {
    id: page.guid === undefined ? url : absoluteAddress(origin, page.guid, page.url),
    url,
    title: site.typography.setText(page.title, page.lang),
    summary:
      page.description === undefined ? undefined : site.typography.setText(page.description, page.lang),
    content: undefined,
    published,
    updated: page.updated === undefined ? published : internetTime(page.updated, site.config.site.timeZone),
    lang: page.lang,
    tags: page.tags,
    author: page.author && authorOf(page.author, origin),
  }
}

/** A feed opened in a browser: what it is, and its titles and dates as a list. No client needs it. */
const STYLES = `:root { color-scheme: light dark; display: block; max-width: 36rem; margin: 0 auto; padding: 2rem 1.25rem;
  font: 1.125rem/1.5 Georgia, 'Times New Roman', serif; }
channel, entry, item, title, summary, item > description { display: block; }
feed > title, channel > title { font-size: 1.75rem; line-height: 1.2; }
feed > title::after, channel > title::after { content: 'A feed: give the address of this page to a reader of feeds.'; display: block;
  margin: 1.5rem 0; padding: 0.75rem 0; border-block: 1px solid; font-size: 1.125rem; }
feed:lang(ru) > title::after { content: 'Это лента: скопируйте адрес страницы в программу для чтения лент.'; }
entry, item { margin: 1.5rem 0; }
entry > title, item > title { font-weight: bold; }
id, guid, link, image, icon, author, category, generator, rights, updated, content, language, lastBuildDate, pubDate, encoded, creator,
channel > description, subtitle { display: none; }
published { display: block; font-size: 0.875rem; }
`
