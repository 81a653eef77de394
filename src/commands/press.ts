import { availableParallelism } from 'node:os'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { Config } from '../config.ts'
import { hasErrors } from '../diagnostic.ts'
import type { Diagnostic, Result } from '../model.ts'
import type { LinkFindings } from '../site/links.ts'
import { listSources, type Sources } from '../site/load.ts'
import type { Supplement } from '../site/output.ts'
import { prepareSite, type Press } from '../site/site.ts'
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
  /** Whether links that lead out of the site are to be listed. */
  readonly externalLinks: boolean
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

/** What one thread has to show for its part. */
interface Part {
  readonly staged: Staged
  readonly unpublished: number
  readonly links: LinkFindings
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
  const own: Share = { ...job, supplement, share: 0, of }
  const { part, site } = pressShare(own, sources)
  const pressed = merge([part, ...(await Promise.all(others))], site)
  return { ...pressed, diagnostics: [...keys.diagnostics, ...pressed.diagnostics] }
}

/** A part, and what only this thread knows of the whole. */
interface Printed {
  readonly part: Result<Part>
  readonly site?: Press | undefined
}

function pressShare(share: Share, sources: Sources): Printed {
  const { config, today, mode, version, externalLinks, supplement, share: number, of } = share
  const typesetter = createTypesetter(config, { version, share: number })
  const { setPage, setText: typeset, diagnostics: badlySet } = typesetter
  const site = prepareSite(config, sources, { today, externalLinks, typeset, setPage, supplement })
  const target = openTarget(config)
  const diagnostics = [...site.diagnostics, ...target.diagnostics]
  if (!site.value || !target.value) return { part: { diagnostics } }
  const { output, unpublished, linkFindings } = site.value
  const files = [...output.values()].filter((_, i) => i % of === number)
  const keep = mode === 'write' ? keepIn(target.value, String(number)) : keepNothing
  const { value: staged, diagnostics: found } = stage(files, target.value, keep)
  typesetter.close()
  diagnostics.push(...found, ...badlySet)
  const links = linkFindings()
  const part =
    staged && !hasErrors(badlySet) ? { value: { staged, unpublished, links }, diagnostics } : { diagnostics }
  return { part, site: site.value }
}

const startWorker = (share: Share) =>
  new Promise<Result<Part>>((resolve, reject) => {
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

/** Links are judged last: only all parts together know every page and anchor. */
function merge(parts: readonly Result<Part>[], press: Press | undefined): Result<Pressed> {
  const pressed = parts.flatMap(({ value }) => value ?? [])
  const whole = pressed.length === parts.length
  const diagnostics = inOrder([
    ...parts.flatMap(part => part.diagnostics),
    ...((whole && press?.judgeLinks(pressed.map(({ links }) => links))) || []),
  ])
  if (!whole || hasErrors(diagnostics)) return { diagnostics }
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
  parentPort.postMessage(sources ? pressShare(share, sources).part : { diagnostics })
}
