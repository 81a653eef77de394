import type { SiteConfig } from '../../config/config.ts'
import { group } from '../pages/collections.ts'
import type { SitePage } from '../pages/site-page.ts'

/** One feed, in all its formats. */
export interface Feed {
  /** Of the folder that its files are in: `/`, `/ru/`. */
  readonly folder: string
  readonly title: string
  readonly lang: string
  /** Newest first; as many as a feed holds. */
  readonly pages: readonly SitePage[]
}

/** A page as feeds tell it. Addresses are absolute, dates ISO instants. */
export interface FeedEntry {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly summary: string | undefined
  /** HTML that stands by itself. */
  readonly content: string
  readonly published: string
  readonly updated: string
  readonly lang: string
  readonly tags: readonly string[]
}

const NEWEST = 50

/** The feed of all dated pages, and one for each language where there are several. */
export function feedsOf(pages: readonly SitePage[], { title, lang }: SiteConfig): readonly Feed[] {
  const dated = pages.filter(({ date }) => date !== undefined)
  if (dated.length === 0) return []
  const byLanguage = group(dated, page => page.lang)
  const languages = [...byLanguage.keys()].toSorted()
  const all = { folder: '/', title, lang, pages: dated.slice(0, NEWEST) }
  if (languages.length === 1) return [{ ...all, lang: languages[0] ?? lang }]
  return [
    all,
    ...languages.map(each => ({
      folder: `/${each}/`,
      title: `${title} (${languageName(each)})`,
      lang: each,
      pages: byLanguage.get(each)!.slice(0, NEWEST),
    })),
  ]
}

/** As Intl has them; to ask it takes 10 ms a language. */
const names = new Map([
  ['en', 'English'],
  ['ru', 'русский'],
])

const languageName = (lang: string) =>
  names.get(lang) ?? new Intl.DisplayNames(lang, { type: 'language' }).of(lang) ?? lang

/** The address of a feed’s file. */
export const feedAddress = ({ folder }: Feed, name: string): string => `${folder}${name}`

/** When anything in a feed last changed. */
export const lastUpdated = (entries: readonly FeedEntry[]): string =>
  entries.reduce((latest, { updated }) => (updated > latest ? updated : latest), '')
