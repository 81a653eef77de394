import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { partAt } from '../theme/parts.ts'

/** Turns a path relative to the site's root into one for its reader: relative to the working directory, or to the repository. */
export type PathRewriter = (path: string) => string

/** Relative to a working directory; both folders are absolute. */
export function placeFrom(folder: string, root: string): PathRewriter {
  const [from, to] = [real(folder), real(root)]
  if (from === to) return path => path
  return path => (partAt(path) === undefined ? relative(from, join(to, path)).split(sep).join('/') : path)
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
    folder => folder !== undefined && existsSync(folder) && contains(real(folder), real(root)),
  )
  return repository === undefined ? path => path : placeFrom(repository, root)
}

/** The nearest folder above, or this one, that is a repository of Git's; `.git` is a file in a work tree or a submodule. */
function gitFolder(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder
  const above = dirname(folder)
  return above === folder ? undefined : gitFolder(above)
}

const contains = (outer: string, inner: string) => !/^\.\.(?:\/|\\|$)/.test(relative(outer, inner))

function real(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return folder
  }
}
