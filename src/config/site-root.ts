import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const configNames = ['ts', 'mjs', 'js', 'json'].map(extension => `imprimatur.config.${extension}`)

/** The site that a folder is in, as git finds a repository: the nearest one, it or above it, with a configuration or with pages. */
export function findSiteRoot(folder: string): string | undefined {
  const isSite = configNames.some(name => existsSync(join(folder, name))) || isFolder(join(folder, 'pages'))
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
