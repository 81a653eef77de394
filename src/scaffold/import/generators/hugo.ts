import { append } from '../../../core/lists/long-lists.ts'
import { oldDate } from '../dates.ts'
import { wordsIn } from '../terms.ts'
import {
  below,
  dateParts,
  fill,
  groupedBy,
  isMarkdown,
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
import { githubAnchor, hugoPath } from '../slugs.ts'

const NAMES = ['hugo', 'config', 'config/_default/hugo', 'config/_default/config'].flatMap(name =>
  ['toml', 'yaml', 'yml', 'json'].map(end => `${name}.${end}`),
)

const configOf = (site: OldSite) => NAMES.find(name => site.files.includes(name))

/** https://gohugo.io/content-management/urls/ */
export const hugo: Generator = {
  name: 'Hugo',
  recognises: site =>
    configOf(site) !== undefined &&
    site.files.some(path => path.startsWith('content/')) &&
    !site.files.includes('templates/index.html'),
  read(site) {
    const name = configOf(site) ?? ''
    const config = lowerCase(site.settings(name))
    const folder = name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : ''
    const languages = record(config.languages ?? languageFile(site, folder))
    const first = text(config.defaultcontentlanguage) ?? 'en'
    const roots = contentRoots(languages, { first, folder: text(config.contentdir) ?? 'content' })
    const inFolder = config.defaultcontentlanguageinsubdir === true
    const pages: OldPage[] = []
    const copied: OldFile[] = []
    const taken = new Set<string>()
    for (const { root, lang } of roots) {
      for (const [path, from] of below(site.files, root)) {
        if (taken.has(from)) continue
        taken.add(from)
        const named = splitLanguage(path, Object.keys(languages))
        const own = named.lang ?? lang
        const prefix = own !== first || inFolder ? `${own}/` : ''
        if (!isMarkdown(path)) copied.push({ from, to: prefix + bundled(path) })
        else pages.push(pageAt(named.path, { from, prefix, lang: own === first ? undefined : own, config }))
      }
    }
    const themes = list(config.theme).map(each => `themes/${each}/static`)
    for (const each of ['static', ...themes])
      append(
        copied,
        below(site.files, each).map(([to, from]) => ({ from, to })),
      )
    const main = record(languages[first])
    return {
      title: text(config.title) ?? text(main.title),
      url: text(config.baseurl),
      lang: text(config.languagecode) ?? text(main.languagecode) ?? first,
      description: text(record(config.params).description),
      pages,
      copied,
      hasBundles: true,
      templates: site.files.filter(path => /^(?:layouts|archetypes|assets|i18n|data)\//.test(path)),
      terms: {
        fields: [...new Set(['tags', 'categories', ...Object.values(taxonomies(config)).map(String)])],
      },
      lists: published =>
        languagesOf(Object.keys(languages), first).flatMap(lang =>
          listsOf(
            published.filter(page => (page.lang ?? first) === lang),
            { prefix: lang !== first || inFolder ? `/${lang}/` : '/', lang, config },
          ),
        ),
      anchor: githubAnchor,
      anchorsOfSource: true,
      fieldsInAnyCase: true,
      named: (destination, from) => namedPage(site.files, destination, from),
    }
  },
}

const taxonomies = (config: Readonly<Record<string, unknown>>) =>
  record(config.taxonomies ?? { tag: 'tags', category: 'categories', ...record(config.indexes) })

const languagesOf = (named: readonly string[], first: string) => [...new Set([first, ...named])]

/** https://gohugo.io/templates/lookup-order/: the home page, sections, taxonomies and terms, each with a feed and more pages. */
function listsOf(
  pages: readonly PublishedPage[],
  {
    prefix,
    lang,
    config,
  }: {
    readonly prefix: string
    readonly lang: string
    readonly config: Readonly<Record<string, unknown>>
  },
): readonly OldList[] {
  if (pages.length === 0) return []
  const each = Number(record(config.pagination).pagersize ?? config.paginate ?? 10)
  const lists = (address: string, shows: Shown, count: number): readonly OldList[] => [
    { address, shows },
    { address: `${address}index.xml`, shows, isFeed: true },
    ...[1, ...Array.from({ length: Math.ceil(count / each) - 1 }, (_, i) => i + 2)].map(n => ({
      address: `${address}page/${n}/`,
      shows,
    })),
  ]
  const sections = groupedBy(pages, ({ address }) => {
    const [, section = ''] = new RegExp(`^${prefix}([^/]+)/.`).exec(address) ?? []
    return section === '' ? [] : [section]
  })
  // A section may be a page alone.
  const alone = pages.filter(({ to, address }) => to.endsWith('/_index.md') && address !== prefix)
  const filed = Object.values(taxonomies(config))
    .map(String)
    .flatMap(name => {
      const terms = groupedBy(pages, ({ fields }) => wordsIn(fields, name))
      const ofTerms = [...terms].flatMap(([tag, of]) =>
        lists(`${prefix}${hugoPath(name)}/${hugoPath(tag)}/`, { tag }, of.length),
      )
      return [lists(`${prefix}${hugoPath(name)}/`, 'tags', terms.size), ofTerms].flat()
    })
  const isHome = prefix === '/'
  return [
    ...lists(prefix, isHome ? 'home' : { lang }, pages.length),
    ...(isHome ? [{ address: `/${lang}/`, shows: 'home' } as const] : []),
    ...[prefix, `/${lang}/`].map(folder => ({ address: `${folder}sitemap.xml`, shows: 'sitemap' as const })),
    ...alone.flatMap(({ address }) => lists(address, { section: address.slice(1, -1) }, 1)),
    ...[...sections].flatMap(([section, of]) =>
      lists(`${prefix}${section}/`, { section: isHome ? section : lang }, of.length),
    ),
    ...filed,
  ]
}

/** Hugo takes names in any case. */
const lowerCase = (config: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(config).map(([name, value]) => [name.toLowerCase(), value]))

const languageFile = (site: OldSite, folder: string) =>
  ['yaml', 'yml', 'toml', 'json']
    .map(end => `${folder}/languages.${end}`)
    .filter(path => site.files.includes(path))
    .map(site.settings)[0]

function contentRoots(
  languages: Readonly<Record<string, unknown>>,
  { first, folder }: { readonly first: string; readonly folder: string },
): readonly { readonly root: string; readonly lang: string }[] {
  const own = Object.entries(languages).flatMap(([lang, settings]) => {
    const root = text(lowerCase(record(settings)).contentdir)
    return root === undefined ? [] : [{ root, lang }]
  })
  return [...own, { root: folder, lang: first }]
}

/** The folder of a bundle becomes part of an address, its files keep their names. */
const bundled = (path: string) => {
  const end = path.lastIndexOf('/') + 1
  return hugoPath(path.slice(0, end)) + path.slice(end)
}

function pageAt(
  path: string,
  {
    from,
    prefix,
    lang,
    config,
  }: {
    readonly from: string
    readonly prefix: string
    readonly lang: string | undefined
    readonly config: Readonly<Record<string, unknown>>
  },
): OldPage {
  const stem = withoutEnding(path)
  const segments = stem.split('/')
  const last = segments.pop() ?? ''
  const section = segments[0] ?? ''
  const isSection = last === '_index'
  const isBundle = last === 'index'
  const name = isBundle ? (segments.pop() ?? '') : isSection ? '' : last
  const to =
    `${hugoPath([...segments, name].filter(Boolean).join('/'))}${isSection ? '/_index' : isBundle ? '/index' : ''}.md`.replace(
      /^\//,
      '',
    )
  return {
    from,
    to: `${prefix}${to}`,
    isPost: !isSection && section !== '',
    ...(isSection && section === '' && { layout: 'section' }),
    ...(lang !== undefined && { fields: { lang } }),
    address(fields) {
      const url = text(fields.url)
      if (url !== undefined) return url.startsWith('/') ? url : `/${url}`
      const own = hugoPath(text(fields.slug) ?? name)
      const pattern =
        text(record(config.permalinks)[section]) ?? text(record(record(config.permalinks).page)[section])
      if (pattern !== undefined && !isSection) {
        const title = hugoPath(text(fields.title) ?? name)
        const values = {
          ...dateParts(oldDate(fields.date)),
          section,
          sections: segments.join('/'),
          title,
          slug: own,
          filename: hugoPath(name),
          slugorfilename: own,
          contentbasename: hugoPath(name),
          slugorcontentbasename: own,
        }
        return fill(prefix + pattern, values)
      }
      const place = [...segments.map(hugoPath), own].filter(Boolean).join('/')
      if (place === '') return `/${prefix}`
      return config.uglyurls === true && !isSection ? `/${prefix}${place}.html` : `/${prefix}${place}/`
    },
  }
}

/** `{{< ref "posts/a.md" >}}` */
function namedPage(files: readonly string[], destination: string, from: string): string | undefined {
  const bare = destination.replace(/^\//, '').replace(/\/$/, '')
  const beside = from.slice(0, from.lastIndexOf('/') + 1) + bare
  const ends = ['', '.md', '/index.md', '/_index.md']
  return (
    [beside, `content/${bare}`]
      .flatMap(path => ends.map(end => path + end))
      .find(path => files.includes(path) && isMarkdown(path)) ??
    files.find(path => isMarkdown(path) && ends.some(end => path.endsWith(`/${bare}${end}`)))
  )
}
