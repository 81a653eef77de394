import { isHeldBack } from '../pages/publication.ts'
import type { Config } from '../../config/config.ts'
import type { Result } from '../../core/types.ts'
import type { ParsedPages, ReadPage } from '../cache/parsed-pages.ts'
import type { TypographyReport } from './typography-report.ts'

interface TypographyInput {
  readonly config: Config
  /** Of the program. */
  readonly version: string
  /** Number of the thread: each has a cache of its own. */
  readonly worker: number
  readonly parsed: ParsedPages
}

/** The linter takes a while to load, and is not loaded for a site with typography off on every page. */
export async function loadTypography({
  config,
  parsed,
  ...options
}: TypographyInput): Promise<TypographyReport> {
  const { build, lint } = config
  const isSet = ({ value }: Result<ReadPage>) =>
    value !== undefined && !isHeldBack(value) && (value.page.typography ?? build.typography) !== 'off'
  const isOff = build.typography === 'off' && lint.levels.length === 0 && lint.overrides.length === 0
  if (isOff && ![...parsed.known.values()].some(isSet)) return AS_WRITTEN
  const { createTypographyReport } = await import('./typography-report.ts')
  return createTypographyReport(config, options)
}

const AS_WRITTEN: TypographyReport = {
  diagnostics: [],
  of: () => [],
  restore: () => {},
  setPage: file => ({ file }),
  setText: text => text,
  close: () => {},
}
