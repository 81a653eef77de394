import type { ArchiveName } from '../pages/archives.ts'
import type { Site } from '../site.ts'
import { digest } from '../../core/hash.ts'
import type { SitePage } from '../pages/site-page.ts'
import { assetAddress } from '../pages/addresses.ts'
import { TemplateFailure } from '../render/ejs.ts'

/** The values of dependencies that a `DependencyTracker` recorded, in one text; undefined while one of them has none to rely on. */
export type Fingerprint = (dependencies: Iterable<string>) => string | undefined

/** What the values are taken from. */
interface FingerprintInput {
  readonly site: Site
  /** Every page by its path. */
  readonly pages: Pick<ReadonlyMap<string, SitePage | undefined>, 'get' | 'values'>
  /** The state that a source is in; its path is relative to the root. */
  stateOf(source: string): string
  /** By the page’s source: `ParsedPage.metadata`. */
  readonly metadata: Pick<ReadonlyMap<string, string>, 'get'>
}

export function createFingerprint({ site, pages, stateOf, metadata }: FingerprintInput): Fingerprint {
  // Of a page that nobody wrote, the title is a word of the interface.
  const describe = (page: SitePage | undefined) =>
    page ? `${page.path} ${metadata.get(page.source) ?? page.title}` : '-'
  const kinds: Readonly<Record<string, (name: string) => string | undefined>> = {
    pages: () => digest([...pages.values()].map(describe)),
    bodies: () => digest([...pages.values()].map(page => (page ? stateOf(page.source) : '-'))),
    around(path) {
      const { previous, next, translations = [] } = pages.get(path) ?? {}
      return [previous, next, ...translations].map(describe).join('\n')
    },
    layout(name) {
      const { template, outer } = site.layouts.layout(name, '')
      return digest([template.file.text, outer])
    },
    partial: name => digest([site.layouts.partial(name).file.text]),
    asset: name => site.assets.hashed(assetAddress(name) ?? '') ?? '-',
    // Every build reports one that cannot be measured.
    image: url =>
      site.assets.hashed(url) === undefined
        ? '-'
        : JSON.stringify([site.assets.imageSize(url), site.pictures?.copiesOf(url)]),
    pictures: () => site.pictures?.version,
    address: source => site.addresses.get(source) ?? '-',
    archive: name => site.archives.address(JSON.parse(name) as ArchiveName) ?? '-',
    feed(folder) {
      const { icon, pages: listed = [] } = site.feeds.find(feed => feed.folder === folder) ?? {}
      return digest([icon ?? '', ...listed.map(describe)])
    },
    'list-feed'(folder) {
      const { title, lang, icon, pages: listed = [], full } = site.listFeeds.get(folder) ?? {}
      return digest([
        title ?? '',
        lang ?? '',
        icon ?? '',
        ...listed.map(page => `${describe(page)} ${full?.has(page)}`),
      ])
    },
    'feed-of-list': folder => site.listFeeds.get(folder)?.title ?? '-',
    'list-feeds': () =>
      JSON.stringify([...site.listFeeds.values()].map(({ folder, title, lang }) => [folder, title, lang])),
    feeds: () => JSON.stringify(site.feeds.map(({ folder, title, lang }) => [folder, title, lang])),
    at: url => describe(site.pageAt(url)),
    word(name) {
      const [lang = '', word = ''] = name.split(' ')
      return site.words.find(word, lang) ?? '-'
    },
    planet: () => site.planet?.fingerprint(stateOf) ?? '-',
    keys: () => digest([JSON.stringify(site.keys?.data) ?? '']),
  }
  const known = new Map<string, string | undefined>()
  const valueOf = (dependency: string) => {
    // Of each page one of these: to keep them costs more than to ask again.
    if (dependency.startsWith('source ')) return stateOf(dependency.slice('source '.length))
    if (dependency.startsWith('self ')) return describe(pages.get(dependency.slice('self '.length)))
    if (!known.has(dependency)) known.set(dependency, compute(dependency))
    return known.get(dependency)
  }
  const compute = (dependency: string) => {
    const end = dependency.indexOf(' ')
    const [kind, name] = end < 0 ? [dependency, ''] : [dependency.slice(0, end), dependency.slice(end + 1)]
    try {
      return kinds[kind]?.(name)
    } catch (error) {
      if (error instanceof TemplateFailure) return undefined
      throw error
    }
  }
  return dependencies => {
    const values = [...dependencies].map(valueOf)
    return values.includes(undefined) ? undefined : values.join('\0')
  }
}
