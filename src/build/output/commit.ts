import { accessSync, constants, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { diagnostic } from '../../core/diagnostic.ts'
import { readRegularFile } from '../../core/read-file.ts'
import { onlyOfSystem, reason } from '../../core/source.ts'
import { foldersAbove } from '../../core/text/folders.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import { interruptedWhile } from '../render/ejs.ts'
import { interruptible, WorkEnded } from '../render/time-limit.ts'
import { createJournal, type Journal } from './journal.ts'
import { LockHeld, takeLock, type Lock } from './lock.ts'
import { LIST, LIST_HEAD, look, readList, unusable, type OutputFolder } from './output-folder.ts'
import { openStage, stagedSite } from './stages.ts'
import type { StagedSite } from './write.ts'

export interface WriteCounts {
  readonly written: number
  readonly removed: number
}

export interface CommittedSite {
  readonly written: WriteCounts
  /** Folders, by path in the output folder, that came as a whole: what is in them was not touched since it was staged. */
  readonly placed: ReadonlySet<string>
}

/**
 * Puts the staged files in their places and takes away what earlier builds wrote and this one does not, while no other build does.
 * Every file changes by one rename, and a folder that is new comes as a whole. The list of files is widened before the first of them
 * and narrowed after the last, so that a build interrupted at any point leaves no file that the next one would not recognise as its
 * own. When something fails midway, all that was done is taken back; if that fails, too, it is said what is new.
 */
export function commit(
  { paths, changed }: StagedSite,
  target: OutputFolder,
  builder: string,
): Result<CommittedSite> {
  const wanted = new Set(paths)
  const stale = [...target.owned].filter(path => !wanted.has(path))
  const placed = new Set<string>()
  const done = { written: { written: changed.size, removed: stale.length }, placed }
  let lock: Lock | undefined
  let journal: Journal | undefined
  try {
    const list = listOf(paths)
    if (changed.size === 0 && stale.length === 0 && isListed(list, target))
      return { value: done, diagnostics: [] }
    checkAccess([...changed.keys(), ...stale], target)
    const stage = openStage(target.folder, builder)
    lock = interruptible(() => takeLock(target, builder, stage))
    journal = createJournal(target.folder, stage, builder)
    // Another build may have written since this one looked: what it has made stays its own.
    const owned = readList(target.folder)
    const others = owned.filter(path => !target.owned.has(path) && !wanted.has(path))
    const widest = new Set([...paths, ...owned, ...target.owned])
    writeList(widest.size === wanted.size ? list : listOf([...widest]), target, stage, journal)
    const move = mover(target.folder, stagedSite(stage), { journal, placed })
    for (const path of changed.keys()) {
      move(path)
      lock.beat()
    }
    for (const path of stale) removeStale(path, target, journal)
    writeList(others.length === 0 ? list : listOf([...paths, ...others]), target, stage, journal)
    return { value: done, diagnostics: [] }
  } catch (error) {
    if (error instanceof WorkEnded)
      return { diagnostics: [interruptedWhile('waiting for another build of this site')] }
    if (error instanceof LockHeld) return { diagnostics: [held(target.name, error)] }
    // A list that names too much does no harm.
    const left = (journal?.undo() ?? []).filter(path => path !== LIST)
    onlyOfSystem(error)
    return {
      diagnostics: [left.length === 0 ? unusable(target.name, error) : halfDone(target, left, error)],
    }
  } finally {
    lock?.release()
  }
}

const held = (name: string, { message }: Error): Diagnostic =>
  diagnostic('output/write', `${name}/ cannot be written: ${message}`, {
    hint: `wait for it and build again; the site is as it was. If there is no such build, remove ${name}/.imprimatur-lock`,
  })

const MOST_NAMED = 50

/** Neither forward nor back: what was the reason is so still. */
function halfDone({ name, folder }: OutputFolder, files: readonly string[], error: unknown): Diagnostic {
  const isThere = (path: string) => look(join(folder, path)) !== undefined
  const states = [
    ...named('new already', files.filter(isThere)),
    ...named(
      'gone',
      files.filter(path => !isThere(path)),
    ),
  ]
  return diagnostic('output/write', `${name}/ cannot be written: ${reason(error)}`, {
    hint: `of its files these are ${states.join('; these are ')}; all others are as they were. Put right what is in the way and build again: the next build completes the site`,
  })
}

function named(state: string, files: readonly string[]): readonly string[] {
  const more = files.length > MOST_NAMED ? ` and ${files.length - MOST_NAMED} more` : ''
  return files.length === 0 ? [] : [`${state}: ${files.slice(0, MOST_NAMED).join(', ')}${more}`]
}

/** Throws when a folder that is to change is not writable, before anything is changed. */
function checkAccess(paths: Iterable<string>, { folder }: OutputFolder): void {
  const known = new Map<string, boolean>()
  const isThere = (inner: string): boolean => {
    let there = known.get(inner)
    if (there === undefined) known.set(inner, (there = look(join(folder, inner))?.isDirectory() === true))
    return there
  }
  if (!isThere('')) return
  const checked = new Set<string>()
  for (const path of paths) {
    let inner = ''
    // Below what is not there nothing is looked for: of a new site, most folders are not.
    for (const next of foldersAbove(path)) {
      if (!isThere(next)) break
      inner = next
    }
    if (checked.has(inner)) continue
    checked.add(inner)
    accessSync(join(folder, inner), constants.W_OK | constants.X_OK)
  }
}

const listOf = (paths: readonly string[]) => `${[LIST_HEAD, ...paths.toSorted()].join('\n')}\n`

function isListed(list: string, { folder }: OutputFolder): boolean {
  const file = join(folder, LIST)
  return look(file)?.isFile() === true && readRegularFile(file).toString('utf8') === list
}

function writeList(list: string, target: OutputFolder, stage: string, journal: Journal): void {
  if (isListed(list, target)) return
  const staged = join(stage, 'list')
  writeFileSync(staged, list)
  journal.place(staged, join(target.folder, LIST))
}

/**
 * Moves staged files into the site; what is in the way was found, by `compare`, to be stale output of a build. A folder that is not
 * there is moved with all that is in it, and added to `placed` where that was one rename.
 */
function mover(
  folder: string,
  staged: string,
  { journal, placed }: { readonly journal: Journal; readonly placed: Set<string> },
): (path: string) => void {
  const there = new Set<string>()
  const moved = new Set<string>()
  return path => {
    for (const outer of foldersAbove(path)) {
      if (moved.has(outer)) return
      if (there.has(outer)) continue
      const found = look(join(folder, outer))
      if (!found?.isDirectory()) {
        if (found) journal.remove(join(folder, outer))
        if (journal.placeFolder(join(staged, outer), join(folder, outer)) === 'renamed') placed.add(outer)
        moved.add(outer)
        return
      }
      there.add(outer)
    }
    const file = join(folder, path)
    if (look(file)?.isDirectory()) journal.remove(file)
    journal.place(join(staged, path), file)
  }
}

/** Removes a file that a build wrote, and the folders that it leaves empty. What has replaced it since is left alone. */
function removeStale(path: string, { folder }: OutputFolder, journal: Journal): void {
  const segments = path.split('/')
  const outers = segments.slice(1).map((_, depth) => join(folder, ...segments.slice(0, depth + 1)))
  const file = join(folder, path)
  if (!look(file)?.isFile() || outers.some(outer => !look(outer)?.isDirectory())) return
  journal.remove(file)
  for (const outer of outers.toReversed()) if (!journal.removeEmpty(outer)) return
}
