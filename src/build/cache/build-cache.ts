import { createHash } from 'node:crypto'
import { version } from 'node:process'
import { deserialize, serialize } from 'node:v8'
import { cacheFile, type CacheFile } from '../../config/cache-folder.ts'
import type { BuildEnd } from './build-end.ts'
import { isCacheHead } from './check-cache.ts'
import { withLengths, once, openPart, splitParts } from './columns.ts'
import { packEntries, type StampOf } from './entry-columns.ts'
import { packPages } from './page-columns.ts'
import {
  allOf,
  openColumns,
  openSince,
  packPlaces,
  packSince,
  partsOf,
  withChanges,
  type FilesOfBuild,
  type KeptColumns,
  type KeptFiles,
  type NewFiles,
  type RememberedFiles,
} from './kept-files.ts'
import { packStates, unpackStates, type FileState, type StateColumns } from './file-states.ts'

/** What a build leaves for the next one. */
export interface BuildCache {
  /** Path, relative to the root -> the state that the source was in. */
  readonly states: ReadonlyMap<string, FileState>
  /** How that build ended, if one of the same sources and the same output folder ends so, too. */
  readonly end: BuildEnd | undefined
  /** All files of it. Read when it is asked for: a build that ends as the last one did needs none of it. */
  remembered(): RememberedFiles
  /** The same, read as far as it is asked for; undefined when there is nothing. */
  atHand(): KeptFiles | undefined
  readonly kept: KeptParts
}

/** What is remembered as it is kept: in columns, and what has come of them since. */
interface KeptParts {
  /** The digests of the parts, which are a file of their own. */
  readonly columns: readonly string[]
  readonly since: Uint8Array
  /** What the columns say; undefined when there are none. */
  opened(): KeptColumns | undefined
}

/** Files in the cache of a site. */
export interface BuildCacheFiles {
  readonly head: CacheFile
  readonly columns: CacheFile
}

export const buildCacheFiles = (root: string): BuildCacheFiles => ({
  head: cacheFile(root, 'build.bin'),
  columns: cacheFile(root, 'build-files.bin'),
})

/** `CacheFile.problem` */
export const cacheProblem = ({ head, columns }: BuildCacheFiles): string | undefined =>
  head.problem ?? columns.problem

const NOTHING: RememberedFiles = { places: '', pages: new Map(), entries: new Map() }

export const EMPTY_CACHE: BuildCache = {
  states: new Map(),
  end: undefined,
  remembered: () => NOTHING,
  atHand: () => undefined,
  kept: { columns: [], since: new Uint8Array(), opened: () => undefined },
}

/** What comes first in the file: states in columns, of which as many are read as a site has files, and what the rest is to be. */
interface CacheHead extends StateColumns {
  readonly end: BuildEnd | undefined
  /** Digests, of each part one. */
  readonly columns: readonly string[]
  readonly since: string
}

/**
 * The cache of the last build, if all that it depends on beside its files was the same: `key` stands for that. A cache that
 * cannot be read, or is not whole, is an empty one.
 */
export function readBuildCache(files: BuildCacheFiles, key: string): BuildCache {
  const bytes = files.head.read()
  if (!bytes || bytes.length < HEAD + LENGTH) return EMPTY_CACHE
  try {
    const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    const start = HEAD + LENGTH
    const end = start + all.readUInt32LE(HEAD)
    const first = all.subarray(start, end)
    if (all.toString('latin1', 0, HEAD) !== digestOf(key, first)) return EMPTY_CACHE
    const head: unknown = deserialize(first)
    return isCacheHead(head) ? open(head as CacheHead, all.subarray(end), { files, key }) : EMPTY_CACHE
  } catch {
    return EMPTY_CACHE
  }
}

interface CacheLocation {
  readonly files: BuildCacheFiles
  readonly key: string
}

function open(head: CacheHead, since: Buffer, { files, key }: CacheLocation): BuildCache {
  const parts = once(() => {
    const bytes = files.columns.read()
    const split = bytes && orNothing(() => splitParts(bytes, head.columns.length))
    return split?.map((part, at) => {
      const isWhole = once(() => digestOf(key, part) === head.columns[at])
      return { isWhole, read: openPart(part, isWhole) }
    })
  })
  const opened = once(() => {
    const all = parts()
    return all && openColumns(all.map(({ read }) => read))
  })
  const atHand = once(() => {
    const columns = digestOf(key, since) === head.since ? opened() : undefined
    return columns && orNothing(() => openSince(columns, since))
  })
  const remembered = once(() => {
    const known = parts()?.every(({ isWhole }) => isWhole()) ? atHand() : undefined
    const all = known && orNothing(() => allOf(known))
    return known && all ? { places: known.places, ...all } : NOTHING
  })
  const states = unpackStates(head)
  return { states, end: head.end, kept: { columns: head.columns, since, opened }, remembered, atHand }
}

/** What is not whole cannot be read. */
function orNothing<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** What stands for the files that are kept, in the head of the cache. */
export type KeptDigests = Pick<KeptParts, 'columns' | 'since'>

/** Keeps these files for the next build: beside the columns that there are, or in new ones. */
export function keepFiles(
  files: BuildCacheFiles,
  key: string,
  { columns, opened }: KeptParts,
  now: RememberedFiles,
): KeptDigests {
  const before = opened()
  const since = before && packSince(before, now)
  if (since) return { columns, since }
  const { places, pages, entries } = now
  const packed = { places, pages: packPages(pages), entries: [packEntries(entries)] }
  return keepNew(files, key, packed, path => entries.get(path)?.stamp)
}

/** The same in new columns. */
export function keepNew(
  { columns: file }: BuildCacheFiles,
  key: string,
  files: NewFiles,
  stampOf: StampOf,
): KeptDigests {
  const parts = partsOf(files, stampOf)
  file.write(withLengths(parts))
  return { columns: parts.map(part => digestOf(key, part)), since: packPlaces(files.places) }
}

/** The same of the files that the last build kept, but for these, of which none is new. */
export function keepChanged(
  files: BuildCacheFiles,
  key: string,
  { kept, atHand, remembered }: BuildCache,
  changed: FilesOfBuild,
): KeptDigests {
  const since = atHand()?.packWith(changed)
  if (since) return { columns: kept.columns, since }
  const { places, pages, entries } = remembered()
  const now = {
    places,
    pages: withChanges(pages, changed.pages),
    entries: withChanges(entries, changed.entries),
  }
  return keepFiles(files, key, kept, now)
}

export function writeBuildCache(
  { head: file }: BuildCacheFiles,
  key: string,
  { states, end }: Pick<BuildCache, 'states' | 'end'>,
  { columns, since }: KeptDigests,
): void {
  const head: CacheHead = { ...packStates(states), end, columns, since: digestOf(key, since) }
  const first = serialize(head)
  const length = Buffer.alloc(LENGTH)
  length.writeUInt32LE(first.length)
  file.write(Buffer.concat([Buffer.from(digestOf(key, first), 'latin1'), length, first, since]))
}

/** The length of a SHA-256 in base64url, and of the length of what comes first. */
const HEAD = 43
const LENGTH = 4

const digestOf = (key: string, bytes: Uint8Array) =>
  createHash('sha256')
    .update(`imprimatur build cache 10\0${version}\0${key}\0`)
    .update(bytes)
    .digest('base64url')
