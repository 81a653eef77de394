import type { Result } from '../core/types.ts'
import type { Sources } from '../document/find-sources.ts'
import type { BuildReport } from './build-report.ts'
import {
  looking,
  making,
  planning,
  type BuildStart,
  type KnownBefore,
  type LookingResults,
  type MadeSite,
  type MakingResults,
  type PlannedSite,
  type PlanningResults,
} from './build-steps.ts'
import { sealedStamps, type OutputFolder } from './output/output-folder.ts'
import type { WriteCounts } from './output/commit.ts'
import { endOf, endsSo, fingerprintOf } from './cache/build-end.ts'
import { cacheProblem } from './cache/build-cache.ts'
import { findTouched } from './cache/file-states.ts'
import { keepEnd, saveCache } from './cache/save-cache.ts'
import { clearLock } from './output/lock.ts'
import { clearStages, newBuilder } from './output/stages.ts'
import { mergeDiagnostics } from './merge-diagnostics.ts'
import { SILENT, type Progress } from './progress.ts'
import { remakeChanged } from './remake/remake.ts'
import { runSteps } from './run-steps.ts'
import { sourcesOf, untilUntouched, type BuildAttempt } from './touched-sources.ts'
import type { PlannedFiles } from './steps/plan-files.ts'
import { writing, type WrittenSite } from './steps/write-site.ts'
import type { Arrangement } from './pages/arrangement.ts'
import type { BuildJob } from './workers/job.ts'
import { createWorkerPool } from './workers/pool.ts'

/**
 * Builds a site, or finds what a build would change. There is no report when something is wrong with the site, its keys or its output
 * folder: then nothing was written.
 */
export const buildSite = (
  job: BuildJob,
  folder: OutputFolder,
  progress: Progress,
): Promise<Result<BuildReport>> => untilUntouched(() => buildOnce(job, folder, progress))

async function buildOnce(
  ...[job, folder, progress]: Parameters<typeof buildSite>
): Promise<BuildAttempt<BuildReport>> {
  const pool = createWorkerPool()
  const builder = newBuilder()
  try {
    if (job.mode === 'write') clearLeftovers(folder, builder)
    const start: BuildStart = { ...job, folder, pool, builder, progress, worker: 0 }
    const { value: known, diagnostics: before } = await runSteps<BuildStart, LookingResults>(
      looking,
      start,
      progress,
      'report',
    )
    if (!known) return { diagnostics: mergeDiagnostics(before) }
    const { keys, planet, cache, cacheFiles, sources, states } = known
    const given = fingerprintOf(keys, planet)
    const { passedOver } = sources
    const { end } = cache
    if (
      end &&
      given !== undefined &&
      known.changed.size === 0 &&
      endsSo(end, job.now, folder, { fingerprint: given })
    ) {
      if (known.isSettled) keepEnd(known, end)
      const { files, made, unpublished, diagnostics } = end
      const held = { unpublished, passedOver, cacheProblem: cacheProblem(cacheFiles) }
      return {
        value: { files, made, ...held, written: NOTHING_WRITTEN, differences: [], times: new Map() },
        diagnostics: mergeDiagnostics([...before, ...diagnostics]),
      }
    }
    const remade = await remakeChanged({ ...known, given }, before)
    if (remade) return remade
    const { value: plan, diagnostics: planned } = await runSteps<KnownBefore, PlanningResults>(
      planning,
      { ...known, given },
      progress,
      'report',
    )
    const { value: site, diagnostics: rest } = plan
      ? await runSteps<PlannedSite, MakingResults>(making, plan, progress, 'report')
      : { diagnostics: [] }
    const found = [...planned, ...rest]
    const diagnostics = mergeDiagnostics([...before, ...found])
    if (diagnostics.some(({ code }) => code === 'build/interrupted')) return { diagnostics }
    // What is wrong may be so because of what changed.
    const touched = findTouched(job.config, states, site ? sourcesOf(site) : states.keys())
    if (touched !== undefined) return { diagnostics: site ? [] : diagnostics, touched }
    if (!site) return { diagnostics }
    const last = await runSteps<MadeSite, [WrittenSite]>(writing, site, progress, 'report')
    const { value } = last
    if (!value) return { diagnostics: [...diagnostics, ...last.diagnostics] }
    const { prepared, arrangement, rendered, reused, due, committed, differences } = value
    const files = prepared.output.size
    const made = reused.size + due.length
    const unpublished = arrangement.heldBack.length
    if (committed) {
      const ended = {
        files,
        made,
        unpublished,
        diagnostics: mergeDiagnostics(found),
        planned: mergeDiagnostics(planned),
      }
      const { paths, stamps: staged } = rendered.staged
      const packedPages = await pool.packedPages()
      const input = { ...value, packedPages, paths, stamps: sealedStamps(folder, staged, committed.placed) }
      saveCache(input, given === undefined ? undefined : endOf({ ...input, found: { ...ended, given } }))
    }
    return {
      value: {
        files,
        made,
        written: committed?.written,
        differences,
        unpublished,
        cacheProblem: cacheProblem(cacheFiles),
        passedOver,
        times: rendered.times,
      },
      diagnostics: [...diagnostics, ...differences],
    }
  } finally {
    pool.close()
    if (job.mode === 'write') clearLeftovers(folder, builder)
  }
}

const NOTHING_WRITTEN: WriteCounts = { written: 0, removed: 0 }

/** Of this build, and of those that were killed. */
function clearLeftovers(folder: OutputFolder, builder: string): void {
  clearStages(folder, builder)
  clearLock(folder)
}

export interface SitePlan extends PlannedFiles {
  readonly sources: Sources
  readonly arrangement: Arrangement
}

/** Every file of a site, of which none is rendered or written. */
export async function planSite(job: BuildJob, folder: OutputFolder): Promise<Result<SitePlan>> {
  const pool = createWorkerPool()
  const start: BuildStart = { ...job, folder, pool, builder: newBuilder(), progress: SILENT, worker: 0 }
  try {
    const { value: known, diagnostics: before } = await runSteps<BuildStart, LookingResults>(
      looking,
      start,
      SILENT,
      'end',
    )
    if (!known) return { diagnostics: mergeDiagnostics(before) }
    const { value, diagnostics } = await runSteps<KnownBefore, PlanningResults>(
      planning,
      { ...known, given: undefined },
      SILENT,
      'end',
    )
    return { ...(value && { value }), diagnostics: mergeDiagnostics([...before, ...diagnostics]) }
  } finally {
    pool.close()
  }
}
