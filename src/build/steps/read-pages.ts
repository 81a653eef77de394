import type { Config } from '../../config/config.ts'
import { readSource } from '../../core/read-file.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import { readFolderDefaults } from '../../document/place/folder-defaults.ts'
import type { Sources } from '../../document/find-sources.ts'
import type { ReadPage } from '../cache/parsed-pages.ts'
import { readPage } from '../pages/read-page.ts'
import { workerJob, type BuildJob } from '../workers/job.ts'
import type { WorkerPool } from '../workers/pool.ts'
import { createWorkQueue, takeFrom } from '../workers/work-queue.ts'
import type { FoundSources } from './find-sources.ts'
import type { ListedPlanet } from './read-planet.ts'
import type { RecalledPages } from './recall-pages.ts'
import type { SiteKeys } from './verify-keys.ts'

/** Reads the pages that are not read yet into `parsed`, in several threads when they are many. */
export async function readPages(
  build: BuildJob &
    FoundSources &
    RecalledPages &
    SiteKeys &
    ListedPlanet & { readonly pool: WorkerPool; readonly builder: string },
): Promise<Result<object>> {
  const { parsed, unread, pool } = build
  const queue = createWorkQueue(unread)
  const packsPages = build.key !== undefined && build.cache.states.size === 0
  pool.start(workerJob(build), unread.length, { unread: queue, packsPages })
  const reader = pageReader(build)
  for (const path of takeFrom(queue)) parsed.get(path, () => reader.read(path))
  const known = pool.sizeFor(build, 0) > 0 ? [...parsed.known] : []
  for (const [path, page] of await pool.sharePages(known)) parsed.get(path, () => page)
  // What is wrong with pages is reported in the next step, in the order of the pages.
  return { value: {}, diagnostics: [] }
}

export interface PageReader {
  /** Reads a page by its path in the pages folder. */
  read(path: string): Result<ReadPage>
  /** What is wrong with what it takes from folders. */
  readonly diagnostics: readonly Diagnostic[]
}

interface ReaderInput {
  readonly config: Config
  /** Milliseconds since 1970. */
  readonly now: number
  readonly sources: Sources
}

/** Reads pages as they are to be at a moment; the defaults of their folders are read once, now. */
export function pageReader({ config, now, sources }: ReaderInput): PageReader {
  const { root, dirs, fields } = config
  const folders = readFolderDefaults(sources.defaults, { root, pages: dirs.pages, own: fields })
  return {
    read(path) {
      const { value: file, diagnostics } = readSource(root, `${dirs.pages}/${path}`)
      return file ? readPage(file, path, { config, now, defaults: folders.of(path) }) : { diagnostics }
    },
    diagnostics: folders.diagnostics,
  }
}
