import type { PackedShares } from '../workers/job.ts'
import {
  keepChanged,
  keepFiles,
  keepNew,
  writeBuildCache,
  type BuildCache,
  type BuildCacheFiles,
  type KeptDigests,
} from './build-cache.ts'
import { openEntries } from './entry-columns.ts'
import type { CacheEntry } from './render-file.ts'
import type { FilesOfBuild, RememberedFiles } from './kept-files.ts'
import type { BuildEnd } from './build-end.ts'
import type { FileState } from './file-states.ts'
import { packPages } from './page-columns.ts'
import { pagesToKeep, type ParsedPages } from './parsed-pages.ts'
import type { Stamp } from '../file-stamp.ts'

/** What a build has found and done that the next one wants to know. */
interface SaveInput {
  readonly key: string | undefined
  readonly cache: BuildCache
  readonly cacheFiles: BuildCacheFiles
  readonly remembered: RememberedFiles
  /** `sealedStamps` of what was rendered. */
  readonly stamps: ReadonlyMap<string, Stamp>
  readonly states: ReadonlyMap<string, FileState>
  readonly places: string
  readonly parsed: ParsedPages
  /** The same pages, where a thread has packed them meanwhile. */
  readonly packedPages: readonly Uint8Array[] | undefined
  readonly unread: readonly string[]
  readonly reused: ReadonlyMap<string, CacheEntry>
  readonly rendered: Pick<PackedShares, 'entries'>
}

/** Leaves a cache for the next build, unless it is as it was. */
export function saveCache(input: SaveInput, end: BuildEnd | undefined): void {
  const { key, cache, cacheFiles, states } = input
  if (key === undefined) return
  const isKnown = knowsAll(input)
  if (isKnown && end === undefined) return
  const kept = isKnown ? cache.kept : keepAll(key, input)
  writeBuildCache(cacheFiles, key, { states, end }, kept)
}

/** The same after a build that made few of the files again, and none that is new. */
export function saveChanges(
  { key, cache, cacheFiles, states }: Pick<SaveInput, 'key' | 'cache' | 'cacheFiles' | 'states'>,
  changed: FilesOfBuild,
  end: BuildEnd | undefined,
): void {
  if (key === undefined) return
  writeBuildCache(cacheFiles, key, { states, end }, keepChanged(cacheFiles, key, cache, changed))
}

/** The same again, with the states that sources are in by now. */
export function keepEnd(
  { key, cache, cacheFiles, states }: Pick<SaveInput, 'key' | 'cache' | 'cacheFiles' | 'states'>,
  end: BuildEnd,
): void {
  if (key !== undefined) writeBuildCache(cacheFiles, key, { states, end }, cache.kept)
}

function keepAll(key: string, input: SaveInput): KeptDigests {
  const { cache, cacheFiles, parsed, packedPages, reused, rendered, stamps, places } = input
  const stampOf = (path: string) => stamps.get(path)
  if (reused.size === 0) {
    const pages = packedPages ?? packPages(pagesToKeep(parsed.known))
    return keepNew(cacheFiles, key, { places, pages, entries: rendered.entries }, stampOf)
  }
  const entries = new Map(reused)
  for (const group of rendered.entries)
    for (const [path, entry] of openEntries(group, stampOf)) if (entry.stamp) entries.set(path, entry)
  return keepFiles(cacheFiles, key, cache.kept, { places, pages: pagesToKeep(parsed.known), entries })
}

const knowsAll = ({ unread, rendered, reused, remembered, places }: SaveInput) =>
  unread.length === 0 &&
  rendered.entries.every(({ paths }) => paths.length === 0) &&
  reused.size === remembered.entries.size &&
  places === remembered.places
