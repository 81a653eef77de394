import { join } from 'node:path'
import type { Result } from '../../core/types.ts'
import { describeMaker, type CacheEntry } from '../cache/build-cache.ts'
import { stillUpToDate } from '../cache/render-file.ts'
import { stampOf, type OutputFolder } from '../output/output-folder.ts'
import { digestPaths } from '../prepare-site.ts'
import { distribute } from '../workers/distribute.ts'
import type { BuildJob } from '../workers/job.ts'
import type { PlannedFiles } from './plan-files.ts'
import type { RecalledPages } from './recall-pages.ts'

export interface ReusedFiles {
  /** Files that stand in the output folder as they would be rendered, by path. */
  readonly reused: ReadonlyMap<string, CacheEntry>
  /** The paths of those that this build has to render. */
  readonly due: readonly string[]
  /** `digestPaths` of the site. */
  readonly places: string
}

/** Finds the files whose page, layouts and other dependencies are what they were when the last build wrote them. */
export function reuseUnchanged({
  remembered,
  prepared,
  typography,
  folder,
  shard,
}: BuildJob & RecalledPages & PlannedFiles & { readonly folder: OutputFolder }): Result<ReusedFiles> {
  const { site, output, paths, fingerprint } = prepared
  const places = digestPaths(prepared)
  const hasSamePlaces = places === remembered.places
  const reused = new Map<string, CacheEntry>()
  for (const [path, file] of output) {
    const entry = remembered.entries.get(path)
    if (
      entry?.maker !== describeMaker(file) ||
      stampOf(join(folder.folder, path)) !== entry.stamp ||
      !folder.owned.has(path)
    )
      continue
    const page = paths.get(path)
    const dependencies = stillUpToDate(site, fingerprint, page, entry.dependencies, hasSamePlaces)
    if (!dependencies) continue
    typography.restore(page?.source ?? '', entry.typography)
    reused.set(path, dependencies === entry.dependencies ? entry : { ...entry, dependencies })
  }
  const due = shardOf([...output.keys()], shard).filter(path => !reused.has(path))
  return { value: { reused, due, places }, diagnostics: [] }
}

/** Every path is in one shard of the same sources, whoever asks, and its neighbours are in others. */
const shardOf = (paths: readonly string[], shard: BuildJob['shard']): readonly string[] =>
  shard ? distribute(paths.toSorted(), shard.of)[shard.part]! : paths
