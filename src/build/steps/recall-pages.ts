import type { Result } from '../../core/types.ts'
import { isDefaults, pagesBelow } from '../../document/place/folder-defaults.ts'
import type { RememberedFiles } from '../cache/kept-files.ts'
import { createParsedPages, type ParsedPages, type ReadPage } from '../cache/parsed-pages.ts'
import { isStillSo } from '../pages/publication.ts'
import type { BuildJob } from '../workers/job.ts'
import type { FoundSources } from './find-sources.ts'

export interface RecalledPages {
  /** What the last build left of its files. */
  readonly remembered: RememberedFiles
  /** Pages that are read already: from the cache, those whose files did not change. */
  readonly parsed: ParsedPages
  /** The others, by their paths in the pages folder. */
  readonly unread: readonly string[]
}

const NOTHING_WRONG: readonly [] = []

/** Finds which of the pages are in the cache as they are. */
export function recallPages({
  config,
  now,
  cache,
  sources,
  changed,
}: BuildJob & FoundSources): Result<RecalledPages> {
  const remembered = cache.remembered()
  const changedDefaults = [...changed].filter(isDefaults)
  const isOutdated = new Set(pagesBelow(changedDefaults, config, remembered.pages.keys()))
  const unchanged = new Map<string, Result<ReadPage>>()
  for (const [path, page] of remembered.pages) {
    if (!changed.has(`${config.dirs.pages}/${path}`) && isStillSo(page, now) && !isOutdated.has(path))
      unchanged.set(path, { value: page, diagnostics: NOTHING_WRONG })
  }
  const parsed = createParsedPages(unchanged)
  const unread = sources.pages.filter(path => !parsed.known.has(path))
  return { value: { remembered, parsed, unread }, diagnostics: [] }
}
