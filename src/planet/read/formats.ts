import type { AnyFeed, AtomFeed, JsonFeed, RdfFeed, RssFeed } from './feedsmith-types.ts'
import { webLink } from './clean-html.ts'

/** A text as a feed writes it: `loose` where no specification says whether it is HTML. */
export interface FeedText {
  readonly kind: 'text' | 'html' | 'loose'
  readonly value: string
  /** What its relative addresses are relative to, when the feed says. */
  readonly base?: string | undefined
  readonly lang?: string | undefined
}

/** An entry in the words of its feed, whatever the format is. */
export interface RawEntry {
  readonly id?: string | undefined
  /** Absolute, of the web. */
  readonly link?: string | undefined
  readonly title?: FeedText | undefined
  readonly authors: readonly (string | undefined)[]
  /** As written. The first that is a date counts. */
  readonly published: readonly (string | undefined)[]
  readonly updated: readonly (string | undefined)[]
  readonly lang?: string | undefined
  /** Best first. */
  readonly texts: readonly FeedText[]
  /** Films, sounds and the like that come with it. */
  readonly enclosures: readonly string[]
}

export interface RawFeed {
  readonly title?: FeedText | undefined
  readonly home?: string | undefined
  readonly lang?: string | undefined
  readonly authors: readonly (string | undefined)[]
  readonly updated: readonly (string | undefined)[]
  readonly entries: readonly RawEntry[]
}

/** One shape of four. `url` is where the feed was found. */
export function toRaw({ format, feed }: AnyFeed, url: string): RawFeed {
  if (format === 'atom') return fromAtom(feed, url)
  if (format === 'json') return fromJson(feed, url)
  return fromRss(feed, url)
}

const present = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value])

const resolveBase = (written: string | undefined, base: string) =>
  written === undefined ? base : (webLink(written, base) ?? base)

type Named = readonly { readonly name?: string | undefined }[] | undefined

const namesOf = (people: Named) => (people ?? []).map(({ name }) => name)

/** RFC 4287; relative addresses are relative to xml:base and, without it, to where the feed is. */
function fromAtom(feed: AtomFeed, url: string): RawFeed {
  const base = resolveBase(feed.xml?.base, url)
  const { dc } = feed
  return {
    title: feed.title && atomText(feed.title, base, undefined),
    home: alternate(feed.links, base),
    lang: feed.xml?.lang ?? dc?.languages?.[0],
    authors: namesOf(feed.authors),
    updated: [feed.updated, ...(dc?.dates ?? [])],
    entries: (feed.entries ?? []).map((entry): RawEntry => {
      const entryBase = resolveBase(entry.xml?.base, base)
      const based = entry.xml?.base !== undefined || feed.xml?.base !== undefined ? entryBase : undefined
      const { content, summary } = entry
      const source = content?.src === undefined ? undefined : webLink(content.src, entryBase)
      return {
        id: entry.id,
        link: alternate(entry.links, entryBase) ?? source,
        title: entry.title && atomText(entry.title, entryBase, undefined),
        authors: [
          ...namesOf(entry.authors),
          ...namesOf(entry.source?.authors),
          ...(entry.dc?.creators ?? []),
        ],
        published: [entry.published, ...(entry.dcterms?.created ?? [])],
        updated: [entry.updated, ...(entry.dc?.dates ?? [])],
        lang: entry.xml?.lang,
        texts: [content, summary].flatMap(text => present(text && atomText(text, entryBase, based))),
        enclosures: (entry.links ?? []).flatMap(({ rel, href }) =>
          rel === 'enclosure' && href !== undefined ? present(webLink(href, entryBase)) : [],
        ),
      }
    }),
  }
}

/** The link that is the page itself: HTML before what has no type, before anything else. */
function alternate(links: AtomFeed['links'], base: string): string | undefined {
  const all = (links ?? []).filter(({ rel = 'alternate' }) => /(?:^|\/)alternate$/.test(rel))
  const best = [/html/, /^$/, /./].flatMap(type => all.filter(link => type.test(link.type ?? '')))
  return best.flatMap(({ href }) => present(href === undefined ? undefined : webLink(href, base)))[0]
}

interface AtomText {
  readonly value?: string | undefined
  readonly type?: string | undefined
  readonly xml?: { readonly base?: string | undefined; readonly lang?: string | undefined } | undefined
}

/** RFC 4287, sections 3.1.1 and 4.1.3.3; Atom 0.3 has media types there. What is neither text nor HTML is left out. */
function atomText({ value, type = 'text', xml }: AtomText, base: string, based: string | undefined) {
  if (value === undefined) return undefined
  const kind = /^(?:x?html$|text\/html|application\/xhtml\+xml)/.test(type.toLowerCase()) ? 'html' : 'text'
  if (kind === 'text' && !/^(?:text$|text\/)/.test(type.toLowerCase())) return undefined
  const own = xml?.base === undefined ? based : resolveBase(xml.base, base)
  return { kind, value, base: own, lang: xml?.lang } as const
}

/**
 * RSS 0.9x, 1.0 and 2.0. Relative addresses are not foreseen; what is met is relative to the site. A guid is the address of its
 * entry unless it says otherwise.
 */
function fromRss(feed: RssFeed | RdfFeed, url: string): RawFeed {
  const feedBase = resolveBase(feed.xml?.base, url)
  const home = present(feed.link).flatMap(link => present(webLink(link, feedBase)))[0]
  const base = feed.xml?.base === undefined ? (home ?? url) : feedBase
  const channel: Partial<RssFeed> = feed
  return {
    title: loose(feed.title),
    home: home ?? alternate(feed.atom?.links, feedBase),
    lang: channel.language ?? feed.dc?.languages?.[0] ?? feed.xml?.lang,
    authors: [channel.managingEditor?.name, ...(feed.dc?.creators ?? []), ...namesOf(feed.atom?.authors)],
    updated: [channel.lastBuildDate, channel.pubDate, ...(feed.dc?.dates ?? []), feed.atom?.updated],
    entries: (feed.items ?? []).map((item: Partial<RssItem> & Partial<RdfItem>): RawEntry => {
      const { guid, atom, dc, dcterms } = item
      const itemBase = resolveBase(item.xml?.base, base)
      const isBased = item.xml?.base !== undefined || feed.xml?.base !== undefined
      const permalink = guid?.isPermaLink === false ? undefined : guid?.value
      const links = [item.link, /^https?:/i.test(permalink ?? '') ? permalink : undefined, item.rdf?.about]
      const text = (value: string | undefined): readonly FeedText[] =>
        value === undefined ? [] : [{ kind: 'html', value, base: isBased ? itemBase : undefined }]
      return {
        id: guid?.value ?? item.rdf?.about ?? atom?.id,
        link:
          links.flatMap(link => present(link === undefined ? undefined : webLink(link, itemBase)))[0] ??
          alternate(atom?.links, itemBase),
        title: loose(item.title ?? dc?.titles?.[0]),
        authors: [
          ...namesOf(item.authors),
          ...(dc?.creators ?? []),
          ...namesOf(atom?.authors),
          item.itunes?.author,
        ],
        published: [item.pubDate, atom?.published, ...(dc?.dates ?? []), ...(dcterms?.created ?? [])],
        updated: [atom?.updated, ...(dcterms?.modified ?? [])],
        lang: item.xml?.lang ?? dc?.languages?.[0],
        texts: [item.content?.encoded, item.description, dc?.descriptions?.[0]].flatMap(text),
        enclosures: (item.enclosures ?? []).flatMap(enclosure =>
          present(enclosure.url === undefined ? undefined : webLink(enclosure.url, itemBase)),
        ),
      }
    }),
  }
}

type RssItem = NonNullable<RssFeed['items']>[number]
type RdfItem = NonNullable<RdfFeed['items']>[number]

const loose = (value: string | undefined): FeedText | undefined =>
  value === undefined ? undefined : { kind: 'loose', value }

/** https://www.jsonfeed.org/version/1.1/; its titles are plain text. */
function fromJson(feed: JsonFeed, url: string): RawFeed {
  const home = present(feed.home_page_url).flatMap(link => present(webLink(link, url)))[0]
  const base = home ?? url
  const plain = (value: string | undefined): FeedText | undefined =>
    value === undefined ? undefined : { kind: 'text', value }
  return {
    title: plain(feed.title),
    home,
    lang: feed.language,
    authors: namesOf(feed.authors),
    updated: [],
    entries: (feed.items ?? []).map((item): RawEntry => ({
      id: item.id,
      link: [item.url, item.external_url].flatMap(link =>
        present(link === undefined ? undefined : webLink(link, base)),
      )[0],
      title: plain(item.title),
      authors: namesOf(item.authors),
      published: [item.date_published],
      updated: [item.date_modified],
      lang: item.language,
      texts: [
        ...present<FeedText>(
          item.content_html === undefined ? undefined : { kind: 'html', value: item.content_html },
        ),
        ...present(plain(item.content_text)),
        ...present(plain(item.summary)),
      ],
      enclosures: (item.attachments ?? []).flatMap(attachment =>
        present(attachment.url === undefined ? undefined : webLink(attachment.url, base)),
      ),
    })),
  }
}
