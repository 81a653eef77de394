import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'

/** What is to be written where, for the one check that no two sources want the same place. */
export interface PathClaim {
  readonly path: string
  readonly source: string
}

export interface PathClaims {
  /** Two sources with one address, or one whose address is another's folder. */
  readonly collisions: readonly Diagnostic[]
  /** Whether a path is neither taken, nor a folder of what is, nor below a file. */
  isFree(path: string): boolean
  /** Who has a path, the first who claimed it. */
  at(path: string): PathClaim | undefined
  /** Whether it is sure that there are no collisions without these claims, and with those: false where it would have to be found out. */
  mayReplace(gone: readonly PathClaim[], come: readonly PathClaim[]): boolean
  /** From now on these claims have the place of those. Only where they may, and where there are no collisions. */
  replace(gone: readonly PathClaim[], come: readonly PathClaim[]): void
}

export function claimPaths(claims: Iterable<PathClaim>): PathClaims {
  const collisions: Diagnostic[] = []
  const taken = new Map<string, PathClaim>()
  /** How many files and folders lie directly in each. */
  const folders = new Map<string, number>()
  const enter = (claim: PathClaim) => {
    for (let folder = folderOf(claim.path); folder !== ''; folder = folderOf(folder)) {
      const members = folders.get(folder) ?? 0
      folders.set(folder, members + 1)
      if (members > 0) break
      const other = taken.get(folder)
      if (other) collisions.push(collision(claim, other, `“${folder}”, one as a file, one as a folder`))
    }
  }
  const leave = ({ path }: PathClaim) => {
    taken.delete(path)
    for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
      const members = folders.get(folder) ?? 0
      if (members > 1) {
        folders.set(folder, members - 1)
        break
      }
      folders.delete(folder)
    }
  }
  for (const claim of claims) {
    const other = taken.get(claim.path)
    if (other)
      collisions.push(
        collision(claim, other, `the address /${claim.path.replace(/(^|\/)index\.html$/, '$1')}`),
      )
    else taken.set(claim.path, claim)
  }
  for (const claim of taken.values()) enter(claim)
  return {
    collisions,
    isFree: path => !taken.has(path) && !folders.has(path) && !isBelow(path, folder => taken.has(folder)),
    at: path => taken.get(path),
    mayReplace(gone, come) {
      const left = new Set(gone.map(({ path }) => path))
      const paths = new Set(come.map(({ path }) => path))
      return (
        paths.size === come.length &&
        [...paths].every(
          path =>
            (left.has(path) || !taken.has(path)) &&
            !folders.has(path) &&
            !isBelow(path, folder => taken.has(folder) || paths.has(folder)),
        )
      )
    },
    replace(gone, come) {
      for (const claim of gone) leave(claim)
      for (const claim of come) {
        taken.set(claim.path, claim)
        enter(claim)
      }
    },
  }
}

/** The folder that a file or folder lies in; empty where it lies in none. */
const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** Whether a path lies in something, at any depth. */
function isBelow(path: string, isThere: (folder: string) => boolean): boolean {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) if (isThere(folder)) return true
  return false
}

const collision = (claim: PathClaim, other: PathClaim, what: string) =>
  diagnostic('route/collision', `${other.source} and ${claim.source} both want ${what}`, {
    hint: 'rename one of them, or give it another slug or permalink',
    file: { path: claim.source, text: '' },
  })
