import { readdirSync, realpathSync, statSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config/config.ts'
import { unreadable } from '../core/source.ts'
import type { Diagnostic, Result } from '../core/types.ts'
import { isPage } from './formats.ts'

export interface Sources {
  /** Relative to the pages folder. */
  readonly pages: readonly string[]
  /** Copied as they are. */
  readonly files: readonly CopiedFile[]
}

export interface CopiedFile {
  /** Relative to the output folder. */
  readonly path: string
  /** Relative to the root. */
  readonly source: string
}

/** What systems and editors drop beside an author's files. */
const DROPPINGS = /^(?:Thumbs\.db|desktop\.ini|#.*#|.*~)$/

/** Names with a dot that are meant to be published; all others are an author's own, or a program's. */
const DOTTED = new Set(['.well-known', '.nojekyll', '.htaccess'])

/** Whether a file or folder of this name is no part of a site: neither built nor copied nor linted. */
const isLeftOut = (name: string): boolean =>
  (name.startsWith('.') && !DOTTED.has(name)) || name === 'node_modules' || DROPPINGS.test(name)

/** Lists the sources, in an order that no machine changes. Symbolic links are followed, once. */
export function listSources({ root, dirs }: Config): Result<Sources> {
  const diagnostics: Diagnostic[] = []
  const below = (dir: string) => {
    const { value = [], diagnostics: own } = listFiles(root, dir)
    diagnostics.push(...own)
    return value
  }
  const pages: string[] = []
  const files: CopiedFile[] = []
  const copy = (dir: string, path: string) =>
    files.push({ path: path.normalize('NFC'), source: `${dir}/${path}` })
  for (const path of below(dirs.pages)) {
    if (isPage(path)) pages.push(path)
    else copy(dirs.pages, path)
  }
  if (dirs.assets !== undefined) for (const path of below(dirs.assets)) copy(dirs.assets, path)
  return diagnostics.length > 0 ? { diagnostics } : { value: { pages, files }, diagnostics }
}

/**
 * The files below a folder of the root, relative to it; `isSkipped` is asked of each file and folder, by its path from the root.
 * What cannot be read is left out, and in the diagnostics.
 */
export function listFiles(
  root: string,
  dir: string,
  isSkipped: (path: string) => boolean = () => false,
): Result<readonly string[]> {
  const diagnostics: Diagnostic[] = []
  const fromRoot = (path: string) => (path === '' ? dir : dir === '.' ? path : `${dir}/${path}`)
  const walk = (folder: string, ancestors: readonly string[]): string[] => {
    try {
      const real = realpathSync(join(root, dir, folder))
      if (ancestors.includes(real)) return []
      const entries = readdirSync(real, { withFileTypes: true }).filter(({ name }) => !isLeftOut(name))
      entries.sort((a, b) => (a.name < b.name ? -1 : 1))
      return entries.flatMap(entry => {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`
        if (isSkipped(fromRoot(path))) return []
        const there = entry.isSymbolicLink()
          ? follow(join(root, dir, path), fromRoot(path), diagnostics)
          : entry
        // Pipes, sockets and devices are neither read nor copied.
        if (there?.isDirectory()) return walk(path, [...ancestors, real])
        return there?.isFile() ? [path] : []
      })
    } catch (error) {
      diagnostics.push(unreadable(fromRoot(folder), error))
      return []
    }
  }
  return { value: walk('', []), diagnostics }
}

/** What a link leads to. */
function follow(file: string, path: string, diagnostics: Diagnostic[]): Stats | undefined {
  try {
    return statSync(file)
  } catch (error) {
    diagnostics.push(unreadable(path, error))
    return undefined
  }
}
