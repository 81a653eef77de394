import type { Fields } from '../../document/field-syntax.ts'
import type { ImportNote } from './report.ts'

/** A site of another generator, as it lies on the disk; it is only read. */
export interface OldSite {
  /** Absolute. */
  readonly root: string
  /** Every file that is not of a tool, relative to the site’s folder, in order. */
  readonly files: readonly string[]
  /** What is there besides files and folders. */
  readonly unread: readonly ImportNote[]
  /** The text of a file; undefined when there is none, or it is no UTF-8. */
  text(path: string): string | undefined
  /** What a file of settings says, by its ending YAML, TOML or JSON; nothing when it cannot be read. */
  settings(path: string): Readonly<Record<string, unknown>>
}

/** How a page of Markdown, and everything else, gets into the new site. */
export interface OldFile {
  readonly from: string
  /** Relative to the pages folder. */
  readonly to: string
}

export interface OldPage extends OldFile {
  readonly isPost: boolean
  /** Of a page that lists what is below its folder, where that is not told by its name. */
  readonly layout?: 'section'
  /** More addresses that it answered at. */
  also?(fields: Fields): readonly string[]
  /** Where it was, by what its front matter says: `/2020/01/02/a/`, `/a.html`. Undefined when only its generator knows. */
  address(fields: Fields): string | undefined
  /** What its front matter is completed with. */
  readonly fields?: Fields
}

/** What an old page was about that showed others. */
export type Shown =
  | 'home'
  | 'posts'
  | 'tags'
  | 'sitemap'
  | 'nothing'
  | { readonly tag: string }
  | { readonly section: string }
  | { readonly lang: string }

/** A page, or a feed, that the old generator made of others: it has no source, and readers have its address. */
export interface OldList {
  readonly address: string
  readonly shows: Shown
  readonly isFeed?: true
}

/** A page that readers see, as lists are made of it. */
export interface PublishedPage {
  readonly from: string
  /** In the pages folder. */
  readonly to: string
  readonly address: string
  readonly isPost: boolean
  /** As they were, with what its place completes them with. */
  readonly fields: Fields
  readonly tags: readonly string[]
  /** An ISO day or time. */
  readonly date: string | undefined
  readonly lang: string | undefined
}

/** How pages are filed. */
export interface Terms {
  /** Fields, or tables of one of `taxonomies`, whose values are tags here. */
  readonly fields: readonly string[]
  /** What stands between the words of a text that is several. */
  readonly between?: RegExp
}

export interface OldContents {
  readonly title?: string | undefined
  /** Where the site was published, with its base path. */
  readonly url?: string | undefined
  readonly lang?: string | undefined
  readonly description?: string | undefined
  readonly pages: readonly OldPage[]
  readonly copied: readonly OldFile[]
  /** The files beside an `index.md` have the address of that page. */
  readonly hasBundles?: true
  /** Layouts that this program can use as they are, with paths relative to the new site. */
  readonly layouts?: readonly OldFile[]
  /** Files that are templates of the generator, whose like is to be written anew. */
  readonly templates: readonly string[]
  /** Where those of them that are pages themselves were. */
  readonly templatePages?: readonly { readonly from: string; readonly address: string }[]
  /** What there was of lists and feeds, for the pages that are published. */
  readonly lists?: (pages: readonly PublishedPage[]) => readonly OldList[]
  readonly terms?: Terms
  /** What an alias without a slash in front begins at. */
  readonly aliasesFrom?: 'site'
  /** What its readers’ links into headings look like; absent where headings had no ids. It gives '' for none, and undefined for one that only its generator knows. */
  readonly anchor?: ((text: string) => string | undefined) | undefined
  /** Whether anchors are made of headings with their markup. */
  readonly anchorsOfSource?: true
  /** Whether names of fields mean the same in any case. */
  readonly fieldsInAnyCase?: true
  /** Whether it published pages that say `draft: true`. */
  readonly publishesDrafts?: true
  /** The source that a destination in Markdown or a tag names, if it names one in the generator’s own way, relative to the old site. */
  readonly named?: (destination: string, from: string) => string | undefined
}

export interface Generator {
  readonly name: string
  recognises(site: OldSite): boolean
  read(site: OldSite): OldContents
}

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined

export const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}

/** One value, several, or a text with blanks or commas between. */
export const list = (value: unknown, between?: RegExp): readonly string[] =>
  [value ?? []]
    .flat()
    .flatMap(each => (typeof each === 'string' && between ? each.split(between) : [each]))
    .filter(each => typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean')
    .map(each => String(each).trim())
    .filter(each => each !== '')

export const isMarkdown = (path: string): boolean => /\.(?:md|markdown|mkd|mdown)$/i.test(path)

export const withoutEnding = (path: string): string => path.replace(/\.[^./]+$/, '')

/** Files below a folder, with their paths there. */
/** `./a/` -> `a` */
export const trimFolder = (path: string): string => path.replace(/^\.\//, '').replace(/(?<!\/)\/+$/, '')

export const below = (
  files: readonly string[],
  folder: string,
): readonly (readonly [path: string, from: string])[] => {
  const prefix = folder === '' || folder === '.' ? '' : `${trimFolder(folder)}/`
  return files.flatMap(file => (file.startsWith(prefix) ? [[file.slice(prefix.length), file] as const] : []))
}

/** What names a language in a file’s name, `a.ru.md`. */
export function splitLanguage(
  path: string,
  languages: readonly string[],
): { readonly path: string; readonly lang?: string } {
  const [, stem = path, lang = '', end = ''] =
    /^(.*)\.([a-z]{2,3}(?:-[A-Za-z]{2,4})?)(\.[^./]+)$/.exec(path) ?? []
  return languages.includes(lang) ? { path: stem + end, lang } : { path }
}

function hasPair(text: string, open: string, close: string): boolean {
  const at = text.indexOf(open)
  return at >= 0 && text.includes(close, at + open.length)
}

/** Front matter of the kind that no known ending has, or text with template tags: it is made, and cannot be copied. */
export const isTemplateText = (written: string | undefined): boolean =>
  written !== undefined &&
  (/^\uFEFF?---\r?\n/.test(written) || hasPair(written, '{%', '%}') || hasPair(written, '{{', '}}'))

/** `/posts/:year/:title/`; a value that is absent takes its slash with it. */
export const fill = (pattern: string, values: Readonly<Record<string, string | undefined>>): string =>
  `/${pattern}`
    .replace(/:([a-z_]+)/g, (whole, name: string) => (name in values ? (values[name] ?? '') : whole))
    .replace(/\/{2,}/g, '/')

/** `/page/2/`, `/page/3/` … of a list of so many. */
export const laterPages = (count: number, each: number, name: (n: number) => string): readonly string[] =>
  each > 0 ? Array.from({ length: Math.max(0, Math.ceil(count / each) - 1) }, (_, i) => name(i + 2)) : []

/** The pages by each of their words, in the order in which they are met. */
export function groupedBy(
  pages: readonly PublishedPage[],
  words: (page: PublishedPage) => readonly string[],
): ReadonlyMap<string, readonly PublishedPage[]> {
  const groups = new Map<string, PublishedPage[]>()
  for (const page of pages)
    for (const word of new Set(words(page))) groups.set(word, [...(groups.get(word) ?? []), page])
  return groups
}

/** The parts of a date as permalinks name them. */
export function dateParts(date: string | undefined): Readonly<Record<string, string | undefined>> {
  const [, year, month, day, hour = '00', minute = '00', second = '00'] =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?/.exec(date ?? '') ?? []
  if (year === undefined) return {}
  const plain = (number = '') => String(Number(number))
  return {
    year,
    short_year: year.slice(2),
    month,
    i_month: plain(month),
    day,
    i_day: plain(day),
    hour,
    minute,
    second,
  }
}
