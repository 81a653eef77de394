import type { Result } from '../../core/types.ts'
import { checkLinks as check } from '../links/check-links.ts'
import { withAnchors } from '../links/check-file.ts'
import type { BuildJob, RenderedShare } from '../workers/job.ts'
import type { PlannedFiles } from './plan-files.ts'

/** Reports the links that are broken; only now is every page known, and every anchor. */
export function checkLinks({
  prepared,
  rendered,
  shard,
}: BuildJob & PlannedFiles & { readonly rendered: Pick<RenderedShare, 'links'> }): Result<object> {
  // A shard has not rendered every page that its links lead to.
  const links = shard ? withAnchors(prepared, rendered.links) : rendered.links
  return { value: {}, diagnostics: check(links, prepared) }
}
