import type { Result } from '../../core/types.ts'
import type { Sources } from '../../document/find-sources.ts'
import {
  buildCacheFiles,
  EMPTY_CACHE,
  readBuildCache,
  type BuildCache,
  type BuildCacheFiles,
} from '../cache/build-cache.ts'
import { cacheKey } from '../cache/cache-key.ts'
import { changesBetween, countDigests, scanSources, type FileState } from '../cache/file-states.ts'
import type { BuildJob } from '../workers/job.ts'
import type { WorkerPool } from '../workers/pool.ts'

export interface FoundSources {
  readonly sources: Sources
  /** Path, relative to the root -> the state that the file is in. */
  readonly states: ReadonlyMap<string, FileState>
  /** The paths of those that the last build did not know in the state that they are in, or that it did know and are gone. */
  readonly changed: ReadonlySet<string>
  /** Whether some that had to be read, as they were just written then, need not be read any more. */
  readonly isSettled: boolean
  /** What the last build left. */
  readonly cache: BuildCache
  readonly cacheFiles: BuildCacheFiles
  /** Undefined when this build leaves no cache. */
  readonly key: string | undefined
}

/** Lists the files of the site, without reading them, and finds whether they are as they were. */
export function findSources(job: BuildJob & { readonly pool: WorkerPool }): Result<FoundSources> {
  const { config, pool } = job
  const key = cacheKey(job)
  const cacheFiles = buildCacheFiles(config.root)
  const cache = key === undefined ? EMPTY_CACHE : readBuildCache(cacheFiles, key)
  const toRead = countDigests(cache.states)
  const { value, diagnostics } = scanSources(config, cache, ({ pages }) => {
    // All of them are to be read: threads that help are loaded meanwhile.
    if (cache.states.size === 0) pool.load(job, pages.length)
  })
  if (!value) return { diagnostics }
  const { sources, states } = value
  const changed = new Set(changesBetween(cache, value))
  const isSettled = countDigests(cache.states) < toRead
  return { value: { sources, states, changed, isSettled, cache, cacheFiles, key }, diagnostics }
}
