import { parentPort, workerData } from 'node:worker_threads'
import type { Result } from '../../core/types.ts'
import { createParsedPages } from '../cache/parsed-pages.ts'
import { openOutputFolder } from '../output/output-folder.ts'
import { SILENT } from '../progress.ts'
import { arrangePages } from '../steps/arrange-pages.ts'
import { planFiles } from '../steps/plan-files.ts'
import { pageReader } from '../steps/read-pages.ts'
import type { ReadPages, RenderAssignment, RenderedShare, WorkerInput, WorkerJob } from './job.ts'
import { renderShare } from './render-share.ts'
import { takeFrom, type WorkQueue } from './work-queue.ts'

/** What a thread of the worker pool does; it ends when it has posted what it rendered. */
function work({ job, queue: unread }: WorkerInput, port: NonNullable<typeof parentPort>): void {
  const reader = pageReader(job)
  const own: ReadPages = Array.from(takeFrom(unread), path => [path, reader.read(path)])
  port.once('message', async ({ others, queue }: RenderAssignment) => {
    port.postMessage(await render(job, [...own, ...others], queue))
    port.close()
  })
  port.postMessage(own)
}

async function render(job: WorkerJob, pages: ReadPages, queue: WorkQueue): Promise<Result<RenderedShare>> {
  const folder = openOutputFolder(job.config)
  if (!folder.value) return { diagnostics: folder.diagnostics }
  const parsed = createParsedPages(pages)
  const arranged = arrangePages({ ...job, parsed })
  if (!arranged.value) return { diagnostics: arranged.diagnostics }
  const planned = await planFiles({ ...job, parsed, ...arranged.value })
  if (!planned.value) return { diagnostics: planned.diagnostics }
  return renderShare({ ...job, ...planned.value, folder: folder.value, progress: SILENT }, queue)
}

// Only where the pool has started this file: whoever imports it, in whatever thread, gets nothing done.
const input = workerData as WorkerInput | null | undefined
if (parentPort && input?.kind === 'imprimatur build worker') work(input, parentPort)
