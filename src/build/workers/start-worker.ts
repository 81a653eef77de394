import { loadModule } from '../../config/bundle/load-bundle.ts'

/* What the pool starts: the worker, out of the bundle where there is one. */
await loadModule('build/workers/worker', () => import('./worker.ts'), { command: 'worker', host: process })
