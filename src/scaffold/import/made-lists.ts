import { tagSlug } from '../../document/place/tag-slug.ts'
import { decoded } from './claims.ts'
import type { OldList, PublishedPage } from './generator.ts'
import { groupedBy } from './generator.ts'

/** The lists and feeds that the new site will have of itself, as build/pages/archives.ts and build/feeds/feed.ts make them. */
export interface MadeLists {
  /** Whether the build makes the file at an address. */
  has(address: string): boolean
  /** The address of what shows the same now, if anything does: a list that is made, or a page of the author’s own. */
  of(list: OldList, isOwn: (address: string) => boolean): string | undefined
}

export function listsMadeOf(pages: readonly PublishedPage[], siteLang: string): MadeLists {
  const dated = pages.filter(({ date }) => date !== undefined)
  const made = new Set(['/', '/robots.txt', '/sitemap.xml', '/_headers'])
  const sections = groupedBy(dated, page => sectionOf(page) ?? [])
  for (const [section, posts] of sections) {
    made.add(`/${section}/`).add(`/${section}/atom.xml`)
    for (const { date = '' } of posts) made.add(`/${section}/${date.slice(0, 4)}/`)
  }
  const tags = groupedBy(pages, page => page.tags)
  if (tags.size > 0) made.add('/tags/')
  for (const [tag, tagged] of tags) {
    made.add(`/tags/${tagSlug(tag)}/`)
    if (tagged.some(({ date }) => date !== undefined)) made.add(`/tags/${tagSlug(tag)}/atom.xml`)
  }
  const languages = new Set(dated.map(({ lang = siteLang }) => lang))
  for (const folder of ['', ...(languages.size > 1 ? [...languages].map(lang => `/${lang}`) : [])])
    if (dated.length > 0) for (const format of FORMATS) made.add(`${folder}/${format}`)
  const [main] = [...sections].toSorted(([, a], [, b]) => b.length - a.length)
  return {
    has: address => made.has(decoded(address)),
    of: (list, isOwn) =>
      candidates(list, main?.[0]).find(address => made.has(decoded(address)) || isOwn(address)),
  }
}

const FORMATS = ['atom.xml', 'rss.xml', 'feed.json']

/** The nearest first; a list of what is no longer filed so leads to all posts. */
function candidates({ address, shows, isFeed }: OldList, main: string | undefined): readonly string[] {
  const feed = /rss|index\.xml$/.test(address)
    ? 'rss.xml'
    : address.endsWith('.json')
      ? 'feed.json'
      : 'atom.xml'
  const all = isFeed ? [`/${feed}`] : ['/']
  if (shows === 'home') return all
  if (shows === 'nothing') return []
  if (shows === 'sitemap') return ['/sitemap.xml']
  const end = isFeed ? 'atom.xml' : ''
  if (shows === 'posts') return isFeed || main === undefined ? all : [encodeURI(`/${main}/`), ...all]
  if (shows === 'tags') return isFeed ? all : ['/tags/', ...all]
  if ('tag' in shows) return [encodeURI(`/tags/${tagSlug(shows.tag)}/${end}`), ...all]
  if ('section' in shows) return [encodeURI(`/${shows.section}/${end}`), ...all]
  return isFeed ? [`/${shows.lang}/${feed}`, ...all] : all
}

/** As build/pages/read-page.ts has it. */
function sectionOf({ to, fields }: PublishedPage): readonly string[] | undefined {
  const segments = to.split('/')
  const own = fields.section
  if (typeof own === 'string' && own !== '') return [own]
  return segments.length > (segments.at(-1) === 'index.md' ? 2 : 1) ? [segments[0] ?? ''] : undefined
}
