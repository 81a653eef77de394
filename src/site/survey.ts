import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Result } from '../model.ts'
import { listSources, type Sources } from './load.ts'

/** The sources of a site, and the state that each file was in. */
export interface Survey {
  readonly sources: Sources
  /** Path, relative to the root -> state. Layouts, and what lies in the root itself, are among them. */
  readonly states: ReadonlyMap<string, FileState>
}

/** The same object for as long as nothing shows that the file has changed. */
export interface FileState {
  readonly stat: string
  /** Of a file that changed so shortly before it was looked at that a second change could bear the same time. */
  digest: string | undefined
}

/** Clocks of file systems tick every few milliseconds at most. */
const TICK = 100

/** Looks at every source, without reading it; `before` is what was known. */
export function survey(config: Config, before?: Pick<Survey, 'states'>): Result<Survey> {
  const { value: sources, diagnostics } = listSources(config)
  if (!sources) return { diagnostics }
  const { root, dirs } = config
  const paths = [
    ...sources.pages.map(path => `${dirs.pages}/${path}`),
    ...sources.files.map(({ source }) => source),
    ...(dirs.layouts === '.' ? [] : filesIn(root, dirs.layouts, true)),
    ...filesIn(root, '.', false),
  ]
  const states = new Map<string, FileState>()
  for (const path of paths) {
    const state = stateOf(root, path, before?.states.get(path))
    if (state) states.set(path, state)
  }
  return { value: { sources, states }, diagnostics }
}

/** The same for these files alone; undefined when one of them is new, gone, or no file. */
export function resurvey(root: string, before: Survey, paths: readonly string[]): Survey | undefined {
  const states = new Map(before.states)
  for (const path of paths) {
    const known = states.get(path)
    const state = stateOf(root, path, known)
    // Editors write beside a file and rename: what was never seen and is gone again does not matter.
    if (!known && !state) continue
    if (!known || !state) return undefined
    states.set(path, state)
  }
  return { sources: before.sources, states }
}

/** The paths whose files are new, gone or different. */
export function changesBetween(before: Survey | undefined, after: Survey): readonly string[] {
  const gone = [...(before?.states.keys() ?? [])].filter(path => !after.states.has(path))
  const other = [...after.states].filter(([path, state]) => before?.states.get(path) !== state)
  return [...gone, ...other.map(([path]) => path)]
}

/** A text that differs when anything shows that the file has changed. */
export const describeState = (state: FileState | undefined): string =>
  state ? `${state.stat} ${state.digest ?? ''}` : ''

function stateOf(root: string, path: string, before: FileState | undefined): FileState | undefined {
  const file = join(root, path)
  const found = statOf(file)
  if (!found?.isFile()) return undefined
  const stat = [found.ino, found.size, found.mtimeMs, found.ctimeMs].join(' ')
  const isSame = before?.stat === stat
  if (isSame && before.digest === undefined) return before
  const isRecent = Math.abs(Date.now() - found.ctimeMs) < TICK
  const digest = isSame || isRecent ? digestOf(file) : undefined
  if (!isSame || digest !== before.digest) return { stat, digest }
  if (!isRecent) before.digest = undefined
  return before
}

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file)
  } catch {
    return undefined
  }
}

function digestOf(file: string): string {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('base64url')
  } catch {
    return 'unreadable'
  }
}

function filesIn(root: string, dir: string, recursive: boolean): readonly string[] {
  try {
    return readdirSync(join(root, dir), { recursive, withFileTypes: true })
      .filter(entry => !entry.isDirectory())
      .map(entry => join(entry.parentPath, entry.name).slice(join(root, '/').length))
  } catch {
    return []
  }
}
