import { createHash } from 'node:crypto'
import { version } from 'node:process'
import { deserialize, serialize } from 'node:v8'
import { cacheFile, type CacheFile } from '../../config/cache-folder.ts'
import { once } from './columns.ts'
import type { BuildEnd } from './build-end.ts'
import { isCacheHead } from './check-cache.ts'
import {
  openFiles,
  openSince,
  packFiles,
  packPlaces,
  packSince,
  type FilesOfBuild,
  type RememberedFiles,
} from './kept-files.ts'
import type { FileState } from './file-states.ts'
import { packStamps, stampAt, type StampColumn } from '../file-stamp.ts'

/** What a build leaves for the next one. */
export interface BuildCache {
  /** Path, relative to the root -> the state that the source was in. */
  readonly states: ReadonlyMap<string, FileState>
  /** How that build ended, if one of the same sources and the same output folder ends so, too. */
  readonly end: BuildEnd | undefined
  /** Read when it is asked for: a build that ends as the last one did needs none of it. */
  remembered(): RememberedFiles
  readonly kept: KeptFiles
}

/** `remembered` as it is kept: in columns, and what has come of them since. */
export interface KeptFiles {
  /** The digest of the columns, which are a file of their own. */
  readonly columns: string
  readonly since: Uint8Array
  /** What the columns say, once they are read; undefined when there are none. */
  opened(): FilesOfBuild | undefined
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
  kept: { columns: '', since: new Uint8Array(), opened: () => undefined },
}

/** What comes first in the file: states in columns, of which as many are read as a site has files, and what the rest is to be. */
interface CacheHead {
  readonly paths: readonly string[]
  readonly stamps: StampColumn
  readonly digests: readonly (string | undefined)[]
  readonly end: BuildEnd | undefined
  /** Digests. */
  readonly columns: string
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
  const opened = once(() => {
    const bytes = files.columns.read()
    return orNothing(() => (bytes && digestOf(key, bytes) === head.columns ? openFiles(bytes) : undefined))
  })
  const remembered = once(() => {
    const columns = digestOf(key, since) === head.since ? opened() : undefined
    return (columns && orNothing(() => openSince(columns, since))) ?? NOTHING
  })
  const states = new Map<string, FileState>()
  for (const [at, path] of head.paths.entries())
    states.set(path, { stamp: stampAt(head.stamps, at), digest: head.digests[at] ?? undefined })
  return { states, end: head.end, kept: { columns: head.columns, since, opened }, remembered }
}

/** What is not whole cannot be read. */
function orNothing<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** Keeps these files for the next build: beside the columns that there are, or in new ones. */
export function keepFiles(
  { columns: file }: BuildCacheFiles,
  key: string,
  { columns, opened }: KeptFiles,
  files: RememberedFiles,
): Pick<KeptFiles, 'columns' | 'since'> {
  const before = opened()
  const since = before && packSince(before, files)
  if (since) return { columns, since }
  const bytes = packFiles(files)
  file.write(bytes)
  return { columns: digestOf(key, bytes), since: packPlaces(files.places) }
}

export function writeBuildCache(
  { head: file }: BuildCacheFiles,
  key: string,
  { states, end }: Pick<BuildCache, 'states' | 'end'>,
  { columns, since }: Pick<KeptFiles, 'columns' | 'since'>,
): void {
  const all = [...states.values()]
  const head: CacheHead = {
    paths: [...states.keys()],
    stamps: packStamps(all.map(({ stamp }) => stamp)),
    digests: all.map(({ digest }) => digest),
    end,
    columns,
    since: digestOf(key, since),
  }
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
    .update(`imprimatur build cache 8\0${version}\0${key}\0`)
    .update(bytes)
    .digest('base64url')
