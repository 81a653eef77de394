import type { Config } from '../../config/config.ts'
import { readSource } from '../../core/read-file.ts'
import type { Result } from '../../core/types.ts'
import type { ReadPage } from '../cache/parsed-pages.ts'
import { readPage } from '../pages/read-page.ts'
import { workerJob, type BuildJob } from '../workers/job.ts'
import type { WorkerPool } from '../workers/pool.ts'
import { createWorkQueue, takeFrom } from '../workers/work-queue.ts'
import type { FoundSources } from './find-sources.ts'
import type { ListedPlanet } from './read-planet.ts'
import type { SiteKeys } from './verify-keys.ts'

/** Reads the pages that are not read yet into `parsed`, in several threads when they are many. */
export async function readPages(
  build: BuildJob & FoundSources & SiteKeys & ListedPlanet & { readonly pool: WorkerPool },
): Promise<Result<object>> {
  const { config, now, parsed, unread, pool } = build
  const queue = createWorkQueue(unread)
  pool.start(workerJob(build), unread.length, queue)
  for (const path of takeFrom(queue)) parsed.get(path, () => readPageAt(config, path, now))
  for (const [path, page] of await pool.readPages()) parsed.get(path, () => page)
  // What is wrong with pages is reported in the next step, in the order of the pages.
  return { value: {}, diagnostics: [] }
}

/** Reads a page by its path in the pages folder, as it is to be at a moment. */
export function readPageAt(config: Config, path: string, now: number): Result<ReadPage> {
  const { value: file, diagnostics } = readSource(config.root, `${config.dirs.pages}/${path}`)
  return file ? readPage(file, path, { config, now }) : { diagnostics }
}
