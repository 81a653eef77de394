import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isPresent, readRegularFile } from '../../core/read-file.ts'
import type { Config } from '../../config/config.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import { foldersAbove } from '../../core/text/folders.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import { onlyOfSystem, reason } from '../../core/source.ts'
import { TICK } from '../cache/file-states.ts'
import { isSameRenamed, isSameStamp, stampIn, type Stamp } from '../file-stamp.ts'
import { OWN_PREFIX, whyNoPath } from '../pages/addresses.ts'

/** In the output folder: which of its files a build wrote, one path a line. */
export const LIST = `${OWN_PREFIX}-files`

/** Its first line, for people. A file of the site may have a name that begins with # too. */
export const LIST_HEAD =
  '# The files that imprimatur wrote here. A build removes those of them that it no longer makes.'

/** The output folder as an earlier build left it. */
export interface OutputFolder {
  /** Absolute. */
  readonly folder: string
  /** Relative to the root, for messages. */
  readonly name: string
  /** Paths that a build wrote. */
  readonly owned: ReadonlySet<string>
  /** Whether a file is missing, the same or different, or why it cannot be written. Reads, never writes. */
  compare(path: string, contents: string | Uint8Array): 'new' | 'changed' | 'same' | Diagnostic
}

export function openOutputFolder({ root, dirs }: Config): Result<OutputFolder> {
  const folder = join(root, dirs.output)
  try {
    const unfit = whyUnfit(folder)
    if (unfit) {
      const hint = `${unfit.remedy}, or choose another folder: --output, or dirs.output`
      return {
        diagnostics: [
          diagnostic('output/write', `${dirs.output} is to be the output folder, and ${unfit.why}`, { hint }),
        ],
      }
    }
    const owned = new Set(readList(folder))
    const folders = new Map<string, 'there' | 'missing' | Diagnostic>()
    const compare = (path: string, contents: string | Uint8Array) => {
      const end = path.lastIndexOf('/')
      const state = end < 0 ? 'there' : folderState(path.slice(0, end))
      if (typeof state === 'object') return state
      return state === 'missing' ? 'new' : compareFile(path, contents)
    }

    const folderState = (path: string): 'there' | 'missing' | Diagnostic => {
      let state = folders.get(path)
      if (state === undefined) {
        const end = path.lastIndexOf('/')
        const outer = end < 0 ? 'there' : folderState(path.slice(0, end))
        state = outer === 'there' ? inspectFolder(path) : outer
        folders.set(path, state)
      }
      return state
    }

    const inspectFolder = (path: string) => {
      const there = look(join(folder, path))
      if (!there) return 'missing'
      if (there.isSymbolicLink()) return symlink(path)
      return there.isDirectory() ? 'there' : owned.has(path) ? 'missing' : foreign(path)
    }

    const compareFile = (path: string, contents: string | Uint8Array) => {
      const there = look(join(folder, path))
      if (!there) return 'new'
      if (there.isSymbolicLink()) return symlink(path)
      if (there.isDirectory())
        return filesBelow(folder, path).every(file => owned.has(file)) ? 'new' : foreign(path)
      if (there.isFile() && there.size === Buffer.byteLength(contents)) {
        const bytes = typeof contents === 'string' ? Buffer.from(contents) : contents
        if (readRegularFile(join(folder, path)).equals(bytes)) return 'same'
      }
      return owned.has(path) ? 'changed' : foreign(path)
    }

    const symlink = (path: string) =>
      diagnostic(
        'output/symlink',
        `${dirs.output}/${path} is a symbolic link, and nothing is written through one`,
        {
          hint: 'remove the link; the build makes a file or folder of its own in its place',
        },
      )
    const foreign = (path: string) =>
      diagnostic('output/foreign', `${dirs.output}/${path} is in the way, and no build wrote it`, {
        hint: 'if it is yours, move it to an address below the pages folder that no page has; if an older program made it, delete it',
      })
    return { value: { folder, name: dirs.output, owned, compare }, diagnostics: [] }
  } catch (error) {
    return { diagnostics: [unusable(dirs.output, error)] }
  }
}

/** Throws what no system would say: a fault of the program is not the folder’s. */
export const unusable = (name: string, error: unknown): Diagnostic => {
  onlyOfSystem(error)
  const full = ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')
  return diagnostic('output/write', `${name}/ cannot be written: ${reason(error)}`, {
    hint: full
      ? 'make room and build again; the site is as it was'
      : 'see who owns the folder and what may be written there; the site is as it was',
  })
}

/** What is at a path. The library's types reach this one, and are to need none of Node's. */
interface Entry extends Stamp {
  isFile(): boolean
  isDirectory(): boolean
  isSymbolicLink(): boolean
}

/** What is at a path; a link is not followed. Below a file there is nothing. */
export function look(file: string): Entry | undefined {
  try {
    return lstatSync(file, { throwIfNoEntry: false })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined
    throw error
  }
}

/** Of a staged file. Undefined where there is no file. */
export function stagedStampOf(file: string): Stamp | undefined {
  const found = look(file)
  return found?.isFile() ? stampIn(found) : undefined
}

/** Whether a file stands there as it did when it had this stamp. */
export function isStampOf(stamp: Stamp | undefined, file: string): boolean {
  try {
    const found = look(file)
    return stamp !== undefined && found?.isFile() === true && isSameStamp(found, stamp)
  } catch {
    // Nobody may look at it: it is no file that stands there as it was left, and writing it says why.
    return false
  }
}

/**
 * The stamps of files that this build has put in their places, from those that they had when they were staged. Without those
 * that are not what was staged, and those that somebody may change within the second in which they were written, where the file system
 * counts in seconds. What came in a folder that was renamed (`placed`) has the stamp that it had: it need not be looked at.
 */
export function sealedStamps(
  { folder }: Pick<OutputFolder, 'folder'>,
  staged: ReadonlyMap<string, Stamp>,
  placed: ReadonlySet<string>,
): ReadonlyMap<string, Stamp> {
  const stamps = new Map<string, Stamp>()
  for (const [path, stamp] of staged) {
    const sealed = isBelow(path, placed) ? stamp : stampAfter(stamp, join(folder, path))
    if (sealed !== undefined && !mayStayTheSame(sealed)) stamps.set(path, sealed)
  }
  return stamps
}

function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  if (folders.size === 0) return false
  for (const folder of foldersAbove(path)) if (folders.has(folder)) return true
  return false
}

/** Of what was staged with a stamp, and renamed by itself. */
function stampAfter(staged: Stamp, file: string): Stamp | undefined {
  const found = look(file)
  return found?.isFile() && isSameRenamed(found, staged) ? stampIn(found) : undefined
}

/** Whether a change that follows at once could leave the same times. */
const mayStayTheSame = ({ mtimeMs, ctimeMs }: Stamp) =>
  mtimeMs % 1000 === 0 && ctimeMs % 1000 === 0 && Math.abs(Date.now() - ctimeMs) < TICK

/** Why it can be no folder of files. It may be a link itself: that is its owner's choice. What lies in it may not. */
function whyUnfit(folder: string): { readonly why: string; readonly remedy: string } | undefined {
  try {
    readdirSync(folder)
    return undefined
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const isThere = isPresent(folder)
    if (code === 'ENOENT' && !isThere) return undefined
    if (code === 'ENOENT' || code === 'ELOOP')
      return { why: 'it is a symbolic link that leads to nothing', remedy: 'take the link away' }
    if (code !== 'ENOTDIR') throw error
    return isThere
      ? { why: 'it is a file', remedy: 'move it away' }
      : { why: 'what it is to lie in is a file', remedy: 'move that away' }
  }
}

/** The paths of the files that builds wrote. Lines that no build can have written are ignored, since the list decides what may be removed. */
export function readList(folder: string): readonly string[] {
  const file = join(folder, LIST)
  if (!look(file)?.isFile()) return []
  return readRegularFile(file)
    .toString('utf8')
    .split('\n')
    .filter(line => line !== '' && line !== LIST_HEAD)
    .filter(line => whyNoPath(line.split('/')) === undefined)
}

function filesBelow(folder: string, path: string): readonly string[] {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap(entry => {
    const inner = `${path}/${entry.name}`
    return entry.isDirectory() ? filesBelow(folder, inner) : [inner]
  })
}
