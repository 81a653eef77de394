import { readFileSync } from 'node:fs'
import { loadConfig, type Config, type SiteCode, type UserConfig } from '../config/config.ts'
import type { Result } from '../core/types.ts'
import { buildSite, planSite, type SitePlan } from './build.ts'
import { describeSite, type SiteListing } from './site-listing.ts'
import { openOutputFolder, type OutputFolder } from './output/output-folder.ts'
import { SILENT, type Progress } from './progress.ts'
import type { Times } from './timings.ts'
import type { BuildJob } from './workers/job.ts'

export interface BuildOptions {
  /** The site's folder; one that is not absolute is looked for in the folder that the process runs in. Default: `.` */
  readonly root?: string
  /** What stands over the configuration in `root`. */
  readonly config?: UserConfig
  /** `none` runs nothing that the site brings along: no configuration file is read, and no template run. Default: `run` */
  readonly siteCode?: SiteCode
  /** `check` writes nothing, and compares the output folder with its sources: a difference is `output/stale`. Default: `write` */
  readonly mode?: 'write' | 'check'
  /** Decides which pages are of days to come or past, and whether keys are valid still. Default: the clock. */
  readonly now?: Date
  /** Makes part `part` (from 1) of `of` only; all parts together are the site. */
  readonly shard?: { readonly part: number; readonly of: number } | undefined
  /** Lists every link that leads out of the site (`link/external`). Default: false */
  readonly externalLinks?: boolean
  /** Measures how long each page and layout takes. Default: false */
  readonly profile?: boolean
  readonly progress?: Progress
}

export interface BuiltSite {
  /** The output folder, relative to the root. */
  readonly output: string
  /** Files of the whole site, also when a part of it was built. */
  readonly files: number
  /** Files that this build wrote, took away, and found as they were to be; of a check, none. */
  readonly written: number
  readonly removed: number
  readonly unchanged: number
  /** Pages that are held back: drafts, and pages of days to come or past. */
  readonly unpublished: number
  /** Files and folders among the pages and assets that are no part of the site, relative to the root; a folder ends with a slash. */
  readonly passedOver: readonly string[]
  /** Why nothing is remembered from build to build, if there is a reason. */
  readonly cacheProblem?: string | undefined
  /** Files that `build.notSecret` names. */
  readonly notSecret: readonly string[]
  /** With `profile`: how often each page and layout was rendered, and in how many milliseconds. */
  readonly times: Times
}

export interface BuildOutcome extends Result<BuiltSite> {
  /**
   * How far it got: `configuration`, when that or the output folder cannot be used; `build`, when something is wrong with the site,
   * and the output folder stands as it was; `end`, when the site was written or compared, if not always with success.
   */
  readonly reached: 'configuration' | 'build' | 'end'
}

/** Builds the site in a folder, from its configuration to its files. */
export async function runBuild(options: BuildOptions): Promise<BuildOutcome> {
  const { mode = 'write', progress = SILENT } = options
  const { value: begun, diagnostics } = await beginBuild(options)
  if (!begun) return { diagnostics, reached: 'configuration' }
  const { job, folder } = begun
  try {
    const { value: built, diagnostics: found } = await buildSite(job, folder, progress)
    if (!built) return { diagnostics: found, reached: 'build' }
    if (built.differences.length > 0) return { diagnostics: found, reached: 'end' }
    const {
      files,
      made,
      unpublished,
      passedOver,
      cacheProblem,
      times,
      written = { written: 0, removed: 0 },
    } = built
    const unchanged = mode === 'check' ? 0 : made - written.written
    const { notSecret } = job.config.build
    const held = { unpublished, passedOver, notSecret, cacheProblem }
    const site = { output: folder.name, files, unchanged, ...held, times }
    return { value: { ...site, ...written }, diagnostics: found, reached: 'end' }
  } finally {
    progress.end()
  }
}

/** Every address of the site in a folder, and what is left out; nothing is rendered or written. */
export async function listSite(options: BuildOptions): Promise<Result<SiteListing>> {
  const { value, diagnostics } = await readSite(options)
  return value ? { value: describeSite(value.plan), diagnostics } : { diagnostics }
}

/** The configuration of the site in a folder, and the plan of its files, for who prints what is in it; nothing is written. */
export async function readSite(
  options: BuildOptions,
): Promise<Result<{ readonly config: Config; readonly plan: SitePlan }>> {
  const { value: begun, diagnostics } = await beginBuild(options)
  if (!begun) return { diagnostics }
  const { value: plan, diagnostics: found } = await planSite(begun.job, begun.folder)
  return plan ? { value: { config: begun.job.config, plan }, diagnostics: found } : { diagnostics: found }
}

async function beginBuild(
  options: BuildOptions,
): Promise<Result<{ readonly job: BuildJob; readonly folder: OutputFolder }>> {
  const { root = '.', now = new Date(), mode = 'write', shard } = options
  const { value: config, diagnostics } = await loadConfig(root, options.config, {
    siteCode: options.siteCode ?? 'run',
  })
  if (!config) return { diagnostics }
  const job: BuildJob = {
    config,
    now: now.getTime(),
    mode,
    externalLinks: options.externalLinks === true,
    profile: options.profile === true,
    shard: shard && { part: shard.part - 1, of: shard.of },
    version: version(),
  }
  const { value: folder, diagnostics: unusable } = openOutputFolder(config)
  return folder ? { value: { job, folder }, diagnostics: unusable } : { diagnostics: unusable }
}

function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
