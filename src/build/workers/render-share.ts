import { hasErrors } from '../../core/diagnostic.ts'
import type { OutputFile, Result } from '../../core/types.ts'
import { describeMaker, renderFile, type CacheEntry, type FileDependencies } from '../cache/render-file.ts'
import type { OutputFolder } from '../output/output-folder.ts'
import { stage, storeIn, storeNothing } from '../output/write.ts'
import type { PreparedSite } from '../prepare-site.ts'
import type { Progress } from '../progress.ts'
import type { TypographyReport } from '../render/typography-report.ts'
import { packEntries } from '../cache/entry-columns.ts'
import type { BuildJob, PackedShare, RenderedShare } from './job.ts'
import { countTaken, takeFrom, type WorkQueue } from './work-queue.ts'

export interface ShareInput {
  readonly mode: BuildJob['mode']
  readonly prepared: PreparedSite
  readonly typography: TypographyReport
  readonly folder: OutputFolder
  /** Of the build, by `newBuilder`. */
  readonly builder: string
  readonly progress: Progress
}

/** Renders the files that it takes from the queue and keeps those that differ from the site as it is. */
export function renderShare(
  { mode, prepared, typography, folder, builder, progress }: ShareInput,
  queue: WorkQueue,
): Result<RenderedShare> {
  const { site, output, paths: pages, fingerprint } = prepared
  const recorded = new Map<string, FileDependencies>()
  function* files(): Iterable<OutputFile> {
    for (const path of takeFrom(queue)) {
      const file = output.get(path)
      if (!file) continue
      const contents = () => {
        const { result, dependencies } = renderFile(site, fingerprint, file, pages.get(path))
        progress.made(countTaken(queue), queue.items.length)
        if (dependencies) recorded.set(path, dependencies)
        return result
      }
      yield { ...file, contents }
    }
  }
  const store = mode === 'write' ? storeIn(folder, builder) : storeNothing
  const { value: staged, diagnostics: found } = stage(files(), folder, {
    store,
    patience: site.config.build.patience,
  })
  typography.close()
  const diagnostics = [...found, ...typography.diagnostics]
  if (!staged || hasErrors(typography.diagnostics)) return { diagnostics }
  const entries = new Map<string, CacheEntry>()
  for (const [path, dependencies] of recorded) {
    const stamp = staged.stamps.get(path)
    const reported = typography.of(pages.get(path)?.source ?? '')
    // A diagnostic with a span needs the text, which the cache does not hold.
    if (stamp !== undefined && reported.every(({ span }) => !span))
      entries.set(path, {
        maker: describeMaker(output.get(path)),
        dependencies,
        stamp,
        typography: reported,
      })
  }
  return {
    value: { staged, links: site.links.findings(), entries, times: site.stopwatch.times },
    diagnostics,
  }
}

export const packShare = ({ value: share, diagnostics }: Result<RenderedShare>): Result<PackedShare> =>
  share ? { value: { ...share, entries: packEntries(share.entries) }, diagnostics } : { diagnostics }
