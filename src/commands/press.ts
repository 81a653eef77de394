import { availableParallelism } from 'node:os'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { Config } from '../config.ts'
import { hasErrors } from '../diagnostic.ts'
import type { Diagnostic, Result } from '../model.ts'
import { listSources, type Sources } from '../site/load.ts'
import { prepareSite, type Supplement } from '../site/site.ts'
import { openTarget } from '../site/target.ts'
import { createTypesetter } from './typography.ts'
import { prepareKeys } from './keys-page.ts'
import { keepIn, keepNothing, stage, type Staged } from '../site/write.ts'

/** What every worker is told. All of it can be cloned into another thread. */
export interface Job {
  readonly config: Config
  /** The ISO day after which a dated page is not published yet. */
  readonly today: string
  readonly mode: 'write' | 'check'
  /** Of the program. */
  readonly version: string
  /** Milliseconds since 1970. */
  readonly now: number
}

interface Share extends Job {
  readonly supplement: Supplement | undefined
  readonly share: number
  readonly of: number
}

export interface Pressed {
  readonly staged: Staged
  /** Pages that are held back: drafts, and pages of days to come. */
  readonly unpublished: number
}

/** Below this many pages the start of a second worker costs more than it saves (measured: even at about 2,500). */
const WORTH_SHARING = 2500

/** Each worker reads and holds all front matter: more of them would cost more memory than they save time. */
const MOST_WORKERS = 4

/** From the sources to staged files, on several cores when there are many pages. */
export async function press(job: Job): Promise<Result<Pressed>> {
  const { value: sources, diagnostics } = listSources(job.config)
  if (!sources) return { diagnostics }
  const keys = await prepareKeys(job, sources)
  if (!keys.value) return { diagnostics: keys.diagnostics }
  const { supplement } = keys.value
  const many = sources.pages.length >= WORTH_SHARING && isPlain(job)
  const of = many ? Math.min(availableParallelism(), MOST_WORKERS) : 1
  const others = Array.from({ length: of - 1 }, (_, i) =>
    startWorker({ ...job, supplement, share: i + 1, of }),
  )
  const own = pressShare({ ...job, supplement, share: 0, of }, sources)
  const pressed = merge([own, ...(await Promise.all(others))])
  return { ...pressed, diagnostics: [...keys.diagnostics, ...pressed.diagnostics] }
}

function pressShare(
  { config, today, mode, version, supplement, share, of }: Share,
  sources: Sources,
): Result<Pressed> {
  const { setPage, setText, diagnostics: badlySet, close } = createTypesetter(config, { version, share })
  const site = prepareSite(config, sources, { today, typeset: setText, setPage, supplement })
  const target = openTarget(config)
  const diagnostics = [...site.diagnostics, ...target.diagnostics]
  if (!site.value || !target.value) return { diagnostics }
  const { output, unpublished } = site.value
  const files = [...output.values()].filter((_, i) => i % of === share)
  const keep = mode === 'write' ? keepIn(target.value, String(share)) : keepNothing
  const { value: staged, diagnostics: found } = stage(files, target.value, keep)
  close()
  diagnostics.push(...found, ...badlySet)
  return staged && !hasErrors(badlySet) ? { value: { staged, unpublished }, diagnostics } : { diagnostics }
}

const startWorker = (share: Share) =>
  new Promise<Result<Pressed>>((resolve, reject) => {
    new Worker(new URL(import.meta.url), { workerData: share }).once('message', resolve).once('error', reject)
  })

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

/** By file and place, each once, however the pages were shared out, and however many of them met a mistake in a layout. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const met = new Map<string, Diagnostic[]>()
  for (const found of diagnostics) {
    const { code, message, file, span } = found
    const key = JSON.stringify([file?.path, span, code, message.replace(WHILE_RENDERING, '')])
    const same = met.get(key)
    if (same) same.push(found)
    else met.set(key, [found])
  }
  return [...met.values()].map(unite).toSorted(byPlace)
}

const WHILE_RENDERING = / \(while rendering .*\)$/

function unite(same: readonly Diagnostic[]): Diagnostic {
  const [first, ...others] = [...new Set(same.map(({ message }) => message))].toSorted()
  const found = same[0]!
  if (!first || others.length === 0) return found
  const pages = others.length === 1 ? 'one other page' : `${others.length} other pages`
  return { ...found, message: first.replace(/\)$/, ` and ${pages})`) }
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  const [one = '', other = ''] = [a.file?.path, b.file?.path]
  if (one !== other) return one < other ? -1 : 1
  return (a.span?.[0] ?? 0) - (b.span?.[0] ?? 0) || (a.message < b.message ? -1 : 1)
}

if (!isMainThread && parentPort) {
  const share = workerData as Share
  const { value: sources, diagnostics } = listSources(share.config)
  parentPort.postMessage(sources ? pressShare(share, sources) : { diagnostics })
}
