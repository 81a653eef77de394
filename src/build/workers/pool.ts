import { on } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Result } from '../../core/types.ts'
import { keepHeapSmall } from '../../core/v8-options.ts'
import { isPlainData } from '../cache/plain-data.ts'
import type { BuildJob, ReadPages, RenderAssignment, RenderedShare, WorkerInput, WorkerJob } from './job.ts'
import type { WorkQueue } from './work-queue.ts'

/** The threads of a build beside the main one. None is started for little work, or when the configuration cannot be cloned. */
export interface WorkerPool {
  /** How many threads there are, or would be started for so many pages or files. */
  sizeFor(job: BuildJob, work: number): number
  /** Starts them, unless they run already. They take pages from the queue and read them at once. */
  start(job: Omit<WorkerJob, 'worker'>, work: number, queue: WorkQueue): void
  /** What all of them have read. Rejected when one cannot be loaded or ends too early, as is `render`. */
  readPages(): Promise<ReadPages>
  /** Lets each render what it takes from the queue; `pages` are all that were read, by whomever. */
  render(pages: ReadPages, queue: WorkQueue): Promise<readonly Result<RenderedShare>[]>
  /** Ends those that still run. */
  close(): void
}

/** Below this many pages the start of a second thread costs more than it saves (measured: even at about 2,500). */
const WORTH_SHARING = 2500

/**
 * What lives no longer than a page: half of what V8 would take. A build of 10,000 posts is as fast with it, by processor and clock, and
 * takes some 15 MB less.
 */
const YOUNG_MEGABYTES = 24

/** Each thread holds all front matter: more of them would cost more memory than they save time. */
const MOST_THREADS = 4

export function createWorkerPool(): WorkerPool {
  let workers: readonly PoolWorker[] = []
  const sizeFor = ({ config, mode }: BuildJob, work: number) => {
    if (workers.length > 0) return workers.length
    const isShared = work >= WORTH_SHARING && isPlainData([config, mode])
    return isShared ? Math.min(availableParallelism(), MOST_THREADS) - 1 : 0
  }
  return {
    sizeFor,
    start(job, work, queue) {
      const size = sizeFor(job, work)
      if (workers.length > 0 || size === 0) return
      keepHeapSmall()
      workers = Array.from({ length: size }, (_, i) => startWorker({ ...job, worker: i + 1 }, queue))
    },
    readPages: async () => (await Promise.all(workers.map(({ pages }) => pages))).flat(),
    render(pages, queue) {
      const rendered = Promise.all(workers.map(worker => worker.render(pages, queue)))
      rendered.catch(awaitedLater)
      return rendered
    },
    close() {
      for (const worker of workers) worker.terminate()
    },
  }
}

interface PoolWorker {
  /** What it has read. */
  readonly pages: Promise<ReadPages>
  render(pages: ReadPages, queue: WorkQueue): Promise<Result<RenderedShare>>
  terminate(): void
}

/** Whoever awaits a failure gets it; until then, while this thread is busy itself, it is no unhandled one. */
const awaitedLater = () => {}

function startWorker(job: WorkerJob, queue: WorkQueue): PoolWorker {
  const input: WorkerInput = { kind: 'imprimatur build worker', job, queue }
  const worker = new Worker(new URL('start-worker.js', import.meta.url), {
    workerData: input,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  })
  // An error of the worker is thrown by the iterator, and its end ends it.
  const messages = on(worker, 'message', { close: ['exit'] }) as AsyncIterator<[unknown]>
  const next = async <T>() => {
    const { value, done } = await messages.next()
    if (done) throw new Error('A worker ended before its work was done')
    return value[0] as T
  }
  const pages = next<ReadPages>()
  let own = new Set<string>()
  void pages.then(read => (own = new Set(read.map(([path]) => path)))).catch(awaitedLater)
  return {
    pages,
    // Sent at once: this thread is about to be busy with the files itself.
    render(all, queue) {
      const assignment: RenderAssignment = { others: all.filter(([path]) => !own.has(path)), queue }
      worker.postMessage(assignment)
      return pages.then(() => next<Result<RenderedShare>>())
    },
    terminate: () => void worker.terminate(),
  }
}
