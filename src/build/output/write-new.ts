import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Code } from '../../core/codes.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'
import { look, unusable } from './output-folder.ts'

/**
 * Writes files where there are none, each whole or not at all. When one is there already, it is named and nothing is written; what was
 * written before something failed is taken away again. Paths are relative to the folder.
 */
export function writeNew(
  files: ReadonlyMap<string, string | Uint8Array>,
  folder: string,
  { code, hint }: { readonly code: Code; readonly hint: string },
): readonly Diagnostic[] {
  const isThere = (path: string) => diagnostic(code, `${path} is there already`, { hint })
  const written: string[] = []
  try {
    const there = [...files.keys()].filter(path => look(join(folder, path)))
    if (there.length > 0) return there.map(isThere)
    for (const [path, contents] of files) {
      if (!placeNew(join(folder, path), contents)) {
        takeBack(written)
        return [isThere(path)]
      }
      written.push(join(folder, path))
    }
    return []
  } catch (error) {
    takeBack(written)
    return [unusable(folder, error)]
  }
}

/** False when somebody else has put a file there meanwhile. */
function placeNew(path: string, contents: string | Uint8Array): boolean {
  mkdirSync(dirname(path), { recursive: true })
  // A build takes no such name for a file of the site.
  const stage = join(dirname(path), `.${randomUUID()}.imprimatur`)
  try {
    writeFileSync(stage, contents, { flag: 'wx' })
    // A link, and no rename: that would take the place of a file that has come meanwhile.
    link(stage, path, contents)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(stage, { force: true })
  }
}

/** Some file systems have no links. */
function link(stage: string, path: string, contents: string | Uint8Array): void {
  try {
    linkSync(stage, path)
  } catch (error) {
    if (
      !['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EMLINK'].includes(
        (error as NodeJS.ErrnoException).code ?? '',
      )
    )
      throw error
    writeFileSync(path, contents, { flag: 'wx' })
  }
}

function takeBack(paths: readonly string[]): void {
  for (const path of paths) rmSync(path, { force: true })
}
