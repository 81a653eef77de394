import {
  appendFileSync,
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmdirSync,
  unlinkSync,
} from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { look } from './output-folder.ts'
import { otherStages, stageName } from './stages.ts'

/**
 * Changes to the site of which each can be taken back. A file changes by one rename, whatever file system it lies on: whoever reads it
 * finds the old one or the new one.
 */
export interface Journal {
  /** Puts a staged file where one is, or none; `file` is absolute. */
  place(staged: string, file: string): void
  /** Puts a staged folder, with all that is in it, where there is none; tells whether the files are the staged ones, or copies. */
  placeFolder(staged: string, folder: string): 'renamed' | 'copied'
  /** Takes a file, or a folder with all that is in it, out of the way. */
  remove(path: string): void
  /** Removes a folder that is empty; false when it is not. */
  removeEmpty(folder: string): boolean
  /** Takes everything back, the last change first, and gives the paths of which that cannot be done, each once. */
  undo(): readonly string[]
}

interface Change {
  readonly path: string
  undo(): void
}

/** `folder` is the output folder, `stage` that of the build in it. */
export function createJournal(folder: string, stage: string, builder: string): Journal {
  const changes: Change[] = []
  const own = join(stage, 'old')
  let count = 0
  let isMade = false
  /** A new path in the stage. */
  const aside = () => {
    if (!isMade) mkdirSync(own, { recursive: true })
    isMade = true
    return join(own, String(count++))
  }
  const stages = new Map<string, string>()
  /** The same beside a file, for what lies on another file system. It is noted first, so that a later build finds what is left of it. */
  const besideOf = (path: string) => {
    const outer = dirname(path)
    let place = stages.get(outer)
    if (place === undefined) {
      appendFileSync(otherStages(stage), `${relative(folder, outer).split(sep).join('/')}\n`)
      place = join(outer, stageName(builder))
      mkdirSync(place, { recursive: true, mode: 0o700 })
      stages.set(outer, place)
    }
    return join(place, String(count++))
  }
  const note = (path: string, undo: () => void) => changes.push({ path: relative(folder, path), undo })

  /** Another name for a file that is about to be replaced; a copy where it can have none. */
  const keep = (file: string): string | undefined => {
    const kept = aside()
    try {
      linkSync(file, kept)
      return kept
    } catch (error) {
      if (isElsewhere(error)) {
        const beside = besideOf(file)
        copyFileSync(file, beside)
        return beside
      }
      try {
        copyFileSync(file, kept)
        return kept
      } catch {
        // Of another user, who lets nobody read it: it can be replaced, and not be put back.
        return undefined
      }
    }
  }
  return {
    place(staged, file) {
      const isReplaced = look(file) !== undefined
      const kept = isReplaced ? keep(file) : undefined
      try {
        renameSync(staged, file)
      } catch (error) {
        if (!isElsewhere(error)) throw error
        const beside = besideOf(file)
        copyFileSync(staged, beside)
        renameSync(beside, file)
      }
      note(file, () => {
        if (!isReplaced) unlinkSync(file)
        else if (kept === undefined) throw new Error('It was not kept')
        else renameSync(kept, file)
      })
    },
    placeFolder(staged, target) {
      let from = staged
      try {
        renameSync(from, target)
      } catch (error) {
        if (!isElsewhere(error)) throw error
        from = besideOf(target)
        cpSync(staged, from, { recursive: true })
        renameSync(from, target)
      }
      note(target, () => renameSync(target, from))
      return from === staged ? 'renamed' : 'copied'
    },
    remove(path) {
      let kept = aside()
      try {
        renameSync(path, kept)
      } catch (error) {
        if (!isElsewhere(error)) throw error
        kept = besideOf(path)
        renameSync(path, kept)
      }
      note(path, () => {
        mkdirSync(dirname(path), { recursive: true })
        renameSync(kept, path)
      })
    },
    removeEmpty(path) {
      try {
        rmdirSync(path)
      } catch {
        // Not empty, or not permitted.
        return false
      }
      note(path, () => mkdirSync(path, { recursive: true }))
      return true
    },
    undo() {
      const left = new Set<string>()
      for (const { path, undo } of changes.toReversed()) {
        try {
          undo()
        } catch {
          left.add(path)
        }
      }
      return [...left].toReversed()
    },
  }
}

const isElsewhere = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EXDEV'
