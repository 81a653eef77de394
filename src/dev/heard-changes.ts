import { lstatSync, statfsSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'

/**
 * Whether what has changed in the folders that are watched is known without looking at every file. Linux queues an event with the
 * change itself, so that whoever has seen a change and asks for a page has its event before the question (inotify(7)); other systems
 * tell when they like, and a file system that others write to does not tell at all.
 */
export interface HeardChanges {
  /** Told each folder that is watched. */
  met(folder: string): void
  /** Told each path that may have changed. */
  touched(path: string): void
  /** The watcher has failed in something, or follows a link. */
  failed(): void
  /** What was touched and has not been looked at yet, this turn of the event loop included; undefined when it may be anything. */
  pending(): Promise<readonly string[] | undefined>
  /** All that was touched is looked at. */
  seen(): void
}

/** As statfs(2) names them: ext2 to ext4, XFS, Btrfs, F2FS, and a file system in memory. */
const LOCAL = new Set([0xef53, 0x58465342, 0x9123683e, 0xf2f52010, 0x01021994])

/** A folder that has come is not watched at once. Milliseconds. */
const SETTLING = 5000

/** When more is touched at once, the system's queue may have been full, which nobody is told (16,384 events, inotify(7)). */
const MOST_AT_ONCE = 1000

/** `touched` is told paths relative to the root. */
export function createHeardChanges(root: string, system: string, now: () => number = Date.now): HeardChanges {
  const waiting = new Set<string>()
  const known = new Set<string>()
  let isSure = system === 'linux'
  let settledAt = 0
  return {
    met(folder) {
      if (!isSure || known.has(folder)) return
      known.add(folder)
      isSure = isLocal(folder)
    },
    touched(path) {
      waiting.add(path)
      const found = isSure ? look(join(root, path)) : undefined
      if (found?.isSymbolicLink()) isSure = false
      if (found?.isDirectory()) settledAt = now() + SETTLING
    },
    failed() {
      isSure = false
    },
    async pending() {
      await turn()
      return isSure && now() >= settledAt && waiting.size <= MOST_AT_ONCE ? [...waiting] : undefined
    },
    seen: () => waiting.clear(),
  }
}

/** A folder that is a link is watched where it leads. */
function isLocal(folder: string): boolean {
  try {
    return !lstatSync(folder).isSymbolicLink() && LOCAL.has(statfsSync(folder).type)
  } catch {
    return false
  }
}

/** Undefined where nothing is, also below what is a file by now. */
function look(path: string): Stats | undefined {
  try {
    return lstatSync(path)
  } catch {
    return undefined
  }
}
