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
const DROPPINGS = /^(?:\.DS_Store|Thumbs\.db|desktop\.ini|\.git|\.gitkeep|\.#.*|#.*#|.*~|\..*\.sw[a-p])$/

/** Lists the sources, in an order that no machine changes. Symbolic links are followed, once. */
export function listSources({ root, dirs }: Config): Result<Sources> {
  const diagnostics: Diagnostic[] = []
  const below = (dir: string) => list(join(root, dir), '', dir, [], diagnostics)
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

function list(
  base: string,
  dir: string,
  name: string,
  ancestors: readonly string[],
  diagnostics: Diagnostic[],
): string[] {
  try {
    const real = realpathSync(join(base, dir))
    if (ancestors.includes(real)) return []
    const entries = readdirSync(real, { withFileTypes: true }).filter(entry => !DROPPINGS.test(entry.name))
    entries.sort((a, b) => (a.name < b.name ? -1 : 1))
    return entries.flatMap(entry => {
      const path = dir === '' ? entry.name : `${dir}/${entry.name}`
      const there = entry.isSymbolicLink() ? follow(join(base, path), `${name}/${path}`, diagnostics) : entry
      // Pipes, sockets and devices are neither read nor copied.
      if (there?.isDirectory()) return list(base, path, name, [...ancestors, real], diagnostics)
      return there?.isFile() ? [path] : []
    })
  } catch (error) {
    diagnostics.push(unreadable(dir === '' ? name : `${name}/${dir}`, error))
    return []
  }
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
