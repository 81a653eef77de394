import { withBase } from '../../config/base-path.ts'
import type { Author } from '../../core/types.ts'
import type { SiteConfig } from '../../config/config.ts'
import { feedAddress, lastUpdated, type FeedEntry, type Feed } from './feed.ts'
import { element, emptyElement } from '../../core/xml.ts'

/** RFC 4287. An entry without content has its summary, when there is one. */
export function atomFeed(site: SiteConfig, feed: Feed, entries: readonly FeedEntry[]): string {
  const self = site.url + feedAddress(feed, 'atom.xml')
  const attributes = `xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.lang}"`
  return [
    `<?xml version="1.0" encoding="utf-8"?>\n<?xml-stylesheet type="text/css" href="${withBase(site.url, '/feed.css')}"?>\n`,
    `<feed ${attributes}>\n`,
    element('id', self),
    element('title', feed.title),
    element('subtitle', site.description),
    element('updated', lastUpdated(entries)),
    emptyElement('link', { rel: 'self', type: 'application/atom+xml', href: self }),
    emptyElement('link', { rel: 'alternate', type: 'text/html', href: site.url + feed.page }),
    authorOfSite(site),
    element('icon', feed.icon),
    element('generator', 'Imprimatur'),
    ...entries.map(atomEntry),
    '</feed>\n',
  ].join('')
}

const atomEntry = ({ id, url, title, summary, content, published, updated, lang, tags, author }: FeedEntry) =>
  [
    `<entry xml:lang="${lang}">\n`,
    element('id', id),
    element('title', title),
    emptyElement('link', { rel: 'alternate', type: 'text/html', href: url }),
    element('published', published),
    element('updated', updated),
    author && authorElement(author),
    ...tags.map(term => emptyElement('category', { term })),
    element('summary', summary),
    element('content', content, { type: 'html' }),
    '</entry>\n',
  ].join('')

function authorOfSite({ author: named, title }: SiteConfig): string {
  const { name = title, email, url } = named ?? {}
  const known = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return authorElement({ name, url: known(url), email: known(email) })
}

const authorElement = ({ name, url, email }: Author & { readonly email?: string | undefined }) =>
  `<author>\n${element('name', name)}${element('uri', url)}${element('email', email)}</author>\n`
