import type { Result } from '../../core/types.ts'
import { packEntries } from '../cache/entry-columns.ts'
import type { ParsedPages } from '../cache/parsed-pages.ts'
import { HEADERS } from '../feeds/well-known.ts'
import { mergeFindings } from '../links/findings.ts'
import type { OutputFolder } from '../output/output-folder.ts'
import type { PreparedSite } from '../prepare-site.ts'
import type { Progress } from '../progress.ts'
import { isTemplated } from '../render/bodies.ts'
import { addTimes } from '../timings.ts'
import { workerJob, type PackedShare, type PackedShares, type WorkerJob } from '../workers/job.ts'
import type { WorkerPool } from '../workers/pool.ts'
import { packShare, renderShare } from '../workers/render-share.ts'
import { createWorkQueue } from '../workers/work-queue.ts'
import type { MadePictures } from './make-pictures.ts'
import type { PlannedFiles } from './plan-files.ts'
import type { ReusedFiles } from './reuse-unchanged.ts'

interface RenderInput extends WorkerJob, PlannedFiles, ReusedFiles, MadePictures {
  readonly parsed: ParsedPages
  readonly pool: WorkerPool
  readonly folder: OutputFolder
  readonly progress: Progress
}

/** Renders the files that are due, in several threads when they are many, and stages those that differ from the site as it is. */
export async function renderFiles(input: RenderInput): Promise<Result<{ readonly rendered: PackedShares }>> {
  const { parsed, pool } = input
  const queue = createWorkQueue(inTurn(input.due, input.prepared))
  // Unless they have read pages: then they know them all.
  const nothing = { unread: createWorkQueue([]), packsPages: false }
  const isNew = pool.start(workerJob(input), queue.items.length, nothing)
  if (isNew) void pool.sharePages([...parsed.known])
  const others = pool.render(queue)
  const own = packShare(renderShare(input, queue))
  return merge([...input.prepared.output.keys()], input.pictures, [own, ...(await others)])
}

/**
 * What is made now: pictures are made, and what `_headers` says depends on what every page does. Files that grow with the site come first,
 * so that no thread is left with one of them when the others have nothing more to do. Pages come before feeds: what is wrong with a picture
 * is reported by the page that first asks for it.
 */
function inTurn(due: readonly string[], { output, paths }: PreparedSite): readonly string[] {
  const turns: [large: string[], others: string[], feeds: string[]] = [[], [], []]
  for (const path of due) {
    const page = paths.get(path)
    const file = page ? undefined : output.get(path)
    if (path === HEADERS || file?.prepare) continue
    const isLarge = page ? page.posts !== undefined || isTemplated(page) : file?.maker.kind === 'sitemap'
    turns[isLarge ? 0 : file?.maker.kind === 'feed' ? 2 : 1].push(path)
  }
  return turns.flat()
}

function merge(
  paths: readonly string[],
  pictures: MadePictures['pictures'],
  shares: readonly Result<PackedShare>[],
): Result<{ readonly rendered: PackedShares }> {
  const whole = shares.flatMap(({ value }) => value ?? [])
  const diagnostics = shares.flatMap(share => share.diagnostics)
  if (whole.length < shares.length) return { diagnostics }
  const all = [pictures, ...whole]
  const staged = {
    paths,
    changed: union(all.map(share => share.staged.changed)),
    stamps: union(all.map(share => share.staged.stamps)),
  }
  const entries = [packEntries(pictures.entries), ...whole.map(share => share.entries)].filter(
    ({ paths: some }) => some.length > 0,
  )
  const links = mergeFindings(whole.map(share => share.links))
  return {
    value: { rendered: { staged, links, entries, times: addTimes(whole.map(({ times }) => times)) } },
    diagnostics,
  }
}

const union = <T>(maps: readonly ReadonlyMap<string, T>[]): ReadonlyMap<string, T> =>
  new Map(maps.flatMap(map => [...map]))
