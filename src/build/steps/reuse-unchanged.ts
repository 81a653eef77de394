import { join } from 'node:path'
import type { Result } from '../../core/types.ts'
import { findChangedBodies } from '../cache/changed-bodies.ts'
import { describeMaker, withLinks, type CacheEntry, type FileDependencies } from '../cache/render-file.ts'
import { isStampOf, type OutputFolder } from '../output/output-folder.ts'
import { digestPaths } from '../prepare-site.ts'
import { distribute } from '../workers/distribute.ts'
import type { BuildJob } from '../workers/job.ts'
import type { FoundSources } from './find-sources.ts'
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

export interface ReuseInput extends BuildJob, FoundSources, RecalledPages, PlannedFiles {
  readonly folder: OutputFolder
  /** `BuildEnd.given`, as it is now. */
  readonly given: string | undefined
}

/** Finds the files whose page, layouts and other dependencies are what they were when the last build wrote them. */
export function reuseUnchanged(input: ReuseInput): Result<ReusedFiles> {
  const { remembered, prepared, typography, folder, shard } = input
  const { site, output, paths, fingerprint } = prepared
  const isTouched = findChangedBodies(input)
  const places = isTouched ? remembered.places : digestPaths(prepared)
  const hasSamePlaces = places === remembered.places
  const isSame = (known: FileDependencies) =>
    isTouched ? !isTouched(known) : fingerprint(known.dependencies.split('\n')) === known.fingerprint
  const reused = new Map<string, CacheEntry>()
  const all = [...output.keys()]
  for (const path of all) {
    const entry = remembered.entries.get(path)
    if (
      !entry ||
      entry.maker !== describeMaker(output.get(path)) ||
      !folder.owned.has(path) ||
      !isSame(entry.dependencies) ||
      !isStampOf(entry.stamp, join(folder.folder, path))
    )
      continue
    const page = paths.get(path)
    const dependencies = withLinks(site, page, entry.dependencies, hasSamePlaces)
    if (!dependencies) continue
    const { maker, stamp, typography: found } = entry
    typography.restore(page?.source ?? '', found)
    reused.set(
      path,
      dependencies === entry.dependencies ? entry : { maker, stamp, typography: found, dependencies },
    )
  }
  const due = shardOf(all, shard).filter(path => !reused.has(path))
  return { value: { reused, due, places }, diagnostics: [] }
}

/** Every path is in one shard of the same sources, whoever asks, and its neighbours are in others. */
const shardOf = (paths: readonly string[], shard: BuildJob['shard']): readonly string[] =>
  shard ? distribute(paths.toSorted(), shard.of)[shard.part]! : paths
