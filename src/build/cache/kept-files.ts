import { deserialize, serialize } from 'node:v8'
import { isSince } from './check-cache.ts'
import { openParts, packParts } from './columns.ts'
import { entriesIn, ENTRY_PARTS, entryParts, wholeEntry } from './entry-columns.ts'
import { columnsOf, pagesIn } from './page-columns.ts'
import type { ReadPage } from './parsed-pages.ts'
import type { CacheEntry } from './render-file.ts'

export interface FilesOfBuild {
  /** By path in the pages folder: pages that were read without an error. */
  readonly pages: ReadonlyMap<string, ReadPage>
  /** By path in the output folder. */
  readonly entries: ReadonlyMap<string, CacheEntry>
}

export interface RememberedFiles extends FilesOfBuild {
  /** `PreparedSite.places` of that build. */
  readonly places: string
}

/** What has come of the files since their columns were written, so that not all are written anew for a few. */
interface FilesSince extends RememberedFiles {
  readonly gonePages: readonly string[]
  readonly goneEntries: readonly string[]
}

/** More than this, and all columns are written anew: one file of so many. */
const SHARE = 20
const FEW = 50

export const packFiles = ({ pages, entries }: FilesOfBuild): Uint8Array =>
  packParts([columnsOf(pages), ...entryParts(entries)])

/** Undefined when these are no columns. Throws when they are not whole. */
export function openFiles(bytes: Uint8Array): FilesOfBuild | undefined {
  const [first, ...rest] = openParts(bytes, 1 + ENTRY_PARTS)
  const [pages, entries] = [pagesIn(first?.()), entriesIn(rest)]
  return pages && entries && { pages, entries }
}

/** Of `now`, what those columns have not; undefined when that is much. */
export function packSince(columns: FilesOfBuild, now: RememberedFiles): Uint8Array | undefined {
  const pages = differing(columns.pages, now.pages)
  const entries = differing(columns.entries, now.entries)
  const gonePages = goneFrom(columns.pages, now.pages)
  const goneEntries = goneFrom(columns.entries, now.entries)
  const count = pages.length + entries.length + gonePages.length + goneEntries.length
  if (count > Math.max(FEW, (columns.pages.size + columns.entries.size) / SHARE)) return undefined
  const since: FilesSince = {
    places: now.places,
    pages: new Map(pages),
    entries: new Map(entries.map(([path, entry]) => [path, wholeEntry(entry)])),
    gonePages,
    goneEntries,
  }
  return serialize(since)
}

/** The same objects are the same. */
const differing = <T>(before: ReadonlyMap<string, T>, now: ReadonlyMap<string, T>): readonly [string, T][] =>
  [...now].filter(([path, value]) => before.get(path) !== value)

const goneFrom = (before: ReadonlyMap<string, unknown>, now: ReadonlyMap<string, unknown>) =>
  [...before.keys()].filter(path => !now.has(path))

export const packPlaces = (places: string): Uint8Array => {
  const since: FilesSince = { places, pages: new Map(), entries: new Map(), gonePages: [], goneEntries: [] }
  return serialize(since)
}

/** All files as they were when `bytes` were packed. Undefined when that was something else. Throws when they are not whole. */
export function openSince(columns: FilesOfBuild, bytes: Uint8Array): RememberedFiles | undefined {
  const value: unknown = deserialize(bytes)
  if (!isSince(value)) return undefined
  const since = value as FilesSince
  return {
    places: since.places,
    pages: updated<ReadPage>(columns.pages, since.pages, since.gonePages),
    entries: updated<CacheEntry>(columns.entries, since.entries, since.goneEntries),
  }
}

function updated<T>(
  before: ReadonlyMap<string, T>,
  changed: ReadonlyMap<string, T>,
  gone: readonly string[],
): ReadonlyMap<string, T> {
  if (changed.size === 0 && gone.length === 0) return before
  const now = new Map(before)
  for (const path of gone) now.delete(path)
  for (const [path, value] of changed) now.set(path, value)
  return now
}
