import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createWorkerPool } from '../../../src/build/workers/pool.ts'
import { createWorkQueue } from '../../../src/build/workers/work-queue.ts'
import type { WorkerJob } from '../../../src/build/workers/job.ts'

const unhandled: unknown[] = []
const note = (reason: unknown) => void unhandled.push(reason)

beforeEach(() => {
  unhandled.length = 0
  process.on('unhandledRejection', note)
})
afterEach(() => void process.off('unhandledRejection', note))

/** In src/ there is no worker.js, so that none can be loaded. */
test.skipIf(availableParallelism() < 2)(
  'a worker that cannot be loaded is an error of whoever waits for it, and of nobody else',
  async () => {
    const pool = createWorkerPool()
    const job = { config: {}, mode: 'write', states: new Map() } as unknown as WorkerJob
    pool.start(job, 2500, { unread: createWorkQueue([]), packsPages: true })
    const rendered = pool.render(createWorkQueue([]))
    await expect(pool.sharePages([])).rejects.toThrow(/worker\.js/)
    for (let turn = 0; turn < 5; turn++) await setImmediate()
    await expect(rendered).rejects.toThrow(/worker\.js/)
    await expect(pool.packedPages()).rejects.toThrow(/worker\.js/)
    pool.close()
    await setImmediate()
    expect(unhandled).toEqual([])
  },
)
