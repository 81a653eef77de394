import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
} from 'node:fs'
import type { Stats } from 'node:fs'
import { userInfo } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { writeWhole } from '../core/files.ts'
import { reason } from '../core/source.ts'

/** A file in the cache of a site. Whatever is wrong with it makes a run slower, and that is all. */
export interface CacheFile {
  /** What it holds; undefined when there is none, or none that only this user can have written. */
  read(): Uint8Array | undefined
  /** Puts a new one in its place, whole; parts one behind the other. */
  write(contents: string | Uint8Array | readonly Uint8Array[]): void
  /** Why it was not used, or not written, for whoever wonders. */
  readonly problem: string | undefined
}

const FOLDERS = ['node_modules', '.cache', 'imprimatur']
const OWN = ['imprimatur']

/**
 * Caches lie in `node_modules/.cache/imprimatur` of the site: a folder of the user's own that nobody else may look into (0700), to which
 * no symbolic link leads. One of anybody else's is neither read nor written, since what is read back decides what is published.
 */
export const cacheFile = (root: string, name: string): CacheFile => fileIn(root, FOLDERS, name)

/** The same for what belongs to no site, in a folder that `userCaches` gave. */
export const userCacheFile = (caches: string, name: string): CacheFile => fileIn(caches, OWN, name)

/**
 * The same folder for Node to keep files in, of which it does not look at the owner: it is made. Undefined where it cannot be the user’s
 * own, or others could write in it before.
 */
export function ownCacheFolder(caches: string): string | undefined {
  try {
    const { mode = 0 } = lstatSync(join(caches, ...OWN), { throwIfNoEntry: false }) ?? {}
    if (owner() !== undefined && (mode & 0o022) !== 0) return undefined
    return checkFolders(caches, OWN, 'made') ? join(caches, ...OWN) : undefined
  } catch {
    return undefined
  }
}

/**
 * Where a user’s programs keep their caches, by the XDG Base Directory Specification (a path that is not absolute is none) or as the system
 * has it. Undefined when it is not there, is somebody else’s, or others can write in it.
 */
export function userCaches(
  {
    XDG_CACHE_HOME: wanted = '',
    LOCALAPPDATA,
    HOME,
  }: Readonly<Partial<Record<'XDG_CACHE_HOME' | 'LOCALAPPDATA' | 'HOME', string>>>,
  platform: string,
): string | undefined {
  const home = platform === 'win32' ? LOCALAPPDATA : HOME
  const usual = { win32: '.', darwin: 'Library/Caches' }[platform] ?? '.cache'
  const folder = isAbsolute(wanted) ? wanted : isAbsolute(home ?? '') ? join(home!, usual) : undefined
  return folder !== undefined && isOwnFolder(folder) ? folder : undefined
}

/** Links that lead to it are the user’s; with a home of somebody else’s, as `sudo` may have it, nothing is left there. */
function isOwnFolder(folder: string): boolean {
  try {
    const stats = statSync(folder)
    const isOwn = owner() === undefined || (stats.uid === owner() && (stats.mode & 0o022) === 0)
    return stats.isDirectory() && isOwn
  } catch {
    return false
  }
}

function fileIn(root: string, folders: readonly string[], name: string): CacheFile {
  const place = folders.join('/')
  const file = join(root, ...folders, name)
  let problem: string | undefined
  return {
    get problem() {
      return problem
    },
    read() {
      try {
        if (!checkFolders(root, folders, 'as they are')) return undefined
        return readOwn(file, `${place}/${name}`)
      } catch (error) {
        if (isMissing(error)) return undefined
        problem = describe(`${place}/${name}`, error)
        return undefined
      }
    },
    write(contents) {
      // A folder that is not the user's own has said so when it was read.
      try {
        checkFolders(root, folders, 'made')
        writeWhole(file, contents)
      } catch (error) {
        problem ??= describe(`${place}/${name}`, error)
      }
    },
  }
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** What makes a cache one that cannot be trusted. */
class Foreign extends Error {}

const describe = (path: string, error: unknown): string =>
  error instanceof Foreign ? error.message : `${path}: ${reason(error)}`

/** False when one is missing. Throws when one is no folder of this user's own. */
function checkFolders(root: string, folders: readonly string[], wanted: 'as they are' | 'made'): boolean {
  let folder = root
  for (const [depth, name] of folders.entries()) {
    folder = join(folder, name)
    const path = folders.slice(0, depth + 1).join('/')
    const isLast = depth === folders.length - 1
    let stats = lstatSync(folder, { throwIfNoEntry: false })
    if (!stats) {
      if (wanted === 'as they are') return false
      mkdirSync(folder, { recursive: true, mode: isLast ? 0o700 : 0o777 })
      stats = lstatSync(folder)
    }
    if (stats.isSymbolicLink()) throw new Foreign(`${path} is a symbolic link`)
    if (!stats.isDirectory()) throw new Foreign(`${path} is no folder`)
    if (!isLast) continue
    checkOwner(path, stats)
    if (isOpenToOthers(stats)) chmodSync(folder, 0o700)
  }
  return true
}

/** Windows has no such bits, and a mode of its own making. */
const isOpenToOthers = ({ mode }: Stats) => owner() !== undefined && (mode & 0o077) !== 0

function readOwn(file: string, name: string): Uint8Array {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants
  const descriptor = openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  try {
    const stats = fstatSync(descriptor)
    if (!stats.isFile()) throw new Foreign(`${name} is no file`)
    checkOwner(name, stats)
    if (owner() !== undefined && (stats.mode & 0o022) !== 0)
      throw new Foreign(`${name} can be written by others`)
    return readFileSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function checkOwner(path: string, { uid }: Stats): void {
  const own = owner()
  if (own !== undefined && uid !== own) throw new Foreign(`${path} belongs to another user`)
}

let known: { readonly uid: number | undefined } | undefined

/** The user that the program runs as; undefined where files have none. */
const owner = (): number | undefined => (known ??= { uid: findOwner() }).uid

function findOwner(): number | undefined {
  try {
    const { uid } = userInfo()
    return uid < 0 ? undefined : uid
  } catch {
    // A user without a name, as containers have: the system knows who this process is.
    return lstatSync('/proc/self/', { throwIfNoEntry: false })?.uid
  }
}
