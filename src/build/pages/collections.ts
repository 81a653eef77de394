import { posix } from 'node:path'
import { diagnostic, suggestion } from '../../core/diagnostic.ts'
import { append } from '../../core/lists/long-lists.ts'
import type { Collections, Diagnostic } from '../../core/types.ts'
import { instant } from '../../core/dates.ts'
import { fieldAt } from '../../document/place/folder-defaults.ts'
import { readFileName } from '../../document/place/file-name.ts'
import { namesakeOf, type ParsedPage } from './read-page.ts'
import { SitePage } from './site-page.ts'

/** Newest first; pages without a date come last; ties are broken by address, so that no two machines disagree. */
export function newestFirst(pages: readonly SitePage[], timeZone?: string): readonly SitePage[] {
  // There are fewer days than pages, and numbers alone are sorted ten times as fast.
  const byInstant = new Map<number, SitePage[]>()
  for (const [date, filed] of group(pages, page => page.date ?? '')) {
    const at = date === '' ? -Infinity : instant(date, timeZone)
    const others = byInstant.get(at)
    byInstant.set(at, others ? [...others, ...filed] : filed)
  }
  const inOrder: SitePage[] = []
  for (const at of Float64Array.from(byInstant.keys()).sort().reverse())
    append(inOrder, byInstant.get(at)!.sort((a, b) => (a.url < b.url ? -1 : 1)))
  return inOrder
}

/** The collections as the program itself sees them. */
export interface SiteCollections extends Collections {
  readonly sections: ReadonlyMap<string, readonly SitePage[]>
  readonly years: ReadonlyMap<number, readonly SitePage[]>
  readonly tags: ReadonlyMap<string, readonly SitePage[]>
}

/** Groups pages that are already in order; a group keeps that order. Names are in the order of the site’s language. */
export function collect(pages: readonly SitePage[], lang: string): SiteCollections {
  // It takes a while to begin, and a site with one section and no tags compares nothing.
  let collator: Intl.Collator | undefined
  const alphabetically = (a: string, b: string) =>
    (collator ??= new Intl.Collator(lang)).compare(a, b) || (a < b ? -1 : 1)
  return {
    sections: sorted(
      group(pages, page => page.section),
      alphabetically,
    ),
    years: sorted(
      group(pages, page => page.year),
      (a, b) => b - a,
    ),
    tags: sorted(
      group(pages, page => page.tags),
      alphabetically,
    ),
  }
}

/** Groups pages by the keys that they have, in the order in which the keys are first met. */
export function group<Key>(
  pages: readonly SitePage[],
  keysOf: (page: SitePage) => Key | readonly Key[] | undefined,
): Map<Key, SitePage[]> {
  const groups = new Map<Key, SitePage[]>()
  // Of pages in order, many have the key of the one before.
  let last: readonly [key: Key, members: SitePage[]] | undefined
  const file = (page: SitePage, key: Key) => {
    if (last?.[0] !== key) {
      let members = groups.get(key)
      if (!members) groups.set(key, (members = []))
      last = [key, members]
    }
    last[1].push(page)
  }
  for (const page of pages) {
    const keys = keysOf(page)
    if (Array.isArray(keys)) for (const key of new Set(keys as Key[])) file(page, key)
    else if (keys !== undefined) file(page, keys as Key)
  }
  return groups
}

const sorted = <Key, Value>(groups: Map<Key, Value>, order: (a: Key, b: Key) => number) =>
  new Map([...groups].toSorted(([a], [b]) => order(a, b)))

/** Gives the pages that show their folder, `_index.md`, the dated pages below it. */
export function fillLists(own: readonly SitePage[], listed: readonly SitePage[]): void {
  for (const page of own) {
    if (!page.source.includes('_index') || !readFileName(page.source).isList || page.posts !== undefined)
      continue
    const folder = `${posix.dirname(page.source)}/`
    const posts = listed.filter(({ date, source }) => date !== undefined && source.startsWith(folder))
    Object.assign(page, { posts })
  }
}

/** Tells each dated page its older and newer neighbour: those of its own section and language. */
export function linkNeighbours(pages: readonly SitePage[]): void {
  const dated = pages.filter(({ date }) => date !== undefined)
  for (const filed of group(dated, ({ section = '' }) => section).values())
    for (const row of group(filed, page => page.lang).values())
      row.forEach((page, i) => {
        SitePage.setNeighbours(page, { previous: row[i + 1], next: row[i - 1] })
      })
}

/** Tells the pages that translate one another, by `translationOf` or by their files’ names, of each other. */
export function linkTranslations(drafts: readonly ParsedPage[], root: string): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  const namesakes = namesakesOf(drafts)
  if (namesakes.size === 0 && drafts.every(({ page }) => page.translationOf === undefined)) return diagnostics
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
  for (const together of group(pages, original).values()) {
    if (together.length < 2) continue
    for (const page of together)
      SitePage.setNeighbours(page, { translations: together.filter(other => other !== page && other.unlisted !== true),
      })
  }
  return diagnostics
}

/** Of pages whose files are called the same but for a language, `a.md` and `a.ru.md`, one for all. */
function namesakesOf(drafts: readonly ParsedPage[]): ReadonlyMap<SitePage, SitePage> {
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
