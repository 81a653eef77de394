import type { Diagnostic, Result } from '../../core/types.ts'
import type { OutputFolder } from '../output/output-folder.ts'
import { commit, type CommittedSite } from '../output/commit.ts'
import { check } from '../output/write.ts'
import type { Steps } from '../run-steps.ts'
import type { BuildJob, RenderedShare } from '../workers/job.ts'

export interface WrittenSite {
  /** Absent after a check, and when the output folder could not be written. */
  readonly committed?: CommittedSite
  /** What a check would write or remove, or why nothing could be written. */
  readonly differences: readonly Diagnostic[]
}

export interface WriteInput extends BuildJob {
  readonly rendered: Pick<RenderedShare, 'staged'>
  readonly folder: OutputFolder
  readonly builder: string
}

/** The last step of a build, when the sources are still what they were. */
export const writing: Steps<WriteInput, [WrittenSite]> = [
  // By renames, so that a build cut short leaves no file half written.
  ['putting the files in their places', writeSite, 'whole only'],
]

/** Puts the staged files in their places; a check only finds what it would do. */
function writeSite({ mode, rendered, folder, builder }: WriteInput): Result<WrittenSite> {
  if (mode === 'check') return { value: { differences: check(rendered.staged, folder) }, diagnostics: [] }
  const { value: committed, diagnostics: differences } = commit(rendered.staged, folder, builder)
  return { value: committed ? { committed, differences } : { differences }, diagnostics: [] }
}
