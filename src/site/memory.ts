import { isDeepStrictEqual } from 'node:util'
import type { Result } from '../model.ts'
import type { Draft } from './page.ts'

export type ReadDraft = Draft | 'unpublished'

/**
 * What was read of each page, by its path in the pages folder: to be kept for as long as the configuration and the day stay
 * as they are.
 */
export interface DraftMemory {
  readonly known: ReadonlyMap<string, Result<ReadDraft>>
  /** What was read before, or is read now. */
  recall(path: string, read: () => Result<ReadDraft>): Result<ReadDraft>
  /** Reads anew, and tells whether all that lists and other pages know of the page is what it was. */
  isSame(path: string, read: () => Result<ReadDraft>): boolean
  forget(path: string): void
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
    isSame(path, readNow) {
      const before = known.get(path)
      const after = read(path, readNow)
      return after.diagnostics.length === 0 && isDeepStrictEqual(before, after)
    },
    forget: path => void known.delete(path),
  }
}
