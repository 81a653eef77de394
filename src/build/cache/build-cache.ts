import { createHash } from 'node:crypto'
import { version } from 'node:process'
import { deserialize, serialize } from 'node:v8'
import { cacheFile, type CacheFile } from '../../config/cache-folder.ts'
import type { Diagnostic, Maker, OutputFile } from '../../core/types.ts'
import type { ReadPage } from './parsed-pages.ts'
import type { FileDependencies } from './render-file.ts'
import { isBuildCache } from './check-cache.ts'
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
  /** `PreparedSite.places` of that build. */
  readonly places: string
  readonly states: ReadonlyMap<string, FileState>
  /** By path in the pages folder: pages that were read without an error. */
  readonly pages: ReadonlyMap<string, ReadPage>
  /** By path in the output folder. */
  readonly entries: ReadonlyMap<string, CacheEntry>
}

/** Its file in the cache of a site. */
export const buildCacheFile = (root: string): CacheFile => cacheFile(root, 'build.bin')

export const EMPTY_CACHE: BuildCache = { places: '', states: new Map(), pages: new Map(), entries: new Map() }

/**
 * The cache of the last build, if all that it depends on beside its files was the same: `key` stands for that. A cache that
 * cannot be read, or is not whole, is an empty one.
 */
export function readBuildCache(file: CacheFile, key: string): BuildCache {
  const bytes = file.read()
  if (!bytes) return EMPTY_CACHE
  try {
    const [head, body] = [Buffer.from(bytes.subarray(0, HEAD)).toString('latin1'), bytes.subarray(HEAD)]
    if (head !== headOf(key, body)) return EMPTY_CACHE
    const cache: unknown = deserialize(body)
    return isBuildCache(cache) ? (cache as BuildCache) : EMPTY_CACHE
  } catch {
    return EMPTY_CACHE
  }
}

export function writeBuildCache(file: CacheFile, key: string, cache: BuildCache): void {
  const body = serialize(cache)
  file.write(Buffer.concat([Buffer.from(headOf(key, body), 'latin1'), body]))
}

/** The length of a SHA-256 in base64url. */
const HEAD = 43

const headOf = (key: string, body: Uint8Array) =>
  createHash('sha256')
    .update(`imprimatur build cache 5\0${version}\0${key}\0`)
    .update(body)
    .digest('base64url')
