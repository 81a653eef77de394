import { readdirSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { hasErrors } from '../core/diagnostic.ts'
import type { Result } from '../core/types.ts'
import {
  EMPTY_CACHE,
  readBuildCache,
  writeBuildCache,
  type CacheEntry,
  type BuildCache,
} from './cache/build-cache.ts'
import { createParsedPages, type ParsedPages } from './cache/parsed-pages.ts'
import { mergeFindings } from './links/collect-links.ts'
import { withAnchors } from './links/check-file.ts'
import { scanSources } from './cache/file-states.ts'
import { stampOf, type OutputFolder } from './output/output-folder.ts'
import { addTimes, type Times } from './timings.ts'
import type { StagedSite } from './output/write.ts'
import { startWorker, readPages, type PoolWorker } from './workers/pool.ts'
import { mergeDiagnostics } from './merge-diagnostics.ts'
import { keepHeapSmall } from '../core/v8-options.ts'
import { prepareKeys } from './keys-page.ts'
import type { Progress } from './progress.ts'
import { createWorkQueue, type WorkQueue } from './workers/work-queue.ts'
import {
  prepareBuild,
  renderFiles,
  type BuildJob,
  type WorkerResult,
  type WorkerJob,
  type PreparedBuild,
} from './workers/job.ts'

export interface BuildResult {
  readonly staged: StagedSite
  /** How many files were this build’s to make. */
  readonly made: number
  /** Pages that are held back: drafts, and pages of days to come. */
  readonly unpublished: number
  readonly times: Times
  /** Leaves word for the next build, once the files are in their places. */
  saveCache(): void
}

/** Below this many pages the start of a second worker costs more than it saves (measured: even at about 2,500). */
const WORTH_SHARING = 2500

/** Each worker holds all front matter: more of them would cost more memory than they save time. */
const MOST_WORKERS = 4

/**
 * From the sources to staged files. What the last build left is used: a page that did not change is not read, and a file is not
 * rendered whose page, layouts and answers are what they were. The rest is shared among several cores when it is much.
 */
export async function buildSite(
  job: BuildJob,
  target: OutputFolder,
  progress: Progress,
): Promise<Result<BuildResult>> {
  const { root } = job.config
  const key = keyOf(job)
  progress.step('finding the sources')
  const before = key === undefined ? EMPTY_CACHE : readBuildCache(root, key)
  const { value: seen, diagnostics } = scanSources(job.config, before)
  if (!seen) return { diagnostics }
  progress.step('verifying the keys')
  const keys = await prepareKeys(job, seen.sources)
  if (!keys.value) return { diagnostics: keys.diagnostics }
  const task: WorkerJob = { ...job, ...seen, ...keys.value, worker: 0 }

  const parsed = createParsedPages(unchangedPages(before, task))
  const unread = task.sources.pages.filter(path => !parsed.known.has(path))
  progress.step(`reading ${unread.length} of ${task.sources.pages.length} pages`)
  const toRead = createWorkQueue(unread)
  let pool = startWorkers(task, unread.length, toRead)
  await readAll(task, parsed, toRead, pool)

  progress.step('putting the pages in order')
  const { value: build, diagnostics: found } = await prepareBuild(task, parsed, target)
  if (!build) {
    for (const worker of pool) worker.terminate()
    return { diagnostics: mergeDiagnostics([...keys.diagnostics, ...found]) }
  }
  const same = reuseFiles(build, before)
  const paths = [...build.site.output.keys()]
  const due = shardOf(paths, job.shard).filter(path => !same.has(path))
  if (pool.length === 0) pool = startWorkers(task, due.length, toRead)
  const threads = pool.length === 0 ? 'one thread' : `${pool.length + 1} threads`
  progress.step(`making ${due.length} of ${paths.length} files in ${threads}`)
  const parts = await renderAll(build, task, parsed, due, pool, progress)
  progress.step('judging the links')
  const { value: part, diagnostics: reported } = merge(parts, build, paths, job.shard)
  const all = [...keys.diagnostics, ...mergeDiagnostics([...found, ...reported])]
  if (!part || hasErrors(all)) return { diagnostics: all }
  const remember = () => {
    const isKnown = unread.length === 0 && part.entries.size === 0 && same.size === before.entries.size
    if (key === undefined || isKnown) return
    const pages = new Map([...parsed.known].flatMap(([path, { value }]) => (value ? [[path, value]] : [])))
    const { places } = build.site
    const entries = new Map([...same, ...part.entries])
    writeBuildCache(root, key, { places, states: task.states, pages, entries })
  }
  return { value: { ...part, made: same.size + due.length, saveCache: remember }, diagnostics: all }
}

/**
 * All that a page depends on and no file shows. A check looks at everything anew, and whoever wants the links that lead out of
 * the site has every page read; what a configuration’s own code does cannot be known.
 */
function keyOf({
  config,
  today,
  mode,
  externalLinks,
  profile,
  shard,
  version,
}: BuildJob): string | undefined {
  if (mode === 'check' || externalLinks || profile || shard || !isPlain(config)) return undefined
  return JSON.stringify([version, newestOwnFile(), today, config])
}

/** Who works on the program builds with another one under the same version. */
function newestOwnFile(): number {
  const folder = new URL('..', import.meta.url)
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    name => !name.endsWith('.d.ts'),
  )
  return Math.max(...names.map(name => statSync(new URL(name, folder)).mtimeMs))
}

/**
 * Whether a value is data alone, so that another thread sees what this one does. A configuration may hold functions and
 * objects of classes for its templates; cloning would lose those, some without a word. It then stays in one thread.
 */
function isPlain(value: unknown, seen = new Set<unknown>()): boolean {
  if (typeof value !== 'object' || value === null) return !['function', 'symbol'].includes(typeof value)
  if (seen.has(value)) return true
  seen.add(value)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null && !Array.isArray(value)) return false
  return Object.values(Object.getOwnPropertyDescriptors(value)).every(
    field => !field.get && isPlain(field.value, seen),
  )
}

/** Pages whose files did not change since they were read. */
const unchangedPages = (
  { states, pages: drafts }: BuildCache,
  { config: { dirs }, states: now }: WorkerJob,
) =>
  [...drafts].flatMap(([path, value]) => {
    const source = `${dirs.pages}/${path}`
    return now.get(source) === states.get(source) ? [[path, { value, diagnostics: [] }] as const] : []
  })

/** The files that stand in the output folder as they would be rendered; what was said of them then is said again. */
function reuseFiles({ site, target, typesetter }: PreparedBuild, { entries, places }: BuildCache) {
  const same = new Map<string, CacheEntry>()
  for (const path of site.output.keys()) {
    const entry = entries.get(path)
    if (!entry || stampOf(join(target.folder, path)) !== entry.stamp) continue
    if (!target.owned.has(path) || !site.isUpToDate(path, entry.dependencies, places)) continue
    typesetter.repeat(site.pageAt(path)?.source ?? '', entry.typography)
    same.set(path, entry)
  }
  return same
}

function startWorkers(task: WorkerJob, work: number, toRead: WorkQueue): readonly PoolWorker[] {
  const { mode, config, today } = task
  const cores = work >= WORTH_SHARING && isPlain([config, mode, today]) ? availableParallelism() : 1
  const others = Math.min(cores, MOST_WORKERS) - 1
  if (others > 0) keepHeapSmall()
  return Array.from({ length: others }, (_, i) => startWorker({ ...task, worker: i + 1 }, toRead))
}

async function readAll(task: WorkerJob, memory: ParsedPages, toRead: WorkQueue, crew: readonly PoolWorker[]) {
  const own = readPages(task, toRead)
  const others = await Promise.all(crew.map(({ pages: readings }) => readings))
  for (const [path, draft] of [own, ...others].flat()) memory.get(path, () => draft)
}

async function renderAll(
  workshop: PreparedBuild,
  task: WorkerJob,
  memory: ParsedPages,
  paths: readonly string[],
  crew: readonly PoolWorker[],
  progress: Progress,
): Promise<readonly Result<WorkerResult>[]> {
  const [own = [], ...shares] = distribute(paths, crew.length + 1)
  const readings = crew.length > 0 ? [...memory.known] : []
  const others = crew.map((hand, i) => hand.render(readings, shares[i]!))
  return [renderFiles(workshop, task, own, progress), ...(await Promise.all(others))]
}

/** Shares out like cards, so that every hand has some of each. */
const distribute = <T>(items: readonly T[], hands: number): readonly (readonly T[])[] =>
  Array.from({ length: hands }, (_, hand) => items.filter((_item, i) => i % hands === hand))

/** Every path is in one shard of the same sources, whoever asks, and its neighbours are in others. */
const shardOf = (paths: readonly string[], shard: BuildJob['shard']): readonly string[] =>
  shard ? distribute(paths.toSorted(), shard.of)[shard.part]! : paths

/** Links are judged last: only all parts together know every page and anchor. */
function merge(
  parts: readonly Result<WorkerResult>[],
  { site: press }: PreparedBuild,
  paths: readonly string[],
  shard: BuildJob['shard'],
): Result<WorkerResult> {
  const whole = parts.flatMap(({ value }) => value ?? [])
  const told = parts.flatMap(part => part.diagnostics)
  if (whole.length < parts.length) return { diagnostics: told }
  const links = mergeFindings(whole.map(part => part.links))
  const broken = press.checkLinks(shard ? withAnchors(press, links) : links)
  const [first] = whole
  const staged = {
    paths,
    changed: new Map(whole.flatMap(({ staged: { changed } }) => [...changed])),
    stamps: new Map(whole.flatMap(({ staged: { stamps } }) => [...stamps])),
  }
  const entries = new Map<string, CacheEntry>()
  for (const part of whole) for (const [path, entry] of part.entries) entries.set(path, entry)
  return {
    value: { ...first!, staged, entries, times: addTimes(whole.map(({ times }) => times)) },
    diagnostics: [...told, ...broken],
  }
}
