import { append } from '../../../core/lists/long-lists.ts'
import { wordsIn } from '../terms.ts'
import {
  below,
  groupedBy,
  isMarkdown,
  laterPages,
  list,
  record,
  splitLanguage,
  text,
  withoutEnding,
  type Generator,
  type OldFile,
  type OldList,
  type OldPage,
  type OldSite,
  type PublishedPage,
  type Shown,
} from '../generator.ts'
import { zolaAnchor, zolaSlug } from '../slugs.ts'

/** The folder of the site: Zola’s file of settings may lie deeper than the repository. */
const folderOf = ({ files, text: read }: OldSite): string | undefined =>
  files
    .filter(
      path => /(?:^|\/)(?:config|zola)\.toml$/.test(path) && /^[ \t]*base_url\s*=/m.test(read(path) ?? ''),
    )
    .map(path => path.slice(0, path.lastIndexOf('/') + 1))[0]

/** https://www.getzola.org/documentation/content/page/ */
export const zola: Generator = {
  name: 'Zola',
  recognises: site => folderOf(site) !== undefined,
  read(site) {
    const folder = folderOf(site) ?? ''
    const name =
      ['config.toml', 'zola.toml'].map(each => folder + each).find(each => site.files.includes(each)) ?? ''
    const config = site.settings(name)
    const first = text(config.default_language) ?? 'en'
    const languages = Object.keys(record(config.languages))
    const taxonomies = [config.taxonomies ?? []].flat().map(each => {
      const { name = '', feed, paginate_by } = record(each)
      return { name: String(name), hasFeed: feed === true, each: Number(paginate_by ?? 0) }
    })
    const pages: OldPage[] = []
    const copied: OldFile[] = []
    for (const [path, from] of below(site.files, `${folder}content`)) {
      const { path: bare, lang } = splitLanguage(path, languages)
      if (isMarkdown(path)) pages.push(pageAt(bare, { from, lang: lang === first ? undefined : lang }))
      else copied.push({ from, to: path })
    }
    append(
      copied,
      below(site.files, `${folder}static`).map(([to, from]) => ({ from, to })),
    )
    return {
      title: text(config.title),
      url: text(config.base_url),
      lang: first,
      description: text(config.description),
      pages,
      copied,
      hasBundles: true,
      templates: site.files.filter(
        path => path.startsWith(folder) && /^(?:templates|sass)\//.test(path.slice(folder.length)),
      ),
      templatePages: below(site.files, `${folder}sass`).flatMap(([path, from]) =>
        /(?:^|\/)_/.test(path) ? [] : [{ from, address: `/${path.replace(/\.s[ac]ss$/, '.css')}` }],
      ),
      anchor: zolaAnchor,
      aliasesFrom: 'site',
      terms: { fields: [...new Set(['tags', 'categories', ...taxonomies.map(({ name }) => name)])] },
      lists: published => listsOf(published, config, taxonomies),
      named: destination => {
        const bare = /^@\/(.*)$/.exec(destination)?.[1]
        return bare === undefined ? undefined : `${folder}content/${bare}`
      },
    }
  },
}

interface Taxonomy {
  readonly name: string
  readonly hasFeed: boolean
  readonly each: number
}

/** https://www.getzola.org/documentation/templates/taxonomies/, feeds and pagination */
function listsOf(
  pages: readonly PublishedPage[],
  config: Readonly<Record<string, unknown>>,
  taxonomies: readonly Taxonomy[],
): readonly OldList[] {
  const names = list(config.feed_filenames ?? config.feed_filename ?? 'atom.xml')
  const feedsOf = (address: string, shows: Shown, hasSome: boolean): readonly OldList[] =>
    hasSome ? names.map(name => ({ address: address + name, shows, isFeed: true })) : []
  const paged = (
    address: string,
    shows: Shown,
    { count, each }: { readonly count: number; readonly each: number },
  ) =>
    each > 0
      ? [`${address}page/1/`, ...laterPages(count, each, n => `${address}page/${n}/`)].map(page => ({
          address: page,
          shows,
        }))
      : []
  const sections = pages.filter(({ to }) => to.endsWith('_index.md'))
  return [
    feedsOf('/', 'home', (config.generate_feeds ?? config.generate_feed) === true),
    ...sections.flatMap(({ address, fields }) => {
      const shows: Shown = address === '/' ? 'home' : { section: address.slice(1, -1) }
      const hasFeed = (fields.generate_feeds ?? fields.generate_feed) === true
      return [
        paged(address, shows, { count: pages.length, each: Number(fields.paginate_by ?? 0) }),
        feedsOf(address, shows, hasFeed),
      ]
    }),
    ...taxonomies.flatMap(({ name, hasFeed, each }) => {
      const address = `/${zolaSlug(name)}/`
      const terms = [...groupedBy(pages, ({ fields }) => wordsIn(fields, name))]
      const all: readonly OldList[] = [{ address, shows: 'tags' }]
      return [
        all,
        terms.flatMap(([tag, of]) => termLists(`${address}${zolaSlug(tag)}/`, { tag }, of.length)).flat(),
      ]
      function termLists(term: string, shows: Shown, count: number): readonly (readonly OldList[])[] {
        return [
          [{ address: term, shows }],
          paged(term, shows, { count, each }),
          feedsOf(term, shows, hasFeed),
        ]
      }
    }),
  ].flat()
}

function pageAt(
  path: string,
  { from, lang }: { readonly from: string; readonly lang: string | undefined },
): OldPage {
  const segments = withoutEnding(path).split('/')
  const last = segments.pop() ?? ''
  const prefix = lang === undefined ? '' : `${lang}/`
  const isSection = last === '_index'
  const isBundle = last === 'index' && segments.length > 0
  const name = isBundle ? (segments.pop() ?? '') : last
  const [, day, rest] = /^(\d{4}-\d{2}-\d{2})(?:T[^_-]*)?[-_](.+)$/.exec(name) ?? []
  const stem = [...segments, ...(isSection ? ['_index'] : isBundle ? [name, 'index'] : [name])].join('/')
  return {
    from,
    // Beside the files of its bundle, which keep their places.
    to: `${stem}${lang === undefined ? '' : `.${lang}`}.md`,
    isPost: !isSection,
    ...(isSection && segments.length === 0 && { layout: 'section' }),
    fields: { ...(day !== undefined && { date: day }), ...(lang !== undefined && { lang }) },
    address(fields) {
      const own = text(fields.path)
      if (own !== undefined && !isSection) return `/${prefix}${own.replace(/^\/|\/$/g, '')}/`
      const places = segments.map(zolaSlug)
      if (!isSection) places.push(text(fields.slug) ?? zolaSlug(rest ?? name))
      return `/${prefix}${places.map(each => `${each}/`).join('')}`
    },
  }
}
