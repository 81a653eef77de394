import type { Result } from '../../core/types.ts'
import { HEADERS } from '../feeds/well-known.ts'
import type { OutputFolder } from '../output/output-folder.ts'
import { stage, storeIn, storeNothing, type StagedSite } from '../output/write.ts'
import { reportViolations } from '../policy/report-violations.ts'
import type { BuildJob, PackedShares } from '../workers/job.ts'
import type { PlannedFiles } from './plan-files.ts'
import type { ReusedFiles } from './reuse-unchanged.ts'

type SettleInput = BuildJob &
  PlannedFiles &
  ReusedFiles & { readonly rendered: PackedShares; readonly folder: OutputFolder; readonly builder: string }

/** Makes `_headers`: a policy that a page of the site violates is not written, and each violation is reported. */
export function settleHeaders(input: SettleInput): Result<{ readonly rendered: PackedShares }> {
  const { prepared, rendered, due, mode, folder, shard } = input
  const { violations } = rendered.links
  // The shard that makes the file has not seen what the others have.
  const diagnostics = reportViolations(violations, prepared.site, shard ? 'error' : 'warning')
  const file = prepared.output.get(HEADERS)
  if (!file || !due.includes(HEADERS)) return { value: { rendered }, diagnostics }
  prepared.site.policyState.isBroken = violations.length > 0
  const { value: staged, diagnostics: failed } = stage([file], folder, {
    store: mode === 'write' ? storeIn(folder, input.builder) : storeNothing,
    patience: input.config.build.patience,
  })
  if (!staged) return { diagnostics: [...diagnostics, ...failed] }
  const { staged: others } = rendered
  const all: StagedSite = {
    paths: others.paths,
    changed: new Map([...others.changed, ...staged.changed]),
    stamps: new Map([...others.stamps, ...staged.stamps]),
  }
  return {
    value: { rendered: { ...rendered, staged: all } },
    diagnostics: [...diagnostics, ...failed],
  }
}
