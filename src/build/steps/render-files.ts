import type { Result } from '../../core/types.ts'
import type { ParsedPages } from '../cache/parsed-pages.ts'
import { HEADERS } from '../feeds/well-known.ts'
import { mergeFindings } from '../links/findings.ts'
import type { OutputFolder } from '../output/output-folder.ts'
import type { Progress } from '../progress.ts'
import { addTimes } from '../timings.ts'
import { distribute } from '../workers/distribute.ts'
import { workerJob, type RenderedShare, type WorkerJob } from '../workers/job.ts'
import type { WorkerPool } from '../workers/pool.ts'
import { renderShare } from '../workers/render-share.ts'
import { createWorkQueue } from '../workers/work-queue.ts'
import type { PlannedFiles } from './plan-files.ts'
import type { ReusedFiles } from './reuse-unchanged.ts'

interface RenderInput extends WorkerJob, PlannedFiles, ReusedFiles {
  readonly parsed: ParsedPages
  readonly pool: WorkerPool
  readonly folder: OutputFolder
  readonly progress: Progress
}

/** Renders the files that are due, in several threads when they are many, and stages those that differ from the site as it is. */
export async function renderFiles(input: RenderInput): Promise<Result<{ readonly rendered: RenderedShare }>> {
  const { parsed, pool } = input
  // What it says depends on what every page does.
  const due = input.due.filter(path => path !== HEADERS)
  const size = pool.sizeFor(input, due.length)
  pool.start(workerJob(input), due.length, createWorkQueue([]))
  const [own = [], ...shares] = distribute(due, size + 1)
  const others = pool.render(size > 0 ? [...parsed.known] : [], shares)
  const paths = [...input.prepared.output.keys()]
  return merge(paths, [renderShare(input, own), ...(await others)])
}

function merge(
  paths: readonly string[],
  shares: readonly Result<RenderedShare>[],
): Result<{ readonly rendered: RenderedShare }> {
  const whole = shares.flatMap(({ value }) => value ?? [])
  const diagnostics = shares.flatMap(share => share.diagnostics)
  if (whole.length < shares.length) return { diagnostics }
  const entries: RenderedShare['entries'] = new Map(whole.flatMap(share => [...share.entries]))
  const staged = {
    paths,
    changed: new Map(whole.flatMap(share => [...share.staged.changed])),
    stamps: new Map(whole.flatMap(share => [...share.staged.stamps])),
  }
  const links = mergeFindings(whole.map(share => share.links))
  return {
    value: { rendered: { staged, links, entries, times: addTimes(whole.map(({ times }) => times)) } },
    diagnostics,
  }
}
