import { append } from '../../../core/lists/long-lists.ts'
import { oldDate } from '../dates.ts'
import type { Fields } from '../../../document/field-syntax.ts'
import { wordsIn } from '../terms.ts'
import {
  below,
  trimFolder,
  dateParts,
  groupedBy,
  isMarkdown,
  laterPages,
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
import { pelicanSlug } from '../slugs.ts'

/** https://docs.getpelican.com/en/latest/settings.html#url-settings */
export const pelican: Generator = {
  name: 'Pelican',
  recognises: ({ files }) => files.includes('pelicanconf.py'),
  read(site) {
    const constants = pythonConstants(site)
    const value: Setting = (name, otherwise) => constants.get(name) ?? otherwise
    const content = trimFolder(constants.get('PATH') || 'content')
    const root = site.files.some(path => path.startsWith(`${content}/`)) ? content : ''
    const pages: OldPage[] = []
    const copied: OldFile[] = []
    const templatePages: { readonly from: string; readonly address: string }[] = []
    const theme = trimFolder(value('THEME', ''))
    append(
      copied,
      below(site.files, `${theme}/static`).flatMap(([path, from]) =>
        theme === '' ? [] : [{ from, to: `theme/${path}` }],
      ),
    )
    for (const [path, from] of below(site.files, root)) {
      if (root === '' && /^(?:[^/]*\.(?:py|txt|toml)|README[^/]*|CMakeLists.txt)$/.test(path)) continue
      if (isMarkdown(path)) pages.push(pageAt(path, from, value))
      else if (/\.(?:rst|ipynb|asc|html)$/i.test(path) && !/^(?:extra|images|static)\//.test(path)) {
        const address = pageAt(path, from, value).address(fieldsOf(site.text(from) ?? ''))
        if (address !== undefined) templatePages.push({ from, address })
      } else copied.push({ from, to: path.replace(/^extra\//, '') })
    }
    return {
      title: constants.get('SITENAME') || undefined,
      url: constants.get('SITEURL') || undefined,
      lang: constants.get('DEFAULT_LANG') || undefined,
      description: constants.get('SITESUBTITLE') || undefined,
      pages,
      copied,
      templates: site.files.filter(
        path => /\.(?:rst|ipynb|asc)$/i.test(path) || /^(?:theme|themes|templates)\//.test(path),
      ),
      templatePages,
      terms: { fields: ['tags', 'category'], between: /(?:(?<!\s)\s+)?,\s*/ },
      lists: published => listsOf(published, value),
      named: (destination, from) => {
        const [, bare] = /^[{|](?:filename|static|attach)[}|](.*)$/.exec(destination) ?? []
        if (bare === undefined) return undefined
        const folder = bare.startsWith('/') ? root : from.slice(0, Math.max(0, from.lastIndexOf('/')))
        return joined(folder, bare.replace(/^\//, ''))
      },
    }
  },
}

type Setting = (name: string, otherwise: string) => string

/** `:name: value` below the title of reStructuredText, or `<meta>` of HTML. */
const fieldsOf = (written: string): Fields => ({
  title: (/<title>([^<]*)/i.exec(written)?.[1] ?? /^(?=.*\w).+$/m.exec(written)?.[0])?.trim(),
  ...Object.fromEntries(
    [...written.matchAll(/<meta\s+name="(\w+)"\s+content="([^"]*)"/gi)].map(([, name = '', value]) => [
      name.toLowerCase(),
      value,
    ]),
  ),
  ...Object.fromEntries(
    [...written.matchAll(/^:(\w+):[ \t]*(.+?)[ \t]*\r?$/gm)].map(([, name = '', text = '']) => [
      name.toLowerCase(),
      text,
    ]),
  ),
})

/** https://docs.getpelican.com/en/latest/settings.html: URL settings, feed settings, pagination */
function listsOf(pages: readonly PublishedPage[], value: Setting): readonly OldList[] {
  const posts = pages.filter(({ isPost }) => isPost)
  const each = Number(value('DEFAULT_PAGINATION', '0'))
  const numbered = (address: string, n: number) => address.replace(/(\.\w+|\/)?$/, end => `${n}${end}`)
  const made = (setting: string, otherwise: string, { slug, shows, count }: Made): readonly OldList[] => {
    const path = value(setting, otherwise)
    if (path === '') return []
    const address = `/${path.replace(/\{slug\}|%s/g, slug).replaceAll('{lang}', slug)}`
    if (setting.includes('FEED')) return [{ address, shows, isFeed: true }]
    return [address, ...laterPages(count ?? 0, each, n => numbered(address, n))].map(one => ({
      address: one.replace(/(^|\/)index\.html$/, '$1'),
      shows,
    }))
  }
  const groups = [
    ['TAG', 'tag', 'tags', (tag: string) => ({ tag })],
    ['CATEGORY', 'category', 'category', (tag: string) => ({ tag })],
    ['AUTHOR', 'author', 'author', (): Shown => 'home'],
  ] as const
  const home = { slug: '', shows: 'home' } as const
  return [
    ...made('INDEX_SAVE_AS', 'index.html', { ...home, count: posts.length }),
    ...made('ARCHIVES_SAVE_AS', 'archives.html', { ...home, shows: 'posts' }),
    ...made('TAGS_SAVE_AS', 'tags.html', { ...home, shows: 'tags' }),
    ...made('CATEGORIES_SAVE_AS', 'categories.html', { ...home, shows: 'tags' }),
    ...made('AUTHORS_SAVE_AS', 'authors.html', { ...home, shows: 'posts' }),
    ...made('FEED_ALL_ATOM', 'feeds/all.atom.xml', home),
    ...made('FEED_ALL_RSS', '', home),
    ...made('FEED_ATOM', '', home),
    ...made('FEED_RSS', '', home),
    ...made('TRANSLATION_FEED_ATOM', 'feeds/all-{lang}.atom.xml', {
      ...home,
      slug: value('DEFAULT_LANG', 'en'),
    }),
    ...groups.flatMap(([name, folder, field, shownBy]) =>
      [...groupedBy(posts, page => filedUnder(page, field, value))].flatMap(([word, of]) => {
        const one = { slug: pelicanSlug(word) ?? word, shows: shownBy(word), count: of.length }
        const feed = name === 'TAG' ? '' : 'feeds/{slug}'
        return [
          made(`${name}_SAVE_AS`, value(`${name}_URL`, `${folder}/{slug}.html`), one),
          made(`${name}_FEED_ATOM`, feed && `${feed}.atom.xml`, one),
          made(`${name}_FEED_RSS`, name === 'AUTHOR' ? `${feed}.rss.xml` : '', one),
        ].flat()
      }),
    ),
  ]
}

interface Made {
  readonly slug: string
  readonly shows: Shown
  readonly count?: number
}

/** What the name of a file says by a regular expression of Python. */
function namedBy(pattern: string, name: string): Readonly<Record<string, string | undefined>> {
  try {
    return new RegExp(`^(?:${pattern.replaceAll('(?P<', '(?<')})`).exec(name)?.groups ?? {}
  } catch {
    return {}
  }
}

function filedUnder({ fields }: PublishedPage, field: string, value: Setting): readonly string[] {
  const words = [field, `${field}s`].flatMap(name => wordsIn(fields, name, /(?:(?<!\s)\s+)?[,;]\s*/))
  if (words.length > 0) return words
  const otherwise =
    field === 'author' ? value('AUTHOR', '') : field === 'category' ? value('DEFAULT_CATEGORY', 'misc') : ''
  return otherwise === '' ? [] : [otherwise]
}

const joined = (folder: string, path: string) =>
  [...folder.split('/'), ...path.split('/')]
    .reduce<string[]>((all, each) => {
      if (each === '..') all.pop()
      else if (each !== '' && each !== '.') all.push(each)
      return all
    }, [])
    .join('/')

/** `NAME = 'text'`, a number, or nothing: Python is not run. */
function pythonConstants({ files, text: read }: OldSite): ReadonlyMap<string, string> {
  const constants = new Map<string, string>()
  for (const file of files.filter(path =>
    /^(?:pelican-config\/[^/]*|pelicanconf|publishconf)\.py$/.test(path),
  ))
    for (const [, name = '', , quoted, other] of (read(file) ?? '').matchAll(
      /^([A-Z_]+)\s*=\s*[ur]?(?:(['"])(.*?)\2|([A-Z_]+|None|False|\d+))\s*(?:#.*)?$/gm,
    )) {
      const value =
        quoted ?? (/^(?:None|False)$/.test(other ?? '') ? '' : (constants.get(other ?? '') ?? other))
      if (value !== undefined) constants.set(name, value)
    }
  return constants
}

function pageAt(path: string, from: string, value: Setting): OldPage {
  const segments = path.split('/')
  const name = withoutEnding(segments.at(-1) ?? path)
  const isPage = segments[0] === 'pages' || segments[0] === 'page'
  return {
    from,
    to: `${withoutEnding(path)}.md`,
    isPost: !isPage,
    fields: isPage || segments.length < 2 ? {} : { category: segments.at(-2) },
    address(fields) {
      const pattern =
        text(fields.save_as) ??
        text(fields.url) ??
        (isPage
          ? value('PAGE_SAVE_AS', value('PAGE_URL', 'pages/{slug}.html'))
          : value('ARTICLE_SAVE_AS', value('ARTICLE_URL', '{slug}.html')))
      const named = namedBy(value('FILENAME_METADATA', '(?P<date>\\d{4}-\\d{2}-\\d{2}).*'), name)
      const bySource = value('SLUGIFY_SOURCE', 'title') === 'basename'
      const slug =
        text(fields.slug) ?? named.slug ?? pelicanSlug(bySource ? name : (text(fields.title) ?? name))
      if (slug === undefined && pattern.includes('{slug}')) return undefined
      const category = pelicanSlug(
        text(fields.category) ?? (segments.length > 1 ? (segments.at(-2) ?? '') : 'misc'),
      )
      const { year = '', month = '', day = '' } = dateParts(oldDate(fields.date ?? named.date))
      const date: Readonly<Record<string, string>> = {
        Y: year,
        m: month,
        d: day,
        '-m': String(Number(month)),
        '-d': String(Number(day)),
      }
      const filled = pattern
        .replace(/\{date:([^{}]*)\}/g, (_, format: string) =>
          format.replace(/%(-?\w)/g, (whole, key: string) => date[key] ?? whole),
        )
        .replaceAll('{slug}', slug || name)
        .replaceAll('{category}', category ?? '')
        .replaceAll('{lang}', text(fields.lang) ?? '')
        .replaceAll('{author}', pelicanSlug(text(fields.author) ?? '') ?? '')
      return `/${filled}`.replace(/\/{2,}/g, '/').replace(/(^|\/)index\.html$/, '$1')
    },
  }
}
