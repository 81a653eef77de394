import { on } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { Result } from '../../core/types.ts'
import { createParsedPages, type ReadPage } from '../cache/parsed-pages.ts'
import { readPageAt } from '../site.ts'
import { openOutputFolder } from '../output/output-folder.ts'
import { SILENT } from '../progress.ts'
import { takeFrom, type WorkQueue } from './work-queue.ts'
import { prepareBuild, renderFiles, type WorkerResult, type WorkerJob } from './job.ts'

/** Pages that were read: their paths in the pages folder, and what came of it. */
export type Readings = readonly (readonly [path: string, draft: Result<ReadPage>])[]

/** Another thread. It begins to read pages at once; when all are read, it is told of those of others and prints its files. */
export interface PoolWorker {
  readonly pages: Promise<Readings>
  render(all: Readings, paths: readonly string[]): Promise<Result<WorkerResult>>
  terminate(): void
}

interface WorkerInput {
  readonly task: WorkerJob
  readonly toRead: WorkQueue
}

interface RenderAssignment {
  readonly others: Readings
  readonly paths: readonly string[]
}

export function startWorker(task: WorkerJob, toRead: WorkQueue): PoolWorker {
  const orders: WorkerInput = { task, toRead }
  const worker = new Worker(new URL(import.meta.url), { workerData: orders })
  const messages = on(worker, 'message') as AsyncIterator<[unknown]>
  const next = async <T>() => (await messages.next()).value[0] as T
  const pages = next<Readings>()
  let own = new Set<string>()
  void pages.then(read => (own = new Set(read.map(([path]) => path))))
  return {
    pages,
    // Sent at once: this thread is about to be busy with its own share.
    render(all, paths) {
      const others = all.filter(([path]) => !own.has(path))
      const assignment: RenderAssignment = { others, paths }
      worker.postMessage(assignment)
      return pages.then(() => next<Result<WorkerResult>>())
    },
    terminate: () => void worker.terminate(),
  }
}

export const readPages = ({ config, today }: WorkerJob, toRead: WorkQueue): Readings =>
  Array.from(takeFrom(toRead), path => [path, readPageAt(config, path, today)])

function work({ task, toRead }: WorkerInput, port: NonNullable<typeof parentPort>): void {
  const own = readPages(task, toRead)
  port.once('message', async ({ others, paths }: RenderAssignment) => {
    port.postMessage(await print(task, [...own, ...others], paths))
    port.close()
  })
  port.postMessage(own)
}

async function print(
  task: WorkerJob,
  readings: Readings,
  paths: readonly string[],
): Promise<Result<WorkerResult>> {
  const target = openOutputFolder(task.config)
  if (!target.value) return { diagnostics: target.diagnostics }
  const workshop = await prepareBuild(task, createParsedPages(readings), target.value)
  if (!workshop.value) return { diagnostics: workshop.diagnostics }
  const part = renderFiles(workshop.value, task, paths, SILENT)
  return { ...part, diagnostics: [...workshop.diagnostics, ...part.diagnostics] }
}

if (!isMainThread && parentPort) work(workerData as WorkerInput, parentPort)
