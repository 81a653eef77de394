import { realpathSync } from 'node:fs'
import { sep } from 'node:path'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'

/** That lead to one folder, by links. A few links that lead to each other's folders make more ways than anybody could list, or watch. */
export const MOST_WAYS = 300

/** Undefined when a path leads to nothing, or round in a circle. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** Whether a file or folder is that folder, or lies in it; both are real paths. */
export const isIn = (folder: string, file: string): boolean =>
  file === folder || file.startsWith(folder.endsWith(sep) ? folder : folder + sep)

/** Where a link stands: all are real paths. */
export interface LinkPlace {
  /** The site's folder. */
  readonly root: string | undefined
  /** The folders that were entered on the way to it. */
  readonly entered: readonly string[]
  /** The output folder, where that is not to be entered. */
  readonly output: string | undefined
}

/**
 * Why a link to a folder is not followed, or undefined when it is. `path` is its own, from the root; `target` what it leads to, a real
 * path. One that leads out to what the site lies in, or to what a build has made, would make the site swallow itself: an error. One that
 * leads back to where the walk has come from adds nothing, and is only remarked.
 */
export function refusedLink(
  path: string,
  target: string,
  { root, entered, output }: LinkPlace,
): Diagnostic | undefined {
  if (output !== undefined && isIn(output, target))
    return refuse(path, 'This link leads into the output folder, where a build puts what it makes')
  if (entered.includes(target)) return leftOut(path, 'This link leads to a folder that it lies in itself')
  if (root === target) return refuse(path, 'This link leads to the folder of the site itself')
  if (root !== undefined && isIn(target, root))
    return refuse(path, 'This link leads to a folder that the site itself lies in')
  return isIn(target, entered[0] ?? target) && entered.length > 0
    ? refuse(path, 'This link leads to a folder that these sources lie in')
    : undefined
}

const HINT = 'let it lead to the folder that is meant, or take it away'

const refuse = (path: string, message: string): Diagnostic =>
  diagnostic('file/read', message, { hint: HINT, file: { path, text: '' } })

const leftOut = (path: string, message: string, hint = HINT): Diagnostic =>
  diagnostic('file/left-out', `${message}: it is left out`, { hint, file: { path, text: '' } })

/** Of a link that leads out of a site whose code is not run. */
export const leadsOut = (path: string): Diagnostic =>
  leftOut(
    path,
    'This link leads out of the site, which is not trusted',
    'put what it leads to into the site, or, if you trust the site, call the program without --no-config',
  )

export const tangle = (path: string): Diagnostic =>
  diagnostic('file/read', `This is one of ${MOST_WAYS} ways to the same folder, by symbolic links`, {
    hint: 'let fewer links lead there, and none of them to a folder that other links lead on from',
    file: { path, text: '' },
  })
