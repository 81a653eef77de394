import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { kill, pid } from 'node:process'
import { readRegularFile } from '../../core/read-file.ts'
import type { Code } from '../../core/codes.ts'
import { diagnostic, hasErrors } from '../../core/diagnostic.ts'
import type { Diagnostic, OutputFile, Result } from '../../core/types.ts'
import { OWN_PREFIX } from '../pages/addresses.ts'
import { LIST, LIST_HEAD, look, stagedStampOf, unusable, type OutputFolder } from './output-folder.ts'

/** What a build found, file by file, before it touches the site. */
export interface StagedSite {
  /** Every path of the new site. */
  readonly paths: readonly string[]
  readonly changed: ReadonlyMap<string, StagedFile>
  /** Of each file as it will be there, by `stagedStampOf`. */
  readonly stamps: ReadonlyMap<string, string>
}

export interface StagedFile {
  readonly state: 'new' | 'changed'
  /** Where the new contents lie. */
  readonly staged: string
}

export interface WriteCounts {
  readonly written: number
  readonly removed: number
}

const STAGE = `${OWN_PREFIX}-stage-`

/** Keeps the contents of a changed file until all are known to be good; gives the place where they lie. */
export type StoreContents = (path: string, contents: string | Uint8Array) => string

/** Keeps them in a folder beside the site that is laid out as the site is. Several threads may do so at a time. */
export function storeIn({ folder }: OutputFolder): StoreContents {
  const root = stagedSite(folder)
  const folders = new Set<string>()
  return (path, contents) => {
    const staged = join(root, path)
    const outer = dirname(staged)
    if (!folders.has(outer)) mkdirSync(outer, { recursive: true })
    folders.add(outer)
    writeFileSync(staged, contents)
    return staged
  }
}

const stageFolder = (folder: string) => join(folder, `${STAGE}${pid}`)
const stagedSite = (folder: string) => join(stageFolder(folder), 'site')

/** For `--check`, which only compares. */
export const storeNothing: StoreContents = () => ''

/** Renders files, compares them with those of the site, and keeps what differs. The site is not touched. */
export function stage(
  files: Iterable<OutputFile>,
  target: OutputFolder,
  store: StoreContents,
): Result<StagedSite> {
  const diagnostics: Diagnostic[] = []
  const paths: string[] = []
  const changed = new Map<string, StagedFile>()
  const stamps = new Map<string, string>()
  let failed = false
  const report = (found: readonly Diagnostic[]) => {
    diagnostics.push(...found)
    failed ||= hasErrors(found)
  }
  try {
    for (const file of files) {
      const { value: contents, diagnostics: found } = file.contents()
      report(found)
      if (contents === undefined) continue
      const state = target.compare(file.path, contents)
      paths.push(file.path)
      if (typeof state === 'object') report([state])
      if (typeof state === 'object' || failed) continue
      if (state !== 'same') changed.set(file.path, { state, staged: store(file.path, contents) })
      const stamp = stagedStampOf(changed.get(file.path)?.staged ?? join(target.folder, file.path))
      if (stamp !== undefined) stamps.set(file.path, stamp)
    }
  } catch (error) {
    report([unusable(target.name, error)])
  }
  return failed ? { diagnostics } : { value: { paths, changed, stamps }, diagnostics }
}

/**
 * Puts the staged files in their places and takes away what earlier builds wrote and this one does not.
 * Every file changes by one rename, and a folder that is new comes as a whole. The list of files is widened before the first of them and narrowed after the
 * last, so that a build interrupted at any point leaves no file that the next one would not recognise as its own.
 */
export function commit({ paths, changed }: StagedSite, target: OutputFolder): Result<WriteCounts> {
  const wanted = new Set(paths)
  const stale = [...target.owned].filter(path => !wanted.has(path))
  try {
    checkAccess([...changed.keys(), ...stale], target)
    if (changed.size > 0 || stale.length > 0) writeList([...new Set([...target.owned, ...paths])], target)
    const move = mover(target)
    for (const path of changed.keys()) move(path)
    for (const path of stale) removeStale(path, target)
    writeList(paths, target)
    return {
      value: { written: changed.size, removed: stale.length },
      diagnostics: [],
    }
  } catch (error) {
    return { diagnostics: [unusable(target.name, error)] }
  }
}

/** Throws when a folder that is to change is not writable, before anything is changed. */
function checkAccess(paths: Iterable<string>, { folder }: OutputFolder): void {
  const seen = new Set([dirname(folder)])
  for (const path of paths) {
    for (let outer = dirname(join(folder, path)); !seen.has(outer); outer = dirname(outer)) {
      seen.add(outer)
      if (!look(outer)?.isDirectory()) continue
      accessSync(outer, constants.W_OK | constants.X_OK)
      break
    }
  }
}

/** What `commit` would do. */
export function check({ paths, changed }: StagedSite, target: OutputFolder): readonly Diagnostic[] {
  const hint = 'run imprimatur build, look at what changed, and commit it'
  const stale = (path: string, how: string) =>
    diagnostic('output/stale', `${target.name}/${path} ${how}`, { hint })
  const wanted = new Set(paths)
  const unlisted = paths.filter(path => !target.owned.has(path) && !changed.has(path))
  return [
    ...[...changed].map(([path, { state }]) =>
      stale(path, state === 'new' ? 'is missing' : 'is not what its source gives'),
    ),
    ...[...target.owned].filter(path => !wanted.has(path)).map(path => stale(path, 'has no source any more')),
    ...unlisted.map(path => stale(LIST, `does not name ${path}`)),
  ]
}

/** Writes files where there are none. When one is there already, it is named and nothing is written. */
export function writeNew(
  files: ReadonlyMap<string, string | Uint8Array>,
  folder: string,
  { code, hint }: { readonly code: Code; readonly hint: string },
): readonly Diagnostic[] {
  try {
    const there = [...files.keys()].filter(path => look(join(folder, path)))
    if (there.length > 0) return there.map(path => diagnostic(code, `${path} is there already`, { hint }))
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text, { flag: 'wx' })
    }
    return []
  } catch (error) {
    return [unusable(folder, error)]
  }
}

/** Removes the staging folder of this build, and those of builds that were killed. One that cannot be removed stays, and does no harm. */
export function clearStages({ folder }: OutputFolder): void {
  for (const name of entries(folder)) {
    const owner = name.startsWith(STAGE) ? Number(name.slice(STAGE.length)) : 0
    if (owner !== pid && (owner === 0 || isRunning(owner))) continue
    try {
      rmSync(join(folder, name), { recursive: true, force: true })
    } catch {}
  }
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function isRunning(id: number): boolean {
  try {
    return kill(id, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function writeList(paths: readonly string[], target: OutputFolder): void {
  const text = `${[LIST_HEAD, ...paths.toSorted()].join('\n')}\n`
  const file = join(target.folder, LIST)
  if (entries(target.folder).includes(LIST) && readRegularFile(file).toString('utf8') === text) return
  const stage = stageFolder(target.folder)
  const staged = join(stage, 'list')
  mkdirSync(stage, { recursive: true })
  writeFileSync(staged, text)
  renameSync(staged, file)
}

/**
 * Moves staged files into the site; what is in the way was found, by `compare`, to be stale output of a build. A folder that is not
 * there is moved with all that is in it.
 */
function mover({ folder }: OutputFolder): (path: string) => void {
  const staged = stagedSite(folder)
  const there = new Set<string>()
  const moved = new Set<string>()
  return path => {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      const outer = path.slice(0, end)
      if (moved.has(outer)) return
      if (there.has(outer)) continue
      const found = look(join(folder, outer))
      if (!found?.isDirectory()) {
        if (found) unlinkSync(join(folder, outer))
        renameSync(join(staged, outer), join(folder, outer))
        moved.add(outer)
        return
      }
      there.add(outer)
    }
    const file = join(folder, path)
    if (look(file)?.isDirectory()) rmSync(file, { recursive: true })
    renameSync(join(staged, path), file)
  }
}

/** Removes a file that a build wrote, and the folders that it leaves empty. What has replaced it since is left alone. */
function removeStale(path: string, { folder }: OutputFolder): void {
  const segments = path.split('/')
  const outers = segments.slice(1).map((_, depth) => join(folder, ...segments.slice(0, depth + 1)))
  const file = join(folder, path)
  if (!look(file)?.isFile() || outers.some(outer => !look(outer)?.isDirectory())) return
  unlinkSync(file)
  try {
    for (const outer of outers.toReversed()) rmdirSync(outer)
  } catch {} // not empty, or not permitted
}
