import { posix } from 'node:path'
import { diagnostic, suggestion } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'
import { fieldAt } from '../../document/place/folder-defaults.ts'
import { readFileName } from '../../document/place/file-name.ts'
import type { Config } from '../../config/config.ts'
import {
  collect,
  group,
  newestFirst,
  placeIn,
  recollect,
  withChange,
  type PageChange,
  type SiteCollections,
} from './collections.ts'
import { namesakeOf, type ParsedPage } from './read-page.ts'
import { isListed, SitePage } from './site-page.ts'

/** Whether a page shows its folder, `_index.md`, and the dated pages below it are to be given to it. */
const isOfFolder = (page: SitePage): boolean =>
  page.source.includes('_index') && readFileName(page.source).isList && page.posts === undefined

const isInFolder = ({ source }: SitePage) => {
  const folder = `${posix.dirname(source)}/`
  return ({ date, source: other }: SitePage) => date !== undefined && other.startsWith(folder)
}

/** Gives these pages, which show their folders, what is in them. */
function fillLists(pages: readonly SitePage[], listed: readonly SitePage[]): void {
  for (const page of pages) Object.assign(page, { posts: listed.filter(isInFolder(page)) })
}

/** The same after a change: those that it concerns. */
function refillLists(
  pages: readonly SitePage[],
  listed: readonly SitePage[],
  { gone, come }: PageChange,
): void {
  const isConcerned = (page: SitePage) =>
    page.posts === undefined || [...gone, ...come].some(isInFolder(page))
  fillLists(pages.filter(isConcerned), listed)
}

/** Tells each dated page its older and newer neighbour: those of its own section and language. */
function linkNeighbours(listed: readonly SitePage[]): void {
  /** By section and language, the last page so far. */
  const last = new Map<string, Map<string, SitePage>>()
  for (const page of listed) {
    if (page.date === undefined) continue
    const { section = '', lang } = page
    let row = last.get(section)
    if (!row) last.set(section, (row = new Map()))
    SitePage.link(row.get(lang), page)
    row.set(lang, page)
  }
}

/** The same in a list that has changed, where one of these stands or stood. */
function relinkNeighbours(listed: readonly SitePage[], { gone, come }: PageChange, timeZone?: string): void {
  for (const page of [...gone, ...come]) {
    if (page.date === undefined) continue
    const { section = '', lang } = page
    const isInRow = (other: SitePage | undefined) =>
      other?.date !== undefined && (other.section ?? '') === section && other.lang === lang
    const at = placeIn(listed, page, timeZone)
    const isThere = listed[at] === page
    let [newer, older] = [at - 1, isThere ? at + 1 : at]
    while (newer >= 0 && !isInRow(listed[newer])) newer--
    while (older < listed.length && !isInRow(listed[older])) older++
    if (isThere) {
      SitePage.link(listed[newer], page)
      SitePage.link(page, listed[older])
    } else SitePage.link(listed[newer], listed[older])
  }
}

type Draft = Pick<ParsedPage, 'page' | 'namesake'>

/** Pages that translate one another; each is in one of these at most. */
export type Translated = readonly (readonly SitePage[])[]

/** The pages that translate one another, by `translationOf` or by their files’ names. */
export function findTranslations(
  drafts: readonly Draft[],
  root: string,
): { readonly translated: Translated; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  if (drafts.every(({ page, namesake }) => namesake === undefined && page.translationOf === undefined))
    return { translated: [], diagnostics }
  const namesakes = namesakesOf(drafts)
  const byAddress = new Map<string, SitePage>()
  for (const { page } of drafts) byAddress.set(page.url, page).set(page.source, page)
  const original = (page: SitePage): SitePage => {
    if (page.translationOf === undefined) return namesakes.get(page) ?? page
    const named = pageNamed(byAddress, page, page.translationOf)
    if (!named || named === page || named.translationOf !== undefined) return page
    return namesakes.get(named) ?? named
  }
  for (const { page } of drafts) {
    if (page.translationOf === undefined || pageNamed(byAddress, page, page.translationOf)) continue
    const hint = `${suggestion(page.translationOf, byAddress.keys())}name the original’s address or file`
    const message = `translationOf is “${page.translationOf}”, which is no published page`
    diagnostics.push(
      diagnostic('front-matter/translation', message, {
        hint,
        ...fieldAt(root, page.source, 'translationOf'),
      }),
    )
  }
  const pages = drafts.map(({ page }) => page)
  const translated = [...group(pages, original).values()].filter(together => together.length > 1)
  return { translated, diagnostics }
}

/** Tells these pages of each other; `before` are those that were told so before. */
export function linkTranslations(translated: Translated, before: Translated = []): void {
  for (const page of before.flat()) SitePage.setTranslations(page, [])
  for (const together of translated)
    for (const page of together)
      SitePage.setTranslations(
        page,
        together.filter(other => other !== page && other.unlisted !== true),
      )
}

/** Of pages whose files are called the same but for a language, `a.md` and `a.ru.md`, one for all. */
function namesakesOf(drafts: readonly Draft[]): ReadonlyMap<SitePage, SitePage> {
  const names = new Set(drafts.flatMap(({ namesake }) => namesake ?? []))
  if (names.size === 0) return new Map()
  const families = group(
    drafts.map(({ page }) => page),
    page => namesakeOf(page.source, readFileName(page.source, page.lang)),
  )
  return new Map(
    [...families].flatMap(([name, pages]) =>
      names.has(name) ? pages.map(page => [page, pages[0] as SitePage] as const) : [],
    ),
  )
}

/** The page that another names: by address, with or without its last slash, or by file, from the root or beside the page. */
export const pageNamed = (pages: ReadonlyMap<string, SitePage>, page: SitePage, name: string) =>
  pages.get(name) ?? pages.get(`${name}/`) ?? pages.get(posix.join(posix.dirname(page.source), name))

/** How the pages of a site stand to one another, but for translations. */
export interface PageLists {
  /** Those that lists and feeds have, newest first. */
  readonly listed: readonly SitePage[]
  readonly collections: SiteCollections
  /** Pages that show what is in their folder. */
  readonly ofFolders: readonly SitePage[]
}

type ListsConfig = Pick<Config['site'], 'lang' | 'timeZone'>

/** Puts pages in order, and tells them of their neighbours and of what they list. */
export function listPages(own: readonly SitePage[], { lang, timeZone }: ListsConfig): PageLists {
  const listed = newestFirst(own.filter(isListed), timeZone)
  linkNeighbours(listed)
  const ofFolders = own.filter(isOfFolder)
  fillLists(ofFolders, listed)
  return { listed, collections: collect(listed, lang), ofFolders }
}

/** The same after a change of a few pages: each is put into its place, or taken from it. */
export function relistPages(before: PageLists, { gone, come }: PageChange, site: ListsConfig): PageLists {
  const change = { gone: gone.filter(isListed), come: come.filter(isListed) }
  const listed = withChange(before.listed, change, site.timeZone)
  relinkNeighbours(listed, change, site.timeZone)
  const ofFolders = [...before.ofFolders.filter(page => !gone.includes(page)), ...come.filter(isOfFolder)]
  refillLists(ofFolders, listed, change)
  return { listed, collections: recollect(before.collections, change, site), ofFolders }
}
