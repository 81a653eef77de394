import { statSync } from 'node:fs'
import { join } from 'node:path'
import { pathsOf } from '../../tests/tree.ts'

/** Megabytes of what an installation takes, the program and all that comes with it. */
export const BUDGET = 25

export interface Weight {
  readonly files: number
  /** The sum of the lengths of the files. */
  readonly bytes: number
  /** What they take of a disk of blocks of 4 KiB, folders too: what `du` says. */
  readonly disk: number
}

const BLOCK = 4096

/** Of a folder, or of those of its files that are asked for. */
export function weigh(folder: string, isMeant: (path: string) => boolean = () => true): Weight {
  const paths = pathsOf(folder).filter(isMeant)
  const sizes = paths.map(path => statSync(join(folder, path), { throwIfNoEntry: false })?.size ?? 0)
  const folders = new Set(paths.flatMap(path => parentsOf(path)))
  return {
    files: paths.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    disk: (sizes.reduce((sum, size) => sum + Math.ceil(size / BLOCK), 0) + folders.size) * BLOCK,
  }
}

const parentsOf = (path: string) => path.split('/').map((_, depth, names) => names.slice(0, depth).join('/'))
