import type { Result } from '../../core/types.ts'
import type { Draft } from '../pages/read-page.ts'

export type ReadDraft = Draft | 'unpublished'

/**
 * What was read of each page, by its path in the pages folder: to be kept for as long as the configuration and the day stay
 * as they are.
 */
export interface DraftMemory {
  readonly known: ReadonlyMap<string, Result<ReadDraft>>
  /** What was read before, or is read now. */
  recall(path: string, read: () => Result<ReadDraft>): Result<ReadDraft>
  /** Reads anew, and gives what was read before, too. */
  reread(path: string, read: () => Result<ReadDraft>): Reread
  forget(path: string): void
}

export interface Reread {
  readonly before: Result<ReadDraft> | undefined
  readonly after: Result<ReadDraft>
}

export function createDraftMemory(entries: Iterable<readonly [string, Result<ReadDraft>]> = []): DraftMemory {
  const known = new Map(entries)
  const read = (path: string, readNow: () => Result<ReadDraft>) => {
    const draft = readNow()
    known.set(path, draft)
    return draft
  }
  return {
    known,
    recall: (path, readNow) => known.get(path) ?? read(path, readNow),
    reread(path, readNow) {
      const before = known.get(path)
      return { before, after: read(path, readNow) }
    },
    forget: path => void known.delete(path),
  }
}
