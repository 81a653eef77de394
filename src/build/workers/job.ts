import type { Config } from '../../config/config.ts'
import { hasErrors } from '../../core/diagnostic.ts'
import type { OutputFile, Result } from '../../core/types.ts'
import type { CacheEntry } from '../cache/build-cache.ts'
import type { LinkFindings } from '../links/collect-links.ts'
import type { Sources } from '../../document/find-sources.ts'
import type { ParsedPages, ReadPage } from '../cache/parsed-pages.ts'
import type { FileDependencies } from '../cache/render-file.ts'
import type { KeysOutput } from '../output/plan.ts'
import { prepareSite, type PreparedSite } from '../site.ts'
import { describeState, type FileState } from '../cache/file-states.ts'
import type { Times } from '../timings.ts'
import type { OutputFolder } from '../output/output-folder.ts'
import { storeIn, storeNothing, stage, type StagedSite } from '../output/write.ts'
import type { Progress } from '../progress.ts'
import type { Typesetter } from '../typography.ts'

/** What is to be built. All of it can be cloned into another thread. */
export interface BuildJob {
  readonly config: Config
  /** The ISO day after which a dated page is not published yet. */
  readonly today: string
  readonly mode: 'write' | 'check'
  /** Whether links that lead out of the site are to be listed. */
  readonly externalLinks: boolean
  /** Whether somebody wants to know what takes how long: then everything is rendered. */
  readonly profile: boolean
  /** Which part of the files to make, from 0, when another machine makes the others. */
  readonly shard?: { readonly part: number; readonly of: number } | undefined
  /** Of the program. */
  readonly version: string
  /** Milliseconds since 1970. */
  readonly now: number
}

/** The same with all that was found out before the first page is read. */
export interface WorkerJob extends BuildJob {
  readonly sources: Sources
  readonly states: ReadonlyMap<string, FileState>
  readonly supplement: KeysOutput | undefined
  /** Which thread this is. */
  readonly worker: number
}

/** What one thread has to show for its part. */
export interface WorkerResult {
  readonly staged: StagedSite
  readonly unpublished: number
  readonly links: LinkFindings
  readonly entries: ReadonlyMap<string, CacheEntry>
  readonly times: Times
}

/** A site that is ready to be rendered, in one thread. */
export interface PreparedBuild {
  readonly site: PreparedSite
  readonly target: OutputFolder
  readonly typesetter: Typesetter
}

export async function prepareBuild(
  task: WorkerJob,
  memory: ParsedPages,
  target: OutputFolder,
): Promise<Result<PreparedBuild>> {
  const { config, sources, states, today, externalLinks, supplement } = task
  const typesetter = await typesetterFor(task, memory)
  const { setPage, setText: typeset } = typesetter
  const stateOf = (source: string) => describeState(states.get(source))
  const options = { today, externalLinks, typeset, setPage, supplement, memory, stateOf }
  const { value: site, diagnostics } = prepareSite(config, sources, options)
  return site ? { value: { site, target, typesetter }, diagnostics } : { diagnostics }
}

/** The linter is loaded only where something is to be set or to be found badly set. */
async function typesetterFor(
  { config, version, worker }: WorkerJob,
  { known }: ParsedPages,
): Promise<Typesetter> {
  const { build, lint } = config
  const isSet = ({ value }: Result<ReadPage>) =>
    typeof value === 'object' && (value.page.typography ?? build.typography) !== 'off'
  if (build.typography === 'off' && isEmpty(lint.rules) && ![...known.values()].some(isSet)) return AS_WRITTEN
  const { createTypesetter } = await import('../typography.ts')
  return createTypesetter(config, { version, share: worker })
}

const isEmpty = (fields: object) => Object.keys(fields).length === 0

const AS_WRITTEN: Typesetter = {
  diagnostics: [],
  wordsOn: () => [],
  repeat: () => {},
  setPage: file => ({ file }),
  setText: text => text,
  close: () => {},
}

/** Renders the files at these paths and keeps those that differ from the site as it is. */
export function renderFiles(
  { site: press, target, typesetter }: PreparedBuild,
  { mode }: WorkerJob,
  paths: readonly string[],
  progress: Progress,
): Result<WorkerResult> {
  const tracked = new Map<string, FileDependencies>()
  let done = 0
  const files = paths.flatMap((path): OutputFile[] => {
    const file = press.output.get(path)
    if (!file) return []
    const contents = () => {
      const { result, dependencies } = press.render(file)
      progress.made(++done, paths.length)
      if (dependencies) tracked.set(path, dependencies)
      return result
    }
    return [{ path, contents }]
  })
  const keep = mode === 'write' ? storeIn(target) : storeNothing
  const { value: staged, diagnostics: found } = stage(files, target, keep)
  typesetter.close()
  const diagnostics = [...found, ...typesetter.diagnostics]
  if (!staged || hasErrors(typesetter.diagnostics)) return { diagnostics }
  const entries = new Map<string, CacheEntry>()
  for (const [path, note] of tracked) {
    const stamp = staged.stamps.get(path)
    const words = typesetter.wordsOn(press.pageAt(path)?.source ?? '')
    // A place in the text is told from the text.
    if (stamp !== undefined && words.every(({ span }) => !span))
      entries.set(path, { dependencies: note, stamp, typography: words })
  }
  return {
    value: {
      staged,
      unpublished: press.unpublished,
      links: press.linkFindings(),
      entries,
      times: press.times,
    },
    diagnostics,
  }
}
