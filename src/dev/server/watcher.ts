import { lstatSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { pathBelow } from '../../config/site-root.ts'
import { watch } from 'chokidar'

export interface Watcher {
  /** Watches this folder too, and all below it. */
  add(folder: string): void
  close(): Promise<void>
}

export interface WatchOptions {
  /** Absolute. Paths are reported relative to it, with `/` between segments. */
  readonly root: string
  /** `path` is relative to the root. */
  isIgnored(path: string): boolean
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
 * Reports that something below these folders may have changed; resolves when it is watching. What has changed is found out by
 * reading the files. A folder's watcher reports the files in it, so that only folders are watched, and links, which lead elsewhere.
 */
export async function watchFiles({
  root,
  isIgnored,
  onChange: ring,
  onError: fail,
}: WatchOptions): Promise<Watcher> {
  const below = (path: string) => pathBelow(root, path)
  const bell = createDebounce(ring)
  const isPlainFile = createFileFilter()
  const watcher = watch(root, {
    ignoreInitial: true,
    atomic: false,
    ignored: (path, stats) => isIgnored(below(path)) || isPlainFile(path, stats),
  })
  watcher.on('all', (_, path) => bell.touch(below(path)))
  watcher.on('raw', (_, name, details) => {
    const { watchedPath } = details as { readonly watchedPath: string }
    const path = below(name ? join(watchedPath, name) : watchedPath)
    if (!isIgnored(path)) bell.touch(path)
  })
  watcher.on('error', fail)
  await new Promise<void>(resolve => watcher.once('ready', resolve))
  return {
    add: folder => void watcher.add(folder),
    close() {
      bell.close()
      return watcher.close()
    },
  }
}

/** A folder is read again whenever anything in it changes: each file is checked once. */
function createFileFilter(): (path: string, stats: Stats | undefined) => boolean {
  const plain = new Set<string>()
  return (path, stats) => {
    if (stats?.isFile() !== true) return false
    if (!plain.has(path) && isLink(path)) return false
    plain.add(path)
    return true
  }
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
