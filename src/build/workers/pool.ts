import { on } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Config } from '../../config/config.ts'
import type { Result } from '../../core/types.ts'
import { keepHeapSmall } from '../../core/v8-options.ts'
import { isPlainData } from '../cache/plain-data.ts'
import { packStates } from '../cache/file-states.ts'
import type { BuildJob, ReadPages, PackedShare, WorkerInput, WorkerJob, WorkerTask } from './job.ts'
import type { WorkQueue } from './work-queue.ts'

/** The threads of a build beside the main one. None is started for little work, or when the configuration cannot be cloned. */
export interface WorkerPool {
  /** How many threads there are, or would be started for so many pages or files. */
  sizeFor(job: BuildJob, work: number): number
  /** Loads them: they wait for a job. */
  load(job: BuildJob, work: number): void
  /** Lets them take pages from the queue and read them. False when they do so already, or there are none. */
  start(job: Omit<WorkerJob, 'worker'>, work: number, reading: PageReading): boolean
  /**
   * Gives to each what this thread knows of pages, and what the others have read, so that all put the site in order at the same time.
   * What they have read comes back. Rejected when one cannot be loaded or ends too early, as is `render`.
   */
  sharePages(known: ReadPages): Promise<ReadPages>
  /** Lets each render what it takes from the queue. */
  render(queue: WorkQueue): Promise<readonly Result<PackedShare>[]>
  /** All pages as they are kept, if one of them was to pack them: it does so when it has rendered. */
  packedPages(): Promise<readonly Uint8Array[] | undefined>
  /** Ends those that still run. */
  close(): void
}

interface PageReading {
  readonly unread: WorkQueue
  /** Whether one of them packs all pages at the end, while the main thread puts the files in their places. */
  readonly packsPages: boolean
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
  /** How many tell each of them of pages; 0 before they have a job. */
  let others = 0
  let isPacking = false
  const sizeFor = ({ config, mode }: BuildJob, work: number) => {
    if (workers.length > 0) return workers.length
    const isShared = work >= WORTH_SHARING && isPlainData([config, mode])
    return isShared ? Math.min(availableParallelism(), MOST_THREADS) - 1 : 0
  }
  const load = (job: BuildJob, work: number) => {
    const size = sizeFor(job, work)
    if (workers.length > 0 || size === 0) return
    workers = Array.from({ length: size }, () => loadWorker(job.config))
  }
  return {
    sizeFor,
    load,
    start({ states, ...job }, work, { unread, packsPages }) {
      load(job, work)
      if (others > 0 || workers.length === 0) return false
      keepHeapSmall()
      isPacking = packsPages
      // Of those that read nothing, none has anything to tell.
      others = unread.items.length > 0 ? workers.length : 1
      const columns = packStates(states)
      for (const [i, worker] of workers.entries()) {
        const own = { ...job, worker: i + 1 }
        const task = { job: own, states: columns, unread, others, packsPages: packsPages && i === 0 }
        worker.post(task)
      }
      return true
    },
    sharePages(known) {
      for (const worker of workers) worker.post(known)
      const read = workers.map(async worker => {
        const pages = await worker.pages
        if (others > 1) for (const other of workers) if (other !== worker) other.post(pages)
        return pages
      })
      const all = Promise.all(read).then(pages => pages.flat())
      all.catch(awaitedLater)
      return all
    },
    render(queue) {
      // Sent at once: this thread is about to be busy with the files itself.
      for (const worker of workers) worker.post(queue)
      const rendered = Promise.all(workers.map(worker => worker.share))
      rendered.catch(awaitedLater)
      return rendered
    },
    packedPages: async () => (isPacking ? workers[0]?.packedPages() : undefined),
    close() {
      for (const worker of workers) worker.terminate()
    },
  }
}

interface PoolWorker {
  post(message: WorkerTask | ReadPages | WorkQueue): void
  /** What it has read. */
  readonly pages: Promise<ReadPages>
  /** What it has rendered, when it has read. */
  readonly share: Promise<Result<PackedShare>>
  packedPages(): Promise<readonly Uint8Array[]>
  terminate(): void
}

/** Whoever awaits a failure gets it; until then, while this thread is busy itself, it is no unhandled one. */
const awaitedLater = () => {}

function loadWorker({ siteCode }: Config): PoolWorker {
  const input: WorkerInput = { kind: 'imprimatur build worker', siteCode }
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
  pages.catch(awaitedLater)
  const share = pages.then(() => next<Result<PackedShare>>())
  share.catch(awaitedLater)
  return {
    post: message => worker.postMessage(message),
    pages,
    share,
    packedPages: () => share.then(() => next<readonly Uint8Array[]>()),
    terminate: () => void worker.terminate(),
  }
}
