import { join } from 'node:path'
import type { Diagnostic, Result } from '../../core/types.ts'
import { writeBuildCache } from '../cache/build-cache.ts'
import { sealedStampOf, type OutputFolder } from '../output/output-folder.ts'
import { commit, type WriteCounts } from '../output/commit.ts'
import { check } from '../output/write.ts'
import type { BuildJob, RenderedShare } from '../workers/job.ts'
import type { FoundSources } from './find-sources.ts'
import type { ReusedFiles } from './reuse-unchanged.ts'

export interface WrittenSite {
  /** Absent after a check, and when the output folder could not be written. */
  readonly written?: WriteCounts
  /** What a check would write or remove, or why nothing could be written. */
  readonly differences: readonly Diagnostic[]
}

type WriteInput = BuildJob &
  FoundSources &
  ReusedFiles & { readonly rendered: RenderedShare; readonly folder: OutputFolder; readonly builder: string }

/** Puts the staged files in their places and writes the cache for the next build; a check only finds what it would do. */
export function writeSite(input: WriteInput): Result<WrittenSite> {
  const { mode, rendered, folder } = input
  if (mode === 'check') return { value: { differences: check(rendered.staged, folder) }, diagnostics: [] }
  const { value: written, diagnostics: differences } = commit(rendered.staged, folder, input.builder)
  if (!written) return { value: { differences }, diagnostics: [] }
  saveCache(input)
  return { value: { written, differences }, diagnostics: [] }
}

/** Unless the cache is as it was. */
function saveCache({
  key,
  cache,
  cacheFile,
  folder,
  states,
  places,
  parsed,
  unread,
  reused,
  rendered,
}: WriteInput) {
  const isKnown =
    unread.length === 0 &&
    rendered.entries.size === 0 &&
    reused.size === cache.entries.size &&
    places === cache.places
  if (key === undefined || isKnown) return
  const pages = new Map(
    [...parsed.known].flatMap(([path, { value, diagnostics }]) =>
      value && diagnostics.length === 0 ? [[path, value]] : [],
    ),
  )
  const entries = new Map(reused)
  for (const [path, entry] of rendered.entries) {
    const stamp = sealedStampOf(join(folder.folder, path), entry.stamp)
    if (stamp !== undefined) entries.set(path, { ...entry, stamp })
  }
  writeBuildCache(cacheFile, key, { places, states, pages, entries })
}
