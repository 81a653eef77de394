import { on } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { append } from '../../core/lists/long-lists.ts'
import type { Result } from '../../core/types.ts'
import { unpackStates } from '../cache/file-states.ts'
import { packPages } from '../cache/page-columns.ts'
import { createParsedPages, pagesToKeep } from '../cache/parsed-pages.ts'
import { openOutputFolder } from '../output/output-folder.ts'
import { SILENT } from '../progress.ts'
import { arrangePages } from '../steps/arrange-pages.ts'
import { planFiles } from '../steps/plan-files.ts'
import { pageReader } from '../steps/read-pages.ts'
import type { ReadPages, WorkerInput, WorkerJob, WorkerTask } from './job.ts'
import { packShare, renderShare, type ShareInput } from './render-share.ts'
import { takeFrom, type WorkQueue } from './work-queue.ts'

/** What a thread of the worker pool does; it ends when it has posted what it rendered. */
async function work(port: NonNullable<typeof parentPort>): Promise<void> {
  const messages = on(port, 'message') as AsyncIterator<[unknown]>
  const next = async <T>() => ((await messages.next()).value as [T])[0]
  const { job: rest, states, unread, others, packsPages } = await next<WorkerTask>()
  const job: WorkerJob = { ...rest, states: unpackStates(states) }
  const reader = pageReader(job)
  const own: ReadPages = Array.from(takeFrom(unread), path => [path, reader.read(path)])
  port.postMessage(own)
  const pages = [...own]
  for (let times = 0; times < others; times++) append(pages, await next<ReadPages>())
  const { value: planned, diagnostics } = await planShare(job, pages)
  const queue = await next<WorkQueue>()
  const share = planned ? packShare(renderShare(planned, queue)) : { diagnostics }
  port.postMessage(share, share.value?.entries.parts.map(bufferOf))
  if (packsPages) {
    const packed = packPages(pagesToKeep(pages))
    port.postMessage(packed, packed.map(bufferOf))
  }
  port.close()
}

const bufferOf = ({ buffer }: Uint8Array) => buffer as ArrayBuffer

/** All that it does before it knows which files are due. */
async function planShare(job: WorkerJob, pages: ReadPages): Promise<Result<ShareInput>> {
  const folder = openOutputFolder(job.config)
  if (!folder.value) return { diagnostics: folder.diagnostics }
  const parsed = createParsedPages(pages)
  const arranged = arrangePages({ ...job, parsed })
  if (!arranged.value) return { diagnostics: arranged.diagnostics }
  const planned = await planFiles({ ...job, parsed, ...arranged.value })
  if (!planned.value) return { diagnostics: planned.diagnostics }
  return { value: { ...job, ...planned.value, folder: folder.value, progress: SILENT }, diagnostics: [] }
}

// Only where the pool has started this file: whoever imports it, in whatever thread, gets nothing done.
const input = workerData as WorkerInput | null | undefined
if (parentPort && input?.kind === 'imprimatur build worker') void work(parentPort)
