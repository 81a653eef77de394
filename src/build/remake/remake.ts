import type { Diagnostic } from '../../core/types.ts'
import type { BuildReport } from '../build-report.ts'
import { cacheProblem } from '../cache/build-cache.ts'
import { endAfter } from '../cache/build-end.ts'
import { findTouched } from '../cache/file-states.ts'
import type { CacheEntry } from '../cache/render-file.ts'
import { saveChanges } from '../cache/save-cache.ts'
import { mergeDiagnostics } from '../merge-diagnostics.ts'
import type { CommittedSite } from '../output/commit.ts'
import { sealedStamps } from '../output/output-folder.ts'
import { runSteps, type KnownAfter, type Steps } from '../run-steps.ts'
import { remakePages, takeChangedBodies, type ChangedBodies, type RemakeInput } from './remake-pages.ts'
import { writing, type WriteInput, type WrittenSite } from '../steps/write-site.ts'
import { sourcesOf, type BuildAttempt } from '../touched-sources.ts'
import type { RenderedShare } from '../workers/job.ts'

/** With more, there is little left to be saved. */
const MOST_CHANGED = 100

type RemadePages = [ChangedBodies, { readonly rendered: RenderedShare }]

const remaking: Steps<RemakeInput, RemadePages> = [
  // Whether it is bodies of pages alone.
  [({ changed }) => `looking at ${changed.size} changed files`, takeChangedBodies],
  // With nothing of the pages that are as they were but where they are.
  [({ due, end }) => `making ${due.length} of ${end.files} files in one thread`, remakePages],
]

/**
 * A build after a change of a few bodies, in which no other page is read, decoded or put in order. It writes, reports and leaves what
 * a build of the whole site would; `before` is what was found in looking at the sources. Undefined when all has to be looked at: then
 * nothing was written.
 */
export async function remakeChanged(
  input: RemakeInput,
  before: readonly Diagnostic[],
): Promise<BuildAttempt<BuildReport> | undefined> {
  const { config, progress, states, changed, cache } = input
  // Without an end, something was made that the sources do not tell.
  if (!cache.end || changed.size === 0 || changed.size > MOST_CHANGED) return undefined
  const { value: remade, diagnostics: found } = await runSteps<RemakeInput, RemadePages>(
    remaking,
    input,
    progress,
    'report',
  )
  // The only ones without a value: somebody has interrupted it.
  if (!remade) return found.length > 0 ? { diagnostics: mergeDiagnostics([...before, ...found]) } : undefined
  const touched = findTouched(config, states, sourcesOf({ ...remade, unread: [...remade.pages.keys()] }))
  if (touched !== undefined) return { diagnostics: [], touched }
  const last = await runSteps<WriteInput, [WrittenSite]>(writing, remade, progress, 'report')
  const diagnostics = mergeDiagnostics([...before, ...found])
  if (!last.value) return { diagnostics: [...diagnostics, ...last.diagnostics] }
  const { committed, differences } = last.value
  const { end, rendered } = remade
  if (committed) saveRemade({ ...remade, committed }, mergeDiagnostics(found))
  const { files, made, unpublished } = end
  const { passedOver } = input.sources
  const held = { unpublished, passedOver, cacheProblem: cacheProblem(input.cacheFiles) }
  return {
    value: { files, made, ...held, written: committed?.written, differences, times: rendered.times },
    diagnostics: [...diagnostics, ...differences],
  }
}

function saveRemade(
  remade: KnownAfter<RemakeInput, RemadePages> & { readonly committed: CommittedSite },
  diagnostics: readonly Diagnostic[],
): void {
  const { pages, due, end, rendered, folder, committed } = remade
  const sealed = sealedStamps(folder, rendered.staged.stamps, committed.placed)
  const entries = new Map<string, CacheEntry>()
  for (const path of due) {
    const entry = rendered.entries.get(path)
    if (entry) entries.set(path, { ...entry, stamp: sealed.get(path) })
  }
  saveChanges(remade, { pages, entries }, endAfter(end, entries, diagnostics))
}
