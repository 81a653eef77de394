import { deserialize, serialize } from 'node:v8'
import { isSince } from './check-cache.ts'
import { once, type Lazy } from './columns.ts'
import {
  entriesIn,
  ENTRY_PARTS,
  entryParts,
  wholeEntry,
  type PackedEntries,
  type StampOf,
} from './entry-columns.ts'
import { pagesInParts } from './page-columns.ts'
import type { ReadPage } from './parsed-pages.ts'
import type { CacheEntry } from './render-file.ts'

export interface FilesOfBuild {
  /** By path in the pages folder: pages that were read without an error. */
  readonly pages: ReadonlyMap<string, ReadPage>
  /** By path in the output folder. */
  readonly entries: ReadonlyMap<string, CacheEntry>
}

/** The files of a build that wants to be remembered. */
export interface RememberedFiles extends FilesOfBuild {
  /** `digestPaths` of that build. */
  readonly places: string
}

/** Columns that are read as far as they are asked for. */
export interface KeptColumns {
  page(path: string): ReadPage | undefined
  /** Undefined when there are no such columns, or they are not whole. */
  pages(): FilesOfBuild['pages'] | undefined
  entries(): FilesOfBuild['entries'] | undefined
}

/** What has come of the files since their columns were written, so that not all are written anew for a few. */
interface FilesSince extends RememberedFiles {
  readonly gonePages: readonly string[]
  readonly goneEntries: readonly string[]
}

/** More than this, and all columns are written anew: one file of so many. */
const SHARE = 20
const FEW = 50

/** The files of a build that keeps nothing of an earlier one, packed by whatever thread. */
export interface NewFiles extends Pick<RememberedFiles, 'places'> {
  /** By `packPages`. */
  readonly pages: readonly Uint8Array[]
  /** As each thread has packed those of its own files. */
  readonly entries: readonly PackedEntries[]
}

/** All files in parts: first, how many groups of entries there are. */
export const partsOf = (
  { pages, entries }: Omit<NewFiles, 'places'>,
  stampOf: StampOf,
): readonly Uint8Array[] => [
  serialize(entries.length),
  ...entries.flatMap(group => entryParts(group, stampOf)),
  ...pages,
]

/** What `partsOf` has made. */
export function openColumns([groups, ...parts]: readonly Lazy<unknown>[]): KeptColumns {
  /** Of the first part of a page; undefined when it cannot be told. */
  const end = once(() => {
    const count = groups?.()
    return typeof count === 'number' && count >= 0 ? count * ENTRY_PARTS : undefined
  })
  const pages = once(() => {
    const start = end()
    return start === undefined ? undefined : pagesInParts(parts.slice(start))
  })
  const entries = once(() => {
    const start = end()
    if (start === undefined) return undefined
    const all = new Map<string, CacheEntry>()
    for (let at = 0; at < start; at += ENTRY_PARTS) {
      const group = entriesIn(parts.slice(at, at + ENTRY_PARTS))
      if (!group) return undefined
      for (const [path, entry] of group) all.set(path, entry)
    }
    return all
  })
  return { page: path => pages()?.one(path), pages: () => pages()?.all(), entries }
}

/** Of `now`, what those columns have not; undefined when that is much, or there are no such columns. */
export function packSince(columns: KeptColumns, now: RememberedFiles): Uint8Array | undefined {
  const before = allOf(columns)
  return (
    before &&
    packFew(before.pages.size + before.entries.size, {
      places: now.places,
      pages: differing(before.pages, now.pages),
      entries: differing(before.entries, now.entries),
      gonePages: goneFrom(before.pages, now.pages),
      goneEntries: goneFrom(before.entries, now.entries),
    })
  )
}

function packFew(all: number, since: FilesSince): Uint8Array | undefined {
  const { pages, entries, gonePages, goneEntries } = since
  const count = pages.size + entries.size + gonePages.length + goneEntries.length
  if (count > Math.max(FEW, all / SHARE)) return undefined
  const whole = [...entries].map(([path, entry]) => [path, wholeEntry(entry)] as const)
  return serialize({ ...since, entries: new Map(whole) })
}

/** The same objects are the same. */
const differing = <T>(before: ReadonlyMap<string, T>, now: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
  new Map([...now].filter(([path, value]) => before.get(path) !== value))

const goneFrom = (before: ReadonlyMap<string, unknown>, now: ReadonlyMap<string, unknown>) =>
  [...before.keys()].filter(path => !now.has(path))

export const packPlaces = (places: string): Uint8Array => {
  const since: FilesSince = { places, pages: new Map(), entries: new Map(), gonePages: [], goneEntries: [] }
  return serialize(since)
}

/** `KeptColumns` as they are by now: what has changed since they were written is laid over them. */
export interface KeptFiles extends KeptColumns {
  readonly places: string
  /** The same but for these files, of which none is new, as `packSince` packs them; undefined when too many have changed since. */
  packWith(changed: FilesOfBuild): Uint8Array | undefined
}

/** Undefined when `bytes` are not what was packed. Throws when they are not whole. */
export function openSince(columns: KeptColumns, bytes: Uint8Array): KeptFiles | undefined {
  const value: unknown = deserialize(bytes)
  if (!isSince(value)) return undefined
  const since = value as FilesSince
  const entries = laidOver(columns.entries, since.entries, since.goneEntries)
  return {
    places: since.places,
    page: path => since.pages.get(path) ?? (since.gonePages.includes(path) ? undefined : columns.page(path)),
    pages: laidOver(columns.pages, since.pages, since.gonePages),
    entries,
    packWith: changed =>
      packFew(entries()?.size ?? 0, {
        ...since,
        pages: new Map([...since.pages, ...changed.pages]),
        entries: new Map([...since.entries, ...changed.entries]),
      }),
  }
}

/** All that there is; undefined when some of it is not whole. */
export function allOf(kept: KeptColumns): FilesOfBuild | undefined {
  const [pages, entries] = [kept.pages(), kept.entries()]
  return pages && entries && { pages, entries }
}

const laidOver = <T>(
  read: Lazy<ReadonlyMap<string, T> | undefined>,
  changed: ReadonlyMap<string, T>,
  gone: readonly string[],
) =>
  once(() => {
    const before = read()
    return before && withChanges(before, changed, gone)
  })

/** The same without those that are gone, and with others. */
export function withChanges<T>(
  before: ReadonlyMap<string, T>,
  changed: ReadonlyMap<string, T>,
  gone: readonly string[] = [],
): ReadonlyMap<string, T> {
  if (changed.size === 0 && gone.length === 0) return before
  const now = new Map(before)
  for (const path of gone) now.delete(path)
  for (const [path, value] of changed) now.set(path, value)
  return now
}
