import type { Result } from '../../core/types.ts'
import type { HeldBack } from '../pages/publication.ts'
import type { ParsedPage } from '../pages/read-page.ts'

export type ReadPage = ParsedPage | HeldBack

/**
 * What was read of each page, by its path in the pages folder: to be kept for as long as the configuration and the day stay
 * as they are.
 */
export interface ParsedPages {
  readonly known: ReadonlyMap<string, Result<ReadPage>>
  /** What was read before, or is read now. */
  get(path: string, read: () => Result<ReadPage>): Result<ReadPage>
  /** Reads anew, and gives what was read before, too. */
  reread(path: string, read: () => Result<ReadPage>): Reread
  forget(path: string): void
}

export interface Reread {
  readonly before: Result<ReadPage> | undefined
  readonly after: Result<ReadPage>
}

export function createParsedPages(entries: Iterable<readonly [string, Result<ReadPage>]> = []): ParsedPages {
  const known = new Map(entries)
  const read = (path: string, readNow: () => Result<ReadPage>) => {
    const draft = readNow()
    known.set(path, draft)
    return draft
  }
  return {
    known,
    get: (path, readNow) => known.get(path) ?? read(path, readNow),
    reread(path, readNow) {
      const before = known.get(path)
      return { before, after: read(path, readNow) }
    },
    forget: path => void known.delete(path),
  }
}

/** Those of them that are not to be read again as long as their sources are as they are: what is wrong with the others is said each time. */
export function pagesToKeep(
  known: Iterable<readonly [string, Result<ReadPage>]>,
): ReadonlyMap<string, ReadPage> {
  const pages = new Map<string, ReadPage>()
  for (const [path, { value, diagnostics }] of known)
    if (value && diagnostics.length === 0) pages.set(path, value)
  return pages
}
