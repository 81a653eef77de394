import { workerData } from 'node:worker_threads'
import { loadModule } from '../../config/bundle/load-bundle.ts'
import { keepHeapSmall } from '../../core/v8-options.ts'
import type { WorkerInput } from './job.ts'

/* What the pool starts: the worker, out of the bundle where there is one. As with commands, a site of which nothing is trusted keeps no code. */
const input = workerData as WorkerInput | null
const owner = (input?.siteCode ?? 'none') === 'none' ? undefined : { command: 'worker', host: process }
// As the thread that has started this one does, for the whole process: this one is to know of it.
if (input?.kind === 'imprimatur build worker') keepHeapSmall()
await loadModule('build/workers/worker', () => import('./worker.ts'), owner)
