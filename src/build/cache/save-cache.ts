import type { CacheFile } from '../../config/cache-folder.ts'
import type { RenderedShare } from '../workers/job.ts'
import {
  serializeFiles,
  writeBuildCache,
  type BuildCache,
  type CacheEntry,
  type RememberedFiles,
} from './build-cache.ts'
import type { BuildEnd } from './build-end.ts'
import type { FileState } from './file-states.ts'
import type { ParsedPages } from './parsed-pages.ts'

/** What a build has found and done that the next one wants to know. */
interface SaveInput {
  readonly key: string | undefined
  readonly cache: BuildCache
  readonly cacheFile: CacheFile
  readonly remembered: RememberedFiles
  /** `sealedStamps` of what was rendered. */
  readonly stamps: ReadonlyMap<string, string>
  readonly states: ReadonlyMap<string, FileState>
  readonly places: string
  readonly parsed: ParsedPages
  readonly unread: readonly string[]
  readonly reused: ReadonlyMap<string, CacheEntry>
  readonly rendered: Pick<RenderedShare, 'entries'>
}

/** Leaves a cache for the next build, unless it is as it was. */
export function saveCache(input: SaveInput, end: BuildEnd | undefined): void {
  const { key, cache, cacheFile, states } = input
  if (key === undefined) return
  const isKnown = knowsAll(input)
  if (isKnown && end === undefined) return
  const kept = isKnown ? cache.kept : serializeFiles(filesOf(input))
  writeBuildCache(cacheFile, key, { states, end, kept })
}

/** The same again, with the states that sources are in by now. */
export function keepEnd(
  { key, cache, cacheFile, states }: Pick<SaveInput, 'key' | 'cache' | 'cacheFile' | 'states'>,
  end: BuildEnd,
): void {
  if (key !== undefined) writeBuildCache(cacheFile, key, { states, end, kept: cache.kept })
}

const knowsAll = ({ unread, rendered, reused, remembered, places }: SaveInput) =>
  unread.length === 0 &&
  rendered.entries.size === 0 &&
  reused.size === remembered.entries.size &&
  places === remembered.places

function filesOf({ parsed, reused, rendered, stamps, places }: SaveInput): RememberedFiles {
  const pages = new Map(
    [...parsed.known].flatMap(([path, { value, diagnostics }]) =>
      value && diagnostics.length === 0 ? [[path, value]] : [],
    ),
  )
  const entries = new Map(reused)
  for (const [path, entry] of rendered.entries) {
    const stamp = stamps.get(path)
    if (stamp !== undefined) entries.set(path, { ...entry, stamp })
  }
  return { places, pages, entries }
}
