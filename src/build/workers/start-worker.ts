import { workerData } from 'node:worker_threads'
import { loadModule } from '../../config/bundle/load-bundle.ts'
import type { WorkerInput } from './job.ts'

/* What the pool starts: the worker, out of the bundle where there is one. As with commands, a site of which nothing is trusted keeps no code. */
const input = workerData as WorkerInput | null
const owner = (input?.siteCode ?? 'none') === 'none' ? undefined : { command: 'worker', host: process }
await loadModule('build/workers/worker', () => import('./worker.ts'), owner)
