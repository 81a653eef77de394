import type { Diagnostic } from '../core/types.ts'
import type { WriteCounts } from './output/commit.ts'
import type { Times } from './timings.ts'

/** What a build has done and found. */
export interface BuildReport {
  /** How many files the site has. */
  readonly files: number
  /** How many of them were this build’s to make: all, but for a shard. */
  readonly made: number
  /** Absent after a check, and when the output folder could not be written. */
  readonly written?: WriteCounts | undefined
  /** What a check would write or remove, or why nothing could be written; the diagnostics end with it. */
  readonly differences: readonly Diagnostic[]
  /** Pages that are held back: drafts, and pages of days to come or past. */
  readonly unpublished: number
  /** `CacheFile.problem` */
  readonly cacheProblem: string | undefined
  /** `Sources.passedOver` */
  readonly passedOver: readonly string[]
  /** Of bodies, by their source, and of layouts, with all that they include. */
  readonly times: Times
}
