import { element, emptyElement } from '../../core/xml.ts'
import type { Planet, PlanetEntry, PlanetSource } from './gather.ts'

export interface PublishedAs {
  /** Of the site, without a slash at the end. */
  readonly siteUrl: string
  readonly lang: string
  /** Addresses within the site. */
  readonly page: string
  readonly feed: string
}

/** RFC 4287. Each entry has its author and its source; a planet without entries was never updated. */
export function planetAtom({ title, entries }: Planet, { siteUrl, lang, page, feed }: PublishedAs): string {
  const self = siteUrl + feed
  const latest = entries.reduce((time, { updated }) => (updated > time ? updated : time), EPOCH)
  return [
    '<?xml version="1.0" encoding="utf-8"?>\n',
    '<feed xmlns="http://www.w3.org/2005/Atom">\n',
    element('id', self),
    // Here, and not on the feed: of an entry without a language nobody knows which it has.
    element('title', title, { 'xml:lang': lang }),
    element('updated', latest),
    emptyElement('link', { rel: 'self', type: 'application/atom+xml', href: self }),
    emptyElement('link', { rel: 'alternate', type: 'text/html', href: siteUrl + page }),
    element('generator', 'Imprimatur'),
    ...entries.map(atomEntry),
    '</feed>\n',
  ].join('')
}

const EPOCH = '1970-01-01T00:00:00Z'

function atomEntry(entry: PlanetEntry): string {
  const { id, link, title, author, source, date, updated, lang, content } = entry
  return [
    `<entry${lang === undefined ? '' : ` xml:lang="${lang}"`}>\n`,
    element('id', id),
    element('title', title),
    `<author>\n${element('name', author ?? source.name)}</author>\n`,
    link === undefined ? '' : emptyElement('link', { rel: 'alternate', type: 'text/html', href: link }),
    element('published', date),
    element('updated', updated),
    atomSource(source),
    element('content', content, { type: 'html' }),
    '</entry>\n',
  ].join('')
}

/** Section 4.2.11: what an entry is copied from. */
const atomSource = ({ name, feed, home }: PlanetSource) =>
  [
    '<source>\n',
    element('id', feed),
    element('title', name),
    emptyElement('link', { rel: 'self', href: feed }),
    home === undefined ? '' : emptyElement('link', { rel: 'alternate', type: 'text/html', href: home }),
    '</source>\n',
  ].join('')

/** OPML 2.0, http://opml.org/spec2.opml: the list of feeds, for the reader of a reader. */
export function planetOpml({ title, sources }: Planet): string {
  const outlines = sources.map(({ name, feed, home }) =>
    emptyElement('outline', {
      type: 'rss',
      text: name,
      title: name,
      xmlUrl: feed,
      ...(home !== undefined && { htmlUrl: home }),
    }),
  )
  return [
    '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n<head>\n',
    element('title', title),
    '</head>\n<body>\n',
    ...outlines,
    '</body>\n</opml>\n',
  ].join('')
}
