import type { Author } from '../../core/types.ts'
import { absoluteAddress } from '../../config/base-path.ts'
import type { SiteConfig } from '../../config/config.ts'
import type { Archives } from '../pages/archives.ts'
import { group } from '../pages/collections.ts'
import { isListed, type SitePage } from '../pages/site-page.ts'

/** One feed, in all its formats. */
export interface Feed {
  /** The address of the folder that its files are in: `/`, `/ru/`. */
  readonly folder: string
  /** The address of the page that it is a feed of. */
  readonly page: string
  readonly title: string
  readonly lang: string
  /** Absolute; undefined when the site has none. */
  readonly icon: string | undefined
  /** Newest first; as many as a feed holds. */
  readonly pages: readonly SitePage[]
}

/** The feed of a list, such as a tag: in Atom alone, for those who want of a site what is about one thing. */
export interface ListFeed extends Feed {
  /** The folder of its file, in the output folder. */
  readonly path: string
  /**
   * The pages that a feed of the whole site has, too: they are in full. The body of an older one would have to be rendered for this feed
   * alone; of those it has the title and the description. Whoever follows the feed has had them in full.
   */
  readonly full: ReadonlySet<SitePage>
}

/** A page as feeds tell it. Addresses are absolute, dates ISO instants. */
export interface FeedEntry {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly summary: string | undefined
  /** HTML that stands by itself. */
  readonly content: string | undefined
  readonly published: string
  readonly updated: string
  readonly lang: string
  readonly tags: readonly string[]
  /** When it is not the feed's; the address is absolute. */
  readonly author: Author | undefined
}

const NEWEST = 50

/** There are many lists, hundreds for a thousand posts: with more, they slow a cold build by more than 3 %. */
const NEWEST_OF_LIST = 10

/** The feed of all dated pages, and one for each language where there are several. */
export function feedsOf(
  pages: readonly SitePage[],
  { title, lang }: SiteConfig,
  icon: string | undefined,
): readonly Feed[] {
  const dated = pages.filter(isInFeeds)
  if (dated.length === 0) return []
  const byLanguage = group(dated, page => page.lang)
  const languages = [...byLanguage.keys()].toSorted()
  const all = { folder: '/', page: '/', title, lang, icon, pages: dated.slice(0, NEWEST) }
  if (languages.length === 1) return [{ ...all, lang: languages[0] ?? lang }]
  return [
    all,
    ...languages.map(each => ({
      folder: `/${each}/`,
      page: '/',
      title: `${title} (${languageName(each)})`,
      lang: each,
      icon,
      pages: byLanguage.get(each)!.slice(0, NEWEST),
    })),
  ]
}

interface ListFeedsInput {
  readonly site: SiteConfig
  /** The author's own page at a path, if there is one. */
  pageAt(path: string): SitePage | undefined
  readonly icon: string | undefined
}

/** By the address of the list: a feed for each section and each tag, but where a feed of the site has its place. */
export function listFeedsOf(
  { pages: lists }: Archives,
  feeds: readonly Feed[],
  { site, pageAt, icon }: ListFeedsInput,
): ReadonlyMap<string, ListFeed> {
  const full = new Set(feeds.flatMap(feed => feed.pages))
  const taken = new Set(feeds.map(({ folder }) => folder))
  const found = new Map<string, ListFeed>()
  for (const list of lists) {
    const { url, path, layout, lang, posts } = list
    if (!/^(?:section|tag)$/.test(layout) || taken.has(url)) continue
    const dated = (posts as readonly SitePage[]).filter(isInFeeds)
    if (dated.length === 0) continue
    const [{ lang: only }] = dated as [SitePage]
    const isOfOne = dated.every(page => page.lang === only)
    found.set(url, {
      folder: url,
      page: url,
      path: path.slice(0, -'index.html'.length),
      // An author’s own page in the place of the list says what it is a list of; a dev session gives it other words.
      get title() {
        const own = pageAt(path)
        return `${site.title}: ${(own && isListed(own) ? own : list).title}`
      },
      lang: isOfOne ? only : lang,
      icon,
      pages: dated.slice(0, NEWEST_OF_LIST),
      full,
    })
  }
  return found
}

/** What icons are called where browsers and systems look for them; a square in PNG first, which every reader of feeds shows. */
const ICONS = [
  '/icon.png',
  '/apple-touch-icon.png',
  '/favicon.png',
  '/favicon.svg',
  '/icon.svg',
  '/favicon.ico',
]

/** The icon that feeds have: what the configuration names, or what is called as icons are. Absolute. */
export function feedIcon({ url, icon }: SiteConfig, files: Iterable<string>): string | undefined {
  const there = new Set(files)
  const found = icon ?? ICONS.find(name => there.has(name))
  return found === undefined ? undefined : absoluteAddress(url, found)
}

export const isInFeeds = ({ date, feed }: SitePage) => date !== undefined && feed !== false

/** As Intl has them; to ask it takes 10 ms a language. */
const names = new Map([
  ['en', 'English'],
  ['ru', 'русский'],
])

const languageName = (lang: string) =>
  names.get(lang) ?? new Intl.DisplayNames(lang, { type: 'language' }).of(lang) ?? lang

/** The address of a feed’s file. */
export const feedAddress = ({ folder }: Feed, name: string): string => `${folder}${name}`

/** The same with an absolute address. */
export const authorOf = ({ name, url }: Author, origin: string): Author =>
  url === undefined ? { name } : { name, url: absoluteAddress(origin, url) }

/** When anything in a feed last changed. */
export const lastUpdated = (entries: readonly FeedEntry[]): string =>
  entries.reduce((latest, { updated }) => (updated > latest ? updated : latest), '')
