import { on } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { Result } from '../model.ts'
import { createDraftMemory, type ReadDraft } from '../site/memory.ts'
import { readDraft } from '../site/site.ts'
import { SILENT } from './progress.ts'
import { openWorkshop, printShare, type Part, type Task } from './workshop.ts'

/** Pages that were read: their paths in the pages folder, and what came of it. */
export type Readings = readonly (readonly [path: string, draft: Result<ReadDraft>])[]

/** Another thread. It reads its pages at once; when all have read theirs, it is told of all and prints its files. */
export interface Hand {
  readonly readings: Promise<Readings>
  print(all: Readings, paths: readonly string[]): Promise<Result<Part>>
  dismiss(): void
}

interface Orders {
  readonly task: Task
  readonly toRead: readonly string[]
}

interface Assignment {
  readonly all: Readings
  readonly paths: readonly string[]
}

export function hire(task: Task, toRead: readonly string[]): Hand {
  const orders: Orders = { task, toRead }
  const worker = new Worker(new URL(import.meta.url), { workerData: orders })
  const messages = on(worker, 'message') as AsyncIterator<[unknown]>
  const next = async <T>() => (await messages.next()).value[0] as T
  const readings = next<Readings>()
  return {
    readings,
    // Sent at once: this thread is about to be busy with its own share.
    print(all, paths) {
      const assignment: Assignment = { all, paths }
      worker.postMessage(assignment)
      return readings.then(() => next<Result<Part>>())
    },
    dismiss: () => void worker.terminate(),
  }
}

export const readPages = ({ config, today }: Task, paths: readonly string[]): Readings =>
  paths.map(path => [path, readDraft(config, path, today)])

function work({ task, toRead }: Orders, port: NonNullable<typeof parentPort>): void {
  port.once('message', ({ all, paths }: Assignment) => {
    const { value: workshop, diagnostics } = openWorkshop(task, createDraftMemory(all))
    const part = workshop ? printShare(workshop, task, paths, SILENT) : { diagnostics: [] }
    port.postMessage({ ...part, diagnostics: [...diagnostics, ...part.diagnostics] })
    port.close()
  })
  port.postMessage(readPages(task, toRead))
}

if (!isMainThread && parentPort) work(workerData as Orders, parentPort)
