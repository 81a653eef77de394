import type { Config, SiteCode } from '../../config/config.ts'
import type { Result } from '../../core/types.ts'
import type { PlanetList } from '../../planet/list.ts'
import type { Sources } from '../../document/find-sources.ts'
import type { PackedEntries } from '../cache/entry-columns.ts'
import type { CacheEntry } from '../cache/render-file.ts'
import type { FileState, StateColumns } from '../cache/file-states.ts'
import type { ReadPage } from '../cache/parsed-pages.ts'
import type { PublishedKeys } from '../published-keys.ts'
import type { LinkFindings } from '../links/findings.ts'
import type { StagedSite } from '../output/write.ts'
import type { Times } from '../timings.ts'
import type { WorkQueue } from './work-queue.ts'

/** What is to be built. All of it can be cloned into another thread, if the configuration is plain data. */
export interface BuildJob {
  readonly config: Config
  readonly mode: 'write' | 'check'
  /** Whether links that lead out of the site are to be listed. */
  readonly externalLinks: boolean
  /** Whether somebody wants to know what takes how long: then everything is rendered. */
  readonly profile: boolean
  /** Which part of the files to make, from 0, when another machine makes the others. */
  readonly shard?: { readonly part: number; readonly of: number } | undefined
  /** Of the program. */
  readonly version: string
  /** Milliseconds since 1970. */
  readonly now: number
}

/** The same with all that is found out before the first page is read. */
export interface WorkerJob extends BuildJob {
  readonly sources: Sources
  readonly states: ReadonlyMap<string, FileState>
  readonly keys: PublishedKeys | undefined
  readonly planet: PlanetList | undefined
  /** Who builds, by `newBuilder`: the threads of a build stage their files in one place. */
  readonly builder: string
  /** Number of the thread: 0 for the main one. */
  readonly worker: number
}

/** Only what a worker needs: the rest cannot be cloned. */
export const workerJob = ({
  config,
  mode,
  externalLinks,
  profile,
  shard,
  version,
  now,
  sources,
  states,
  keys,
  planet,
  builder,
}: Omit<WorkerJob, 'worker'>): Omit<WorkerJob, 'worker'> => ({
  config,
  mode,
  externalLinks,
  profile,
  shard,
  version,
  now,
  sources,
  states,
  keys,
  planet,
  builder,
})

/** Pages that were read: their paths in the pages folder, and what came of it. */
export type ReadPages = readonly (readonly [path: string, page: Result<ReadPage>])[]

/** What a worker is started with: it is to be loaded by the time that there is something to do. */
export interface WorkerInput {
  readonly kind: 'imprimatur build worker'
  readonly siteCode: SiteCode
}

/**
 * What it is sent first. It reads pages and posts them as `ReadPages` when the queue is empty; then it is sent what others have read,
 * `others` times, and at last a `WorkQueue` of files. It posts a `Result<PackedShare>`, and if it
 * `packsPages`, all pages as `packPages` gives them.
 */
export interface WorkerTask {
  readonly job: Omit<WorkerJob, 'states'>
  readonly states: StateColumns
  readonly unread: WorkQueue
  readonly others: number
  readonly packsPages: boolean
}

/** What one thread made of its share of the files. */
export interface RenderedShare {
  readonly staged: StagedSite
  readonly links: LinkFindings
  /** For the next build, by path in the output folder; their stamps are those of staged files still. */
  readonly entries: ReadonlyMap<string, CacheEntry>
  /** Of bodies, by their source, and of layouts, with all that they include. */
  readonly times: Times
}

/** The same as it is sent, and kept. */
export interface PackedShare extends Omit<RenderedShare, 'entries'> {
  readonly entries: PackedEntries
}

/** Those of all threads in one. */
export interface PackedShares extends Omit<RenderedShare, 'entries'> {
  readonly entries: readonly PackedEntries[]
}
