import type { Result } from '../../core/types.ts'
import { describeState, type FileState } from '../cache/file-states.ts'
import type { ParsedPages } from '../cache/parsed-pages.ts'
import type { Arrangement } from '../pages/arrangement.ts'
import { unruledPages } from '../pages/unruled-pages.ts'
import { prepareSite, type PreparedSite } from '../prepare-site.ts'
import { loadTypography } from '../render/load-typography.ts'
import type { TypographyReport } from '../render/typography-report.ts'
import type { BuildJob } from '../workers/job.ts'
import { loadKeys } from '../keys.ts'
import { loadPlanet } from '../planet.ts'
import type { ListedPlanet } from './read-planet.ts'
import type { SiteKeys } from './verify-keys.ts'

export interface PlannedFiles {
  readonly prepared: PreparedSite
  readonly typography: TypographyReport
}

interface PlanInput extends BuildJob, SiteKeys, ListedPlanet {
  readonly states: ReadonlyMap<string, FileState>
  readonly parsed: ParsedPages
  readonly arrangement: Arrangement
  /** Number of the thread: 0 for the main one. */
  readonly worker: number
}

/** Lists every file of the site; each renders itself when it is asked for. */
export async function planFiles(input: PlanInput): Promise<Result<PlannedFiles>> {
  const { states } = input
  const typography = await loadTypography(input)
  const stateOf = (source: string) => describeState(states.get(source))
  const planet = await loadPlanet(input.config, input.planet)
  const shownKeys = await loadKeys({ root: input.config.root, keys: input.keys, typography })
  const isCached = input.mode === 'write'
  const prepared = prepareSite({ ...input, planet, shownKeys, typography, stateOf, isCached })
  const { missing } = prepared.site.pictures ?? {}
  const unruled = input.worker === 0 ? unruledPages(input.config, input.parsed) : []
  return { value: { prepared, typography }, diagnostics: [...(missing ? [missing] : []), ...unruled] }
}
