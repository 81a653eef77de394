import { instant } from '../../core/dates.ts'
import { append } from '../../core/lists/long-lists.ts'
import type { Collections } from '../../core/types.ts'
import type { SitePage } from './site-page.ts'

/** When a page is of, for the order of lists: those without a date come last. */
const momentOf = ({ date }: SitePage, timeZone: string | undefined) =>
  date === undefined || date === '' ? -Infinity : instant(date, timeZone)

/** Ties are broken by address, so that no two machines disagree. */
const byAddress = (a: SitePage, b: SitePage) => (a.url < b.url ? -1 : 1)

/** Newest first; pages without a date come last. */
export function newestFirst(pages: readonly SitePage[], timeZone?: string): readonly SitePage[] {
  // There are fewer days than pages, and numbers alone are sorted ten times as fast.
  const byInstant = new Map<number, SitePage[]>()
  for (const filed of group(pages, page => page.date ?? '').values()) {
    const at = momentOf(filed[0]!, timeZone)
    const others = byInstant.get(at)
    byInstant.set(at, others ? [...others, ...filed] : filed)
  }
  const inOrder: SitePage[] = []
  for (const at of Float64Array.from(byInstant.keys()).sort().reverse())
    append(inOrder, byInstant.get(at)!.sort(byAddress))
  return inOrder
}

/** Where a page is in a list that has the newest first, or would be. */
export function placeIn(list: readonly SitePage[], page: SitePage, timeZone?: string): number {
  const at = momentOf(page, timeZone)
  let [from, to] = [0, list.length]
  while (from < to) {
    const middle = (from + to) >> 1
    const other = list[middle]!
    const moment = momentOf(other, timeZone)
    if (moment > at || (moment === at && byAddress(other, page) < 0)) from = middle + 1
    else to = middle
  }
  return from
}

/** Pages that are no longer what they were, and those that have their place; one that has changed is both. */
export interface PageChange {
  readonly gone: readonly SitePage[]
  readonly come: readonly SitePage[]
}

/** `newestFirst` of the pages of such a list after a change. */
export function withChange(
  list: readonly SitePage[],
  { gone, come }: PageChange,
  timeZone?: string,
): readonly SitePage[] {
  if (gone.length === 0 && come.length === 0) return list
  const changed = [...list]
  for (const page of gone) {
    const at = changed.indexOf(page)
    if (at >= 0) changed.splice(at, 1)
  }
  for (const page of come) changed.splice(placeIn(changed, page, timeZone), 0, page)
  return changed
}

/** The collections as the program itself sees them. */
export interface SiteCollections extends Collections {
  readonly sections: ReadonlyMap<string, readonly SitePage[]>
  readonly years: ReadonlyMap<number, readonly SitePage[]>
  readonly tags: ReadonlyMap<string, readonly SitePage[]>
}

type KeysOf<Key> = (page: SitePage) => Key | readonly Key[] | undefined

const sectionOf: KeysOf<string> = page => page.section
const yearOf: KeysOf<number> = page => page.year
const tagsOf: KeysOf<string> = page => page.tags

const latestFirst = (a: number, b: number) => b - a

/** Names are in the order of the site’s language. */
function alphabetically(lang: string): (a: string, b: string) => number {
  // It takes a while to begin, and a site with one section and no tags compares nothing.
  let collator: Intl.Collator | undefined
  return (a, b) => (collator ??= new Intl.Collator(lang)).compare(a, b) || (a < b ? -1 : 1)
}

/** Groups pages that are already in order; a group keeps that order. */
export function collect(pages: readonly SitePage[], lang: string): SiteCollections {
  const byName = alphabetically(lang)
  return {
    sections: sorted(group(pages, sectionOf), byName),
    years: sorted(group(pages, yearOf), latestFirst),
    tags: sorted(group(pages, tagsOf), byName),
  }
}

/** `collect` after a change of the pages; groups that have none of those are the same lists. */
export function recollect(
  { sections, years, tags }: SiteCollections,
  change: PageChange,
  { lang, timeZone }: { readonly lang: string; readonly timeZone?: string | undefined },
): SiteCollections {
  const byName = alphabetically(lang)
  function refile<Key>(
    groups: ReadonlyMap<Key, readonly SitePage[]>,
    keysOf: KeysOf<Key>,
    order: (a: Key, b: Key) => number,
  ): ReadonlyMap<Key, readonly SitePage[]> {
    const [gone, come] = [group(change.gone, keysOf), group(change.come, keysOf)]
    const after = new Map(groups)
    for (const key of new Set([...gone.keys(), ...come.keys()])) {
      const own = { gone: gone.get(key) ?? [], come: come.get(key) ?? [] }
      const list = withChange(groups.get(key) ?? [], own, timeZone)
      if (list.length > 0) after.set(key, list)
      else after.delete(key)
    }
    return [...after.keys()].every(key => groups.has(key)) ? after : sorted(after, order)
  }
  return {
    sections: refile(sections, sectionOf, byName),
    years: refile(years, yearOf, latestFirst),
    tags: refile(tags, tagsOf, byName),
  }
}

/** Groups pages by the keys that they have, in the order in which the keys are first met. */
export function group<Key>(pages: readonly SitePage[], keysOf: KeysOf<Key>): Map<Key, SitePage[]> {
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

const sorted = <Key, Value>(groups: ReadonlyMap<Key, Value>, order: (a: Key, b: Key) => number) =>
  new Map([...groups].toSorted(([a], [b]) => order(a, b)))
