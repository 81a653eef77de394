import type { Diagnostic, Result } from '../core/types.ts'
import type { Sources } from '../document/find-sources.ts'
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
import { runSteps, type KnownAfter, type Steps } from './run-steps.ts'
import { sourcesOf, untilUntouched, type BuildAttempt } from './touched-sources.ts'
import { arrangePages } from './steps/arrange-pages.ts'
import { checkLinks } from './steps/check-links.ts'
import { makePictures, type MadePictures } from './steps/make-pictures.ts'
import { findSources, type FoundSources } from './steps/find-sources.ts'
import { planFiles, type PlannedFiles } from './steps/plan-files.ts'
import { readPages } from './steps/read-pages.ts'
import { renderFiles } from './steps/render-files.ts'
import { readPlanet, type ListedPlanet } from './steps/read-planet.ts'
import { reuseUnchanged, type ReusedFiles, type ReuseInput } from './steps/reuse-unchanged.ts'
import { recallPages, type RecalledPages } from './steps/recall-pages.ts'
import { settleHeaders } from './steps/settle-headers.ts'
import { verifyKeys, type SiteKeys } from './steps/verify-keys.ts'
import { writeSite, type WrittenSite } from './steps/write-site.ts'
import type { Arrangement } from './pages/arrangement.ts'
import type { Times } from './timings.ts'
import type { BuildJob, RenderedShare } from './workers/job.ts'
import { createWorkerPool, type WorkerPool } from './workers/pool.ts'

/**
 * The steps of a build, in order, each with its name for whoever watches. A step is given all that those before it have found and adds its
 * own; one that needs what is found later does not compile. The first with an error is the last, and the site stays as it was.
 */
const looking: Steps<BuildStart, LookingResults> = [
  // Which files there are, and which of them changed since the last build.
  ['finding the sources', findSources],
  // What the site publishes of its keys, if their signatures and history are in order.
  ['verifying the keys', verifyKeys],
  // Whose feeds the site gathers; a build never goes to the network.
  ['reading the list of the planet', readPlanet],
]

/** The others, unless all is as the last build left it. */
const making: Steps<KnownBefore, MakingResults> = [
  // What the last build has kept of pages that are as they were.
  ['remembering the last build', recallPages],
  // Front matter and address of each page that changed; in several threads when they are many.
  [({ unread, sources }) => `reading ${unread.length} of ${sources.pages.length} pages`, readPages],
  // Order, neighbours, translations, archives, and that no two want the same address.
  ['putting the pages in order', arrangePages],
  // Every file of the site; none is rendered before somebody asks for its contents.
  ['planning the files', planFiles],
  // The files that stand in the output folder as they would be rendered.
  ['looking for what is unchanged', reuseUnchanged],
  // Smaller copies of pictures, of which the library that makes them gives promises.
  ['making smaller pictures', makePictures],
  // Bodies, layouts, typography of all others; in several threads when they are many.
  [
    ({ due, prepared: { output }, ...rest }) =>
      `making ${due.length} of ${output.size} files in ${threads(rest, due)}`,
    renderFiles,
  ],
  // Only now is every page known, and every anchor.
  ['judging the links', checkLinks],
  // Which policy _headers has: one that the pages keep to.
  ['holding the pages to the policy', settleHeaders],
]

/** The last, when the sources are still what they were. */
const writing: Steps<MadeSite, [WrittenSite]> = [
  // By renames, so that a build cut short leaves no file half written.
  ['putting the files in their places', writeSite, 'whole only'],
]

/** What each step adds. */
type LookingResults = [FoundSources, SiteKeys, ListedPlanet]

/** Of the steps up to the plan of all files. */
type PlanningResults = [RecalledPages, object, { readonly arrangement: Arrangement }, PlannedFiles]

type MakingResults = [
  ...PlanningResults,
  ReusedFiles,
  MadePictures,
  { readonly rendered: RenderedShare },
  object,
  { readonly rendered: RenderedShare },
]

type KnownBefore = BuildStart & FoundSources & SiteKeys & ListedPlanet & Pick<ReuseInput, 'given'>

type MadeSite = KnownAfter<KnownBefore, MakingResults>

/** What the first step is given. */
interface BuildStart extends BuildJob {
  readonly folder: OutputFolder
  readonly pool: WorkerPool
  readonly progress: Progress
  /** By `newBuilder`. */
  readonly builder: string
  /** Number of this thread. */
  readonly worker: 0
}

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
    if (end && given !== undefined && known.changed.size === 0 && endsSo(end, job.now, folder, given)) {
      if (known.isSettled) keepEnd(known, end)
      const { files, made, unpublished, diagnostics } = end
      const held = { unpublished, passedOver, cacheProblem: cacheProblem(cacheFiles) }
      return {
        value: { files, made, ...held, written: NOTHING_WRITTEN, differences: [], times: new Map() },
        diagnostics: mergeDiagnostics([...before, ...diagnostics]),
      }
    }
    const { value: site, diagnostics: found } = await runSteps<KnownBefore, MakingResults>(
      making,
      { ...known, given },
      progress,
      'report',
    )
    const diagnostics = mergeDiagnostics([...before, ...found])
    if (diagnostics.some(({ code }) => code === 'build/interrupted')) return { diagnostics }
    // What is wrong may be so because of what changed.
    const touched = findTouched(job.config, states, site ? sourcesOf(site) : states.keys())
    if (touched !== undefined) return { diagnostics: site ? [] : diagnostics, touched }
    if (!site) return { diagnostics }
    const last = await runSteps<MadeSite, [WrittenSite]>(writing, site, progress, 'report')
    const { value } = last
    if (!value) return { diagnostics: [...diagnostics, ...last.diagnostics] }
    const { prepared, arrangement, rendered, reused, due, written, differences } = value
    const files = prepared.output.size
    const made = reused.size + due.length
    const unpublished = arrangement.heldBack.length
    if (written) {
      const ended = { files, made, unpublished, diagnostics: mergeDiagnostics(found) }
      const { paths, stamps: staged } = rendered.staged
      const input = { ...value, paths, stamps: sealedStamps(folder, staged) }
      saveCache(input, given === undefined ? undefined : endOf({ ...input, found: { ...ended, given } }))
    }
    return {
      value: {
        files,
        made,
        written,
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
  const planning = making.slice(0, 4) as unknown as Steps<KnownBefore, PlanningResults>
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

function threads({ pool, ...job }: BuildStart, due: readonly string[]): string {
  const others = pool.sizeFor(job, due.length)
  return others === 0 ? 'one thread' : `${others + 1} threads`
}
