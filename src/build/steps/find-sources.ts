import type { Result } from '../../core/types.ts'
import { isDefaults, pagesBelow } from '../../document/place/folder-defaults.ts'
import type { Sources } from '../../document/find-sources.ts'
import type { CacheFile } from '../../config/cache-folder.ts'
import { buildCacheFile, EMPTY_CACHE, readBuildCache, type BuildCache } from '../cache/build-cache.ts'
import { cacheKey } from '../cache/cache-key.ts'
import { scanSources, type FileState } from '../cache/file-states.ts'
import { isStillSo } from '../pages/publication.ts'
import { createParsedPages, type ParsedPages } from '../cache/parsed-pages.ts'
import type { BuildJob } from '../workers/job.ts'

export interface FoundSources {
  readonly sources: Sources
  /** Path, relative to the root -> the state that the file is in. */
  readonly states: ReadonlyMap<string, FileState>
  /** What the last build left. */
  readonly cache: BuildCache
  readonly cacheFile: CacheFile
  /** Undefined when this build leaves no cache. */
  readonly key: string | undefined
  /** Pages that are read already: from the cache, those whose files did not change. */
  readonly parsed: ParsedPages
  /** The others, by their paths in the pages folder. */
  readonly unread: readonly string[]
}

/** Lists the files of the site, without reading them, and finds which of the pages are in the cache as they are. */
export function findSources(job: BuildJob): Result<FoundSources> {
  const { config } = job
  const key = cacheKey(job)
  const cacheFile = buildCacheFile(config.root)
  const cache = key === undefined ? EMPTY_CACHE : readBuildCache(cacheFile, key)
  const { value, diagnostics } = scanSources(config, cache)
  if (!value) return { diagnostics }
  const { sources, states } = value
  const changedDefaults = [...new Set([...cache.states.keys(), ...states.keys()])].filter(
    path => isDefaults(path) && states.get(path) !== cache.states.get(path),
  )
  const isOutdated = new Set(pagesBelow(changedDefaults, config, cache.pages.keys()))
  const unchanged = [...cache.pages].flatMap(([path, page]) => {
    const source = `${config.dirs.pages}/${path}`
    return states.get(source) === cache.states.get(source) &&
      isStillSo(page, job.now) &&
      !isOutdated.has(path)
      ? [[path, { value: page, diagnostics: [] }] as const]
      : []
  })
  const parsed = createParsedPages(unchanged)
  const unread = sources.pages.filter(path => !parsed.known.has(path))
  return { value: { sources, states, cache, cacheFile, key, parsed, unread }, diagnostics }
}
