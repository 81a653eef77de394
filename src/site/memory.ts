import type { Result } from '../model.ts'
import type { Circumstances, ReadDraft } from './site.ts'

/** What was read of each page, for as long as its source, the configuration and the day stay as they are. */
export interface DraftMemory {
  readonly recall: NonNullable<Circumstances['recall']>
  /** The source, relative to the pages folder, has changed or is gone. */
  forget(path: string): void
}

export function createDraftMemory(): DraftMemory {
  const known = new Map<string, Result<ReadDraft>>()
  return {
    recall(path, read) {
      let draft = known.get(path)
      if (!draft) known.set(path, (draft = read()))
      return draft
    },
    forget: path => void known.delete(path),
  }
}
