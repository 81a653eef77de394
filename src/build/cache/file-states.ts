import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, statSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { pathBelow } from '../../config/site-root.ts'
import type { Config } from '../../config/config.ts'
import { digest as digestOfTexts } from '../../core/hash.ts'
import { isPresent, overlayOf, readRegularFile } from '../../core/read-file.ts'
import type { Result } from '../../core/types.ts'
import { KEPT_FOLDER } from '../../planet/paths.ts'
import {
  describeStamp,
  isSameStamp,
  packStamps,
  stampAt,
  stampIn,
  type Stamp,
  type StampColumn,
} from '../file-stamp.ts'
import { listLayouts, listSources, withPage, type Sources } from '../../document/find-sources.ts'

/** The sources of a site, and the state that each file was in. */
export interface SourceScan {
  readonly sources: Sources
  /** Path, relative to the root -> state. Layouts, and what lies in the root itself, are among them. */
  readonly states: ReadonlyMap<string, FileState>
}

/** The same object for as long as nothing shows that the file has changed. */
export interface FileState {
  /** Undefined where there is none to rely on: the digest says the rest. */
  readonly stamp: Stamp | undefined
  /** Of a file that changed so shortly before it was looked at that a second change could bear the same time, or that is in no file yet. */
  digest: string | undefined
}

/** Of what was listed and could not be looked at any more: when it is not even listed, that is a change. */
const GONE: FileState = { stamp: undefined, digest: undefined }

/** Clocks of file systems tick every two seconds at most (FAT, exFAT; a second on HFS+, many SMB and NFS): a file that is no older may change within one. */
export const TICK = 2500

/** Looks at every source, without reading it; `before` is what was known. `listed` is told which there are before the first is looked at. */
export const scanSources = (
  config: Config,
  before?: Pick<SourceScan, 'states'>,
  listed?: (sources: Sources) => void,
): Result<SourceScan> =>
  look(config, (path, known) => stateOf(`${config.root}/${path}`, known), { before, listed })

/** The same, when only these may be other than they were: files, and folders with all that is in them. */
export function rescanSources(
  config: Config,
  before: SourceScan,
  paths: readonly string[],
): Result<SourceScan> {
  if (paths.length === 0) return { value: before, diagnostics: before.sources.leftOut }
  const states = new Map(before.states)
  const unfollowed = before.sources.leftOut.map(({ file }) => file?.path ?? '')
  let sources: Sources | undefined = before.sources
  for (const path of paths) {
    const file = join(config.root, path)
    if (statOf(file)?.isDirectory()) return scanSources(config, before)
    const [known, state] = [states.get(path), stateOf(file, before.states.get(path))]
    if (known && state) states.set(path, state)
    else if (known || state) {
      const isThere = state !== undefined
      sources &&= isThere === isPlainFile(file) ? withPage(sources, path, { isThere, config }) : undefined
      if (state) states.set(path, state)
      else states.delete(path)
    }
    // Editors write beside a file and rename: what was never seen and is gone again does not matter.
    else if (isPresent(file) || [...states.keys(), ...unfollowed].some(each => isAtOrBelow(path, each)))
      sources = undefined
  }
  if (sources) return { value: { sources, states }, diagnostics: sources.leftOut }
  const isTouched = new Set(paths)
  return look(
    config,
    (path, known) => (known && !isTouched.has(path) ? known : stateOf(`${config.root}/${path}`, known)),
    { before },
  )
}

/** Whether a file is there, or nothing; undefined of anything else, such as a link. */
function isPlainFile(file: string): boolean | undefined {
  try {
    return lstatSync(file).isFile() || undefined
  } catch {
    return isPresent(file) ? undefined : false
  }
}

const isAtOrBelow = (outer: string, path: string) => path === outer || path.startsWith(`${outer}/`)

function look(
  config: Config,
  lookAt: (path: string, known: FileState | undefined) => FileState | undefined,
  {
    before,
    listed,
  }: {
    readonly before: Pick<SourceScan, 'states'> | undefined
    readonly listed?: ((sources: Sources) => void) | undefined
  },
): Result<SourceScan> {
  const { value: sources, diagnostics } = listSources(config)
  if (!sources) return { diagnostics }
  listed?.(sources)
  const { root, dirs } = config
  const paths = [
    ...sources.pages.map(path => `${dirs.pages}/${path}`),
    ...sources.defaults.map(path => `${dirs.pages}/${path}`),
    ...sources.files.map(({ source }) => source),
    ...(dirs.layouts === '.' ? [] : listLayouts(config)),
    ...filesIn(root, '.'),
    ...filesIn(root, KEPT_FOLDER),
  ]
  const states = new Map<string, FileState>()
  for (const path of paths) {
    states.set(path, lookAt(path, before?.states.get(path)) ?? GONE)
  }
  return { value: { sources, states }, diagnostics }
}

/** States in columns, as they are kept and sent. */
export interface StateColumns {
  readonly paths: readonly string[]
  readonly stamps: StampColumn
  readonly digests: readonly (string | undefined)[]
}

export function packStates(states: SourceScan['states']): StateColumns {
  const all = [...states.values()]
  return {
    paths: [...states.keys()],
    stamps: packStamps(all.map(({ stamp }) => stamp)),
    digests: all.map(({ digest }) => digest),
  }
}

export const unpackStates = ({ paths, stamps, digests }: StateColumns): SourceScan['states'] =>
  new Map(paths.map((path, at) => [path, { stamp: stampAt(stamps, at), digest: digests[at] ?? undefined }]))

/** The paths whose files are new, gone or different. */
export function changesBetween(
  before: Pick<SourceScan, 'states'> | undefined,
  after: Pick<SourceScan, 'states'>,
): readonly string[] {
  if (before === after) return []
  const changes: string[] = []
  for (const path of before?.states.keys() ?? []) if (!after.states.has(path)) changes.push(path)
  for (const [path, state] of after.states) if (before?.states.get(path) !== state) changes.push(path)
  return changes
}

/** How many of these have to be read to be known. */
export const countDigests = (states: ReadonlyMap<string, FileState>): number =>
  [...states.values()].filter(({ stamp, digest }) => stamp && digest !== undefined).length

/** Whether a file, from the root, is no longer what it was when its site was looked at. */
export const isOtherNow = ({ root }: Config, { states }: SourceScan, path: string): boolean => {
  const known = states.get(path)
  return known !== undefined && stateOf(join(root, path), known) !== known
}

/**
 * The first of these files, from the root, that was written after its site was looked at. Times alone tell: a second change within a tick
 * of a coarse clock is seen by the next look.
 */
export function findTouched(
  { root }: Pick<Config, 'root'>,
  states: SourceScan['states'],
  paths: Iterable<string>,
): string | undefined {
  for (const path of paths) {
    const known = states.get(path)
    if (!known?.stamp) continue
    const found = statOf(`${root}/${path}`)
    if (!found || !isSameStamp(found, known.stamp)) return path
  }
  return undefined
}

/** A text that differs when anything shows that the file has changed. */
export const describeState = (state: FileState | undefined): string =>
  state ? `${state.stamp ? describeStamp(state.stamp) : ''} ${state.digest ?? ''}` : ''

function stateOf(file: string, before: FileState | undefined): FileState | undefined {
  const found = statOf(file)
  if (!found?.isFile()) return undefined
  const unsaved = overlayOf(file)
  if (unsaved !== undefined) {
    const digest = `unsaved ${digestOfTexts([unsaved])}`
    return before?.digest === digest ? before : { stamp: undefined, digest }
  }
  const isSame = before?.stamp !== undefined && isSameStamp(found, before.stamp)
  if (isSame && before.digest === undefined) return before
  const isRecent = Math.abs(Date.now() - Math.max(found.mtimeMs, found.ctimeMs)) < TICK
  const digest = isSame || isRecent ? digestOf(file) : undefined
  if (!isSame || digest !== before.digest) return { stamp: stampIn(found), digest }
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
    return createHash('sha256').update(readRegularFile(file)).digest('base64url')
  } catch {
    return 'unreadable'
  }
}

function filesIn(root: string, dir: string): readonly string[] {
  try {
    return readdirSync(join(root, dir), { withFileTypes: true })
      .filter(entry => !entry.isDirectory())
      .map(entry => pathBelow(root, join(entry.parentPath, entry.name)))
  } catch {
    return []
  }
}
