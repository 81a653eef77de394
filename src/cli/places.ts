import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { partAt } from '../theme/parts.ts'
import { isWithin, pathBelow } from '../config/site-root.ts'

/** Turns a path relative to the site's root into one for its reader: relative to the working directory, or to the repository. */
export type PathRewriter = (path: string) => string

/** Relative to a working directory; both folders are absolute. */
export function placeFrom(folder: string, root: string): PathRewriter {
  const [from, to] = [real(folder), real(root)]
  if (from === to) return path => path
  return path => (partAt(path) === undefined ? pathBelow(from, join(to, path)) : path)
}

/** Relative to the repository; relative to the site when it is in none. */
export function placeInRepository(
  root: string,
  env: Readonly<Record<string, string | undefined>>,
): PathRewriter {
  const named = [env.GITHUB_WORKSPACE, env.CI_PROJECT_DIR].filter(
    folder => folder !== undefined && folder !== '',
  )
  const repository = [...named, gitFolder(real(root))].find(
    folder => folder !== undefined && existsSync(folder) && isWithin(real(folder), real(root)),
  )
  return repository === undefined ? path => path : placeFrom(repository, root)
}

/** The nearest folder above, or this one, that is a repository of Git's; `.git` is a file in a work tree or a submodule. */
function gitFolder(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder
  const above = dirname(folder)
  return above === folder ? undefined : gitFolder(above)
}

function real(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return folder
  }
}
