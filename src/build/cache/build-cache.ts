import { createHash } from 'node:crypto'
import { version } from 'node:process'
import { deserialize, serialize } from 'node:v8'
import { cacheFile, type CacheFile } from '../../config/cache-folder.ts'
import type { Diagnostic, Maker, OutputFile } from '../../core/types.ts'
import type { ReadPage } from './parsed-pages.ts'
import type { FileDependencies } from './render-file.ts'
import type { BuildEnd } from './build-end.ts'
import { isCacheHead, isRemembered } from './check-cache.ts'
import type { FileState } from './file-states.ts'

/** A file as a build left it. */
export interface CacheEntry {
  /** Whose it was, by `describeMaker`: another may have come to make the file of this path. */
  readonly maker: string
  readonly dependencies: FileDependencies
  /** What stood in the output folder, by `stampOf`. */
  readonly stamp: string
  /** The diagnostics about the page’s typography. */
  readonly typography: readonly Diagnostic[]
}

export const describeMaker = (file: OutputFile | undefined): string => (file ? describe(file.maker) : '')

const describe = ({ kind, source = '', target }: Maker): string =>
  `${kind} ${source}${target ? ` > ${describe(target)}` : ''}`

/** What a build leaves for the next one. */
export interface BuildCache {
  /** Path, relative to the root -> the state that the source was in. */
  readonly states: ReadonlyMap<string, FileState>
  /** How that build ended, if one of the same sources and the same output folder ends so, too. */
  readonly end: BuildEnd | undefined
  /** Read when it is asked for: a build that ends as the last one did needs none of it. */
  remembered(): RememberedFiles
  /** The same as it is kept. */
  readonly kept: Uint8Array
}

export interface RememberedFiles {
  /** `PreparedSite.places` of that build. */
  readonly places: string
  /** By path in the pages folder: pages that were read without an error. */
  readonly pages: ReadonlyMap<string, ReadPage>
  /** By path in the output folder. */
  readonly entries: ReadonlyMap<string, CacheEntry>
}

/** Its file in the cache of a site. */
export const buildCacheFile = (root: string): CacheFile => cacheFile(root, 'build.bin')

const NOTHING: RememberedFiles = { places: '', pages: new Map(), entries: new Map() }

export const EMPTY_CACHE: BuildCache = {
  states: new Map(),
  end: undefined,
  remembered: () => NOTHING,
  kept: new Uint8Array(),
}

/** What comes first in the file: states in columns, of which as many are read as a site has files, and what the rest is to be. */
interface CacheHead {
  readonly paths: readonly string[]
  readonly stats: readonly string[]
  readonly digests: readonly (string | undefined)[]
  readonly end: BuildEnd | undefined
  /** The digest of the rest. */
  readonly rest: string
}

/**
 * The cache of the last build, if all that it depends on beside its files was the same: `key` stands for that. A cache that
 * cannot be read, or is not whole, is an empty one.
 */
export function readBuildCache(file: CacheFile, key: string): BuildCache {
  const bytes = file.read()
  if (!bytes || bytes.length < HEAD + LENGTH) return EMPTY_CACHE
  try {
    const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    const start = HEAD + LENGTH
    const end = start + all.readUInt32LE(HEAD)
    const first = all.subarray(start, end)
    if (all.toString('latin1', 0, HEAD) !== digestOf(key, first)) return EMPTY_CACHE
    const head: unknown = deserialize(first)
    return isCacheHead(head) ? opened(head as CacheHead, all.subarray(end), key) : EMPTY_CACHE
  } catch {
    return EMPTY_CACHE
  }
}

function opened({ paths, stats, digests, end, rest }: CacheHead, kept: Buffer, key: string): BuildCache {
  let known: RememberedFiles | undefined
  const read = (): RememberedFiles => {
    try {
      const value: unknown = digestOf(key, kept) === rest ? deserialize(kept) : undefined
      return isRemembered(value) ? (value as RememberedFiles) : NOTHING
    } catch {
      return NOTHING
    }
  }
  const states = new Map<string, FileState>()
  for (const [at, path] of paths.entries())
    states.set(path, { stat: stats[at] ?? '', digest: digests[at] ?? undefined })
  return { states, end, kept, remembered: () => (known ??= read()) }
}

export const serializeFiles = (files: RememberedFiles): Uint8Array => serialize(files)

export function writeBuildCache(
  file: CacheFile,
  key: string,
  { states, end, kept }: Omit<BuildCache, 'remembered'>,
): void {
  const all = [...states.values()]
  const head: CacheHead = {
    paths: [...states.keys()],
    stats: all.map(({ stat }) => stat),
    digests: all.map(({ digest }) => digest),
    end,
    rest: digestOf(key, kept),
  }
  const first = serialize(head)
  const length = Buffer.alloc(LENGTH)
  length.writeUInt32LE(first.length)
  file.write(Buffer.concat([Buffer.from(digestOf(key, first), 'latin1'), length, first, kept]))
}

/** The length of a SHA-256 in base64url, and of the length of what comes first. */
const HEAD = 43
const LENGTH = 4

const digestOf = (key: string, bytes: Uint8Array) =>
  createHash('sha256')
    .update(`imprimatur build cache 6\0${version}\0${key}\0`)
    .update(bytes)
    .digest('base64url')
