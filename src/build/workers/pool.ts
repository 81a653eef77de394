import { on } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { Result } from '../../core/types.ts'
import { createDraftMemory, type ReadDraft } from '../cache/page-cache.ts'
import { readDraft } from '../site.ts'
import { openTarget } from '../output/folder.ts'
import { SILENT } from '../progress.ts'
import { takeFrom, type Queue } from './queue.ts'
import { openWorkshop, printShare, type Part, type Task } from './job.ts'

/** Pages that were read: their paths in the pages folder, and what came of it. */
export type Readings = readonly (readonly [path: string, draft: Result<ReadDraft>])[]

/** Another thread. It begins to read pages at once; when all are read, it is told of those of others and prints its files. */
export interface Hand {
  readonly readings: Promise<Readings>
  print(all: Readings, paths: readonly string[]): Promise<Result<Part>>
  dismiss(): void
}

interface Orders {
  readonly task: Task
  readonly toRead: Queue
}

interface Assignment {
  readonly others: Readings
  readonly paths: readonly string[]
}

export function hire(task: Task, toRead: Queue): Hand {
  const orders: Orders = { task, toRead }
  const worker = new Worker(new URL(import.meta.url), { workerData: orders })
  const messages = on(worker, 'message') as AsyncIterator<[unknown]>
  const next = async <T>() => (await messages.next()).value[0] as T
  const readings = next<Readings>()
  let own = new Set<string>()
  void readings.then(read => (own = new Set(read.map(([path]) => path))))
  return {
    readings,
    // Sent at once: this thread is about to be busy with its own share.
    print(all, paths) {
      const others = all.filter(([path]) => !own.has(path))
      const assignment: Assignment = { others, paths }
      worker.postMessage(assignment)
      return readings.then(() => next<Result<Part>>())
    },
    dismiss: () => void worker.terminate(),
  }
}

export const readPages = ({ config, today }: Task, toRead: Queue): Readings =>
  Array.from(takeFrom(toRead), path => [path, readDraft(config, path, today)])

function work({ task, toRead }: Orders, port: NonNullable<typeof parentPort>): void {
  const own = readPages(task, toRead)
  port.once('message', async ({ others, paths }: Assignment) => {
    port.postMessage(await print(task, [...own, ...others], paths))
    port.close()
  })
  port.postMessage(own)
}

async function print(task: Task, readings: Readings, paths: readonly string[]): Promise<Result<Part>> {
  const target = openTarget(task.config)
  if (!target.value) return { diagnostics: target.diagnostics }
  const workshop = await openWorkshop(task, createDraftMemory(readings), target.value)
  if (!workshop.value) return { diagnostics: workshop.diagnostics }
  const part = printShare(workshop.value, task, paths, SILENT)
  return { ...part, diagnostics: [...workshop.diagnostics, ...part.diagnostics] }
}

if (!isMainThread && parentPort) work(workerData as Orders, parentPort)
