import { lstatSync, type Stats } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathBelow } from '../../config/site-root.ts'
import { isIn, MOST_WAYS, realPath } from '../../document/place/links.ts'
import type { HeardChanges } from '../heard-changes.ts'
import { watch } from 'chokidar'

export interface Watcher {
  /** Done when it sees every change. */
  readonly ready: Promise<void>
  /** Watches this folder too, and all below it. */
  add(folder: string): void
  /** Also before it is ready. */
  close(): Promise<void>
}

export interface WatchOptions {
  /** Absolute. Paths are reported relative to it, with `/` between segments. */
  readonly root: string
  /** `path` is relative to the root. */
  isIgnored(path: string): boolean
  readonly heard: HeardChanges
  /** Something has changed, or come, or gone: these files, or folders. */
  onChange(paths: readonly string[]): void
  /** Not everything can be watched. */
  onError(error: unknown): void
}

/** What comes within this many milliseconds of each other is one change: editors write in steps, git by the hundred. */
const QUIET = 15
/** The longest delay in milliseconds while changes go on. */
const LONGEST = 200

/**
 * Reports that something below these folders may have changed. What has changed is found out by reading the files. A folder's watcher
 * reports the files in it, so that only folders are watched, and links, which lead elsewhere.
 */
export function watchFiles({ root, isIgnored, heard, onChange: ring, onError: fail }: WatchOptions): Watcher {
  const below = (path: string) => pathBelow(root, path)
  const bell = createDebounce(ring)
  const isPlainFile = createFileFilter(heard)
  const isLoop = createLoopFilter(root)
  const touch = (path: string) => {
    heard.touched(path)
    bell.touch(path)
  }
  const watcher = watch(root, {
    ignoreInitial: true,
    atomic: false,
    ignored: (path, stats) => isIgnored(below(path)) || isPlainFile(path, stats) || isLoop(path, stats),
  })
  watcher.on('all', (_, path) => touch(below(path)))
  watcher.on('raw', (_, name, details) => {
    const { watchedPath } = details as { readonly watchedPath: string }
    const path = below(name ? join(watchedPath, name) : watchedPath)
    if (!isIgnored(path)) touch(path)
  })
  watcher.on('error', error => {
    heard.failed()
    fail(error)
  })
  return {
    ready: new Promise(resolve => watcher.once('ready', resolve)),
    add: folder => void watcher.add(folder),
    close() {
      bell.close()
      return watcher.close()
    },
  }
}

/** A folder is read again whenever anything in it changes: each file is checked once. */
function createFileFilter(heard: HeardChanges): (path: string, stats: Stats | undefined) => boolean {
  const plain = new Set<string>()
  return (path, stats) => {
    if (stats?.isDirectory() === true) heard.met(path)
    if (stats?.isSymbolicLink() === true) heard.failed()
    if (stats?.isFile() !== true) return false
    if (!plain.has(path) && isLink(path)) {
      heard.failed()
      return false
    }
    plain.add(path)
    return true
  }
}

/**
 * A folder that a path has been in already, by links, is not watched there again, nor one that hundreds of other paths lead to: links
 * that lead to each other's folders would never be done with.
 */
function createLoopFilter(root: string): (path: string, stats: Stats | undefined) => boolean {
  const ways = new Map<string, Set<string>>()
  return (path, stats) => {
    if (path === root || !(stats?.isDirectory() || stats?.isSymbolicLink())) return false
    const real = realPath(path)
    if (real === undefined || real === path) return false
    const known = ways.get(real) ?? new Set()
    ways.set(real, known.add(path))
    if (known.size > MOST_WAYS) return true
    return foldersAbove(path).some(above => isIn(real, realPath(above) ?? above))
  }
}

function foldersAbove(path: string): readonly string[] {
  const above = dirname(path)
  return above === path ? [] : [above, ...foldersAbove(above)]
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink()
  } catch {
    return false
  }
}

/** Calls once for many changes in a short time. */
function createDebounce(ring: WatchOptions['onChange']) {
  const touched = new Set<string>()
  let quiet: NodeJS.Timeout | undefined
  let since = 0
  const sound = () => {
    const paths = [...touched]
    touched.clear()
    quiet = undefined
    ring(paths)
  }
  return {
    touch(path: string) {
      if (quiet) clearTimeout(quiet)
      else since = Date.now()
      touched.add(path)
      const rest = Math.max(0, since + LONGEST - Date.now())
      quiet = setTimeout(sound, Math.min(QUIET, rest))
    },
    close: () => clearTimeout(quiet),
  }
}
