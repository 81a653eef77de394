import type { Progress } from './progress.ts'
import type { Arrangement } from './pages/arrangement.ts'
import type { OutputFolder } from './output/output-folder.ts'
import type { KnownAfter, Steps } from './run-steps.ts'
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
import type { BuildJob, PackedShares } from './workers/job.ts'
import type { WorkerPool } from './workers/pool.ts'

/**
 * The steps of a build, in order, each with its name for whoever watches. A step is given all that those before it have found and adds its
 * own; one that needs what is found later does not compile. The first with an error is the last, and the site stays as it was.
 */
export const looking: Steps<BuildStart, LookingResults> = [
  // Which files there are, and which of them changed since the last build.
  ['finding the sources', findSources],
  // What the site publishes of its keys, if their signatures and history are in order.
  ['verifying the keys', verifyKeys],
  // Whose feeds the site gathers; a build never goes to the network.
  ['reading the list of the planet', readPlanet],
]

/** The others, unless all is as the last build left it, or but for a few bodies (`remake.ts`): first, what there is to make. */
export const planning: Steps<KnownBefore, PlanningResults> = [
  // What the last build has kept of pages that are as they were.
  ['remembering the last build', recallPages],
  // Front matter and address of each page that changed; in several threads when they are many.
  [({ unread, sources }) => `reading ${unread.length} of ${sources.pages.length} pages`, readPages],
  // Order, neighbours, translations, archives, and that no two want the same address.
  ['putting the pages in order', arrangePages],
  // Every file of the site; none is rendered before somebody asks for its contents.
  ['planning the files', planFiles],
]

/** Then, to make it. */
export const making: Steps<PlannedSite, MakingResults> = [
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

/** What each step adds. */
export type LookingResults = [FoundSources, SiteKeys, ListedPlanet]

export type PlanningResults = [RecalledPages, object, { readonly arrangement: Arrangement }, PlannedFiles]

export type MakingResults = [
  ReusedFiles,
  MadePictures,
  { readonly rendered: PackedShares },
  object,
  { readonly rendered: PackedShares },
]

export type KnownBefore = BuildStart & FoundSources & SiteKeys & ListedPlanet & Pick<ReuseInput, 'given'>

export type PlannedSite = KnownAfter<KnownBefore, PlanningResults>

export type MadeSite = KnownAfter<PlannedSite, MakingResults>

/** What the first step is given. */
export interface BuildStart extends BuildJob {
  readonly folder: OutputFolder
  readonly pool: WorkerPool
  readonly progress: Progress
  /** By `newBuilder`. */
  readonly builder: string
  /** Number of this thread. */
  readonly worker: 0
}

function threads({ pool, ...job }: BuildStart, due: readonly string[]): string {
  const others = pool.sizeFor(job, due.length)
  return others === 0 ? 'one thread' : `${others + 1} threads`
}
