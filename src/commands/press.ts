import { availableParallelism } from 'node:os'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { Config } from '../config.ts'
import type { Diagnostic, Result } from '../model.ts'
import { listSources, type Sources } from '../site/load.ts'
import { prepareSite } from '../site/site.ts'
import { openTarget } from '../site/target.ts'
import { keepIn, keepNothing, stage, type Staged } from '../site/write.ts'

/** What every worker is told. All of it can be cloned into another thread. */
export interface Job {
  readonly config: Config
  /** The ISO day after which a dated page is not published yet. */
  readonly today: string
  readonly mode: 'write' | 'check'
}

interface Share extends Job {
  readonly share: number
  readonly of: number
}

export interface Pressed {
  readonly staged: Staged
  /** Pages that are held back: drafts, and pages of days to come. */
  readonly unpublished: number
}

/** Below this many pages the start of a second worker costs more than it saves (measured: even at about 700). */
const WORTH_SHARING = 1000

/** Each worker reads and holds all front matter: more of them would cost more memory than they save time. */
const MOST_WORKERS = 4

/** From the sources to staged files, on several cores when there are many pages. */
export async function press(job: Job): Promise<Result<Pressed>> {
  const { value: sources, diagnostics } = listSources(job.config)
  if (!sources) return { diagnostics }
  const many = sources.pages.length >= WORTH_SHARING && isCloneable(job)
  const of = many ? Math.min(availableParallelism(), MOST_WORKERS) : 1
  const others = Array.from({ length: of - 1 }, (_, i) => startWorker({ ...job, share: i + 1, of }))
  const own = pressShare({ ...job, share: 0, of }, sources)
  return merge([own, ...(await Promise.all(others))])
}

function pressShare({ config, today, mode, share, of }: Share, sources: Sources): Result<Pressed> {
  const site = prepareSite(config, sources, { today, typeset: text => text })
  const target = openTarget(config)
  const diagnostics = [...site.diagnostics, ...target.diagnostics]
  if (!site.value || !target.value) return { diagnostics }
  const { output, unpublished } = site.value
  const files = [...output.values()].filter((_, i) => i % of === share)
  const keep = mode === 'write' ? keepIn(target.value, String(share)) : keepNothing
  const { value: staged, diagnostics: found } = stage(files, target.value, keep)
  diagnostics.push(...found)
  return staged ? { value: { staged, unpublished }, diagnostics } : { diagnostics }
}

const startWorker = (share: Share) =>
  new Promise<Result<Pressed>>((resolve, reject) => {
    new Worker(new URL(import.meta.url), { workerData: share }).once('message', resolve).once('error', reject)
  })

/** A configuration may hold functions for its templates; it then stays in one thread. */
function isCloneable(job: Job): boolean {
  try {
    structuredClone(job)
    return true
  } catch {
    return false
  }
}

function merge(shares: readonly Result<Pressed>[]): Result<Pressed> {
  const diagnostics = inOrder(shares.flatMap(share => share.diagnostics))
  const pressed = shares.flatMap(({ value }) => value ?? [])
  if (pressed.length < shares.length) return { diagnostics }
  const staged = {
    paths: pressed.flatMap(({ staged: { paths } }) => paths),
    changed: new Map(pressed.flatMap(({ staged: { changed } }) => [...changed])),
  }
  return { value: { staged, unpublished: pressed[0]?.unpublished ?? 0 }, diagnostics }
}

/** By file, each once, however the pages were shared out. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const path = ({ file }: Diagnostic) => file?.path ?? ''
  const key = (found: Diagnostic) => `${path(found)} ${found.span?.[0] ?? ''} ${found.code} ${found.message}`
  const unique = new Map(diagnostics.map(found => [key(found), found]))
  return [...unique.values()].toSorted((a, b) => (path(a) < path(b) ? -1 : path(a) > path(b) ? 1 : 0))
}

if (!isMainThread && parentPort) {
  const share = workerData as Share
  const { value: sources, diagnostics } = listSources(share.config)
  parentPort.postMessage(sources ? pressShare(share, sources) : { diagnostics })
}
