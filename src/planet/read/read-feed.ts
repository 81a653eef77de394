import { DetectError, parseFeed } from 'feedsmith'
import { decodeHTML } from 'entities'
import { firstFrom } from '../../core/text/first-from.ts'
import { languageOf, webLink } from './clean-html.ts'
import { parseFeedDate } from './dates.ts'
import { decode } from './decode.ts'
import { toRaw, type FeedText, type RawEntry, type RawFeed } from './formats.ts'
import { looseTitle, plainLine } from './plain-text.ts'
import { linkHtml, sanitizeHtml, textOf, textToHtml } from './sanitize.ts'
import type { AnyFeed } from './feedsmith-types.ts'

/** An entry as it is to be kept: nothing of it is absent but for want of it. */
export interface ReadEntry {
  /** As its feed writes it. */
  readonly id: string | undefined
  /** Absolute, http or https. */
  readonly link: string | undefined
  /** One line of plain text. */
  readonly title: string | undefined
  readonly author: string | undefined
  /** Milliseconds since 1970, whether they are to come or not. */
  readonly published: number | undefined
  readonly updated: number | undefined
  /** BCP 47. */
  readonly lang: string | undefined
  /** Sanitised HTML. */
  readonly content: string | undefined
}

export interface ReadFeed {
  readonly title: string | undefined
  /** The page that the feed is of. */
  readonly home: string | undefined
  /** Milliseconds since 1970. */
  readonly updated: number | undefined
  /** In the order of the feed. */
  readonly entries: readonly ReadEntry[]
  /** What was in the feed and is not in the entries, as sentences without a full stop. */
  readonly omissions: readonly string[]
}

/** What was sent is no feed. */
export interface NoFeed {
  readonly code: 'planet/feed' | 'planet/encoding'
  readonly message: string
  readonly hint: string
}

export interface Sent {
  readonly body: Buffer
  readonly contentType?: string | undefined
  /** Where it was found in the end. */
  readonly url: string
}

/** So many entries are taken of one reading, the first ones. */
export const MOST_ENTRIES = 200

/** A text longer than this is no text of a blog, and would make its planet slow. UTF-16 code units. */
const LONGEST_TEXT = 512 * 1024

const LONGEST_LINE = 300

/** Reads a feed of any format and encoding. What its author wrote is kept, as far as it can stand in another page. */
export function readFeed({ body, contentType, url }: Sent): ReadFeed | NoFeed {
  const text = decode(body, contentType)
  if (typeof text !== 'string') {
    const hint = 'tell whose site it is; UTF-8 needs no name'
    return { code: 'planet/encoding', message: text.refusal, hint }
  }
  let parsed: AnyFeed
  try {
    parsed = parseFeed<string>(withoutDoctype(text), { maxItems: MOST_ENTRIES + 1 })
  } catch (error) {
    return refuse(text, url, error)
  }
  const raw = toRaw(parsed, url)
  const entries = raw.entries.slice(0, MOST_ENTRIES)
  const tooLong = { count: 0 }
  const read = entries.map(entry => readEntry(entry, raw, url, tooLong))
  const good = read.filter(({ title, link, content }) => title ?? link ?? content)
  const count = (n: number, one: string, many: string) => (n === 0 ? [] : [n === 1 ? one : `${n} ${many}`])
  return {
    title: raw.title && line(raw.title),
    home: raw.home,
    updated: firstDate(raw.updated),
    entries: good,
    omissions: [
      ...(raw.entries.length > MOST_ENTRIES
        ? [`the feed has more than ${MOST_ENTRIES} entries, the first of which are taken`]
        : []),
      ...count(
        read.length - good.length,
        'an entry has neither a title nor a link nor a text',
        'entries have neither a title nor a link nor a text',
      ),
      ...count(
        tooLong.count,
        `the text of an entry is longer than ${LONGEST_TEXT / 1024} K`,
        `entries have a text longer than ${LONGEST_TEXT / 1024} K`,
      ),
    ],
  }
}

function refuse(text: string, url: string, error: unknown): NoFeed {
  const page = /<(?:!doctype\s+html|html|head|body)\b/i.test(text.slice(0, 5000))
  if (error instanceof DetectError && page) {
    const named = feedsNamedIn(text, url)
    const hint =
      named.length > 0
        ? `the page names ${named.join(', ')}`
        : 'look for a link to RSS or Atom on the page; not every site has a feed'
    return { code: 'planet/feed', message: 'This is a page, and no feed', hint }
  }
  const hint = 'tell whose site it is: https://validator.w3.org/feed/ shows them what is wrong'
  const message =
    text.trim() === ''
      ? 'The feed is empty: not even its outermost element is there'
      : error instanceof DetectError
        ? 'This is neither Atom nor RSS nor a JSON Feed'
        : 'The feed breaks off, or is not the XML or JSON that it seems to be'
  return { code: 'planet/feed', message, hint }
}

/** The feeds that a page offers, as browsers find them. */
function feedsNamedIn(page: string, url: string): readonly string[] {
  const links = page.slice(0, 200_000).match(/<link\b[^<>]{1,1000}>/gi) ?? []
  return links
    .filter(each => /\balternate\b/i.test(each) && /(?:rss|atom)\+xml|feed\+json/i.test(each))
    .flatMap(each => /\bhref\s*=\s*["']?([^"'\s>]+)/i.exec(each)?.[1] ?? [])
    .flatMap(href => webLink(decodeHTML(href), url) ?? [])
    .slice(0, 3)
}

/**
 * Without the declaration of a document type: its entities expand to nothing, and nothing that it names is fetched. The entities
 * of HTML, which the one of RSS 0.91 stood for, are known to the parser.
 */
export function withoutDoctype(text: string): string {
  const start = skipProlog(text)
  if (!/^<!doctype\b/i.test(text.slice(start, start + 10))) return text
  const parts = /"[^"]*"|'[^']*'|<!--|[[\]>]/g
  const commentEnd = firstFrom(from => text.indexOf('-->', from))
  parts.lastIndex = start + '<!doctype'.length
  let isInside = false
  for (let part = parts.exec(text); part; part = parts.exec(text)) {
    if (part[0] === '[') isInside = true
    else if (part[0] === ']') isInside = false
    else if (part[0] === '<!--') {
      const end = commentEnd(parts.lastIndex)
      if (end < Infinity) parts.lastIndex = end
    } else if (part[0] === '>' && !isInside) return text.slice(0, start) + text.slice(parts.lastIndex)
  }
  return text
}

/** Where something stands that is neither blank nor a comment nor for a processor. */
function skipProlog(text: string): number {
  let at = 0
  for (;;) {
    at += /^\s*/.exec(text.slice(at, at + 1000))?.[0].length ?? 0
    const closer = text.startsWith('<?', at) ? '?>' : text.startsWith('<!--', at) ? '-->' : undefined
    const end = closer === undefined ? -1 : text.indexOf(closer, at)
    if (closer === undefined || end < 0) return at
    at = end + closer.length
  }
}

function readEntry(raw: RawEntry, feed: RawFeed, url: string, tooLong: { count: number }): ReadEntry {
  const texts = raw.texts.filter(({ value }) => value.length <= LONGEST_TEXT)
  if (texts.length < raw.texts.length && texts.length === 0) tooLong.count++
  const base = raw.link ?? feed.home ?? url
  const bodies = texts.map(text => ({ html: toHtml(text, base), text }))
  const body = bodies.find(({ html }) => html !== '')
  const languages = [body?.text.lang, raw.lang, feed.lang].flatMap(each => languageOf(each) ?? [])
  const people = raw.authors.some(name => name !== undefined) ? raw.authors : feed.authors
  const names = new Set(people.flatMap(name => personName(name) ?? []))
  const content = [body?.html, ...enclosureLinks(raw, body?.html)].filter(
    each => each !== undefined && each !== '',
  )
  return {
    id: raw.id === undefined ? undefined : raw.id.trim().slice(0, 2000) || undefined,
    link: raw.link,
    title: raw.title && line(raw.title),
    author: names.size === 0 ? undefined : plainLine([...names].slice(0, 10).join(', '), LONGEST_LINE),
    published: firstDate(raw.published),
    updated: firstDate(raw.updated),
    lang: languages[0],
    content: content.length === 0 ? undefined : content.join('\n'),
  }
}

const MAIL = /^\s*\S[^\s@]*@\S+\.[a-z]+[>)]?/iu

/** Not an address of mail, which is nobody’s to publish. */
function personName(written: string | undefined): string | undefined {
  const name = written === undefined ? undefined : plainLine(looseTitle(written), LONGEST_LINE)
  return name?.replace(/(?:(?<!\s)\s+)?\S+/g, word => word.replace(MAIL, '')).trim() || undefined
}

const toHtml = ({ kind, value, base: own }: FeedText, base: string) =>
  kind === 'text' ? textToHtml(value) : sanitizeHtml(value, { base: own ?? base })

/** Where the text has no link to what comes with the entry, one is put below it. */
function enclosureLinks({ enclosures }: RawEntry, html = ''): readonly string[] {
  const links = [...new Set(enclosures)].slice(0, 10)
  return links.filter(each => !html.includes(each.replaceAll('&', '&amp;'))).map(linkHtml)
}

function line({ kind, value }: FeedText): string | undefined {
  const text = kind === 'text' ? value : kind === 'loose' ? looseTitle(value) : textOf(value)
  return plainLine(text, LONGEST_LINE)
}

const firstDate = (written: readonly (string | undefined)[]) =>
  written.flatMap(each => (each === undefined ? [] : (parseFeedDate(each) ?? [])))[0]
