import { statSync } from 'node:fs'
import { isPresent } from '../core/read-file.ts'
import nodePath, { dirname, join, type PlatformPath } from 'node:path'

export const configNames = ['ts', 'mjs', 'js', 'json'].map(extension => `imprimatur.config.${extension}`)

/** The site that a folder is in, as git finds a repository: the nearest one, it or above it, with a configuration or with pages. */
export function findSiteRoot(folder: string): string | undefined {
  const isSite = configNames.some(name => isPresent(join(folder, name))) || isFolder(join(folder, 'pages'))
  if (isSite) return folder
  const above = dirname(folder)
  return above === folder ? undefined : findSiteRoot(above)
}

/** Whether a path leads to a folder; what cannot be looked at, or leads round in a circle, is none. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/**
 * A file as seen from a folder, both absolute, with `/` between segments as in every report and address. Systems that have drives or names
 * without case are minded: what is on another drive stays absolute, and `c:` is `C:`.
 */
export const pathBelow = (folder: string, file: string, system: PlatformPath = nodePath): string =>
  system.relative(folder, file).split(system.sep).join('/')

/** Whether a folder is another one, or lies in it. */
export const isWithin = (outer: string, inner: string, system: PlatformPath = nodePath): boolean => {
  const path = system.relative(outer, inner)
  return !system.isAbsolute(path) && !/^\.\.(?:[/\\]|$)/.test(path)
}
