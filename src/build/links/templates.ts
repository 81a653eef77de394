import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../config/config.ts'
import { readSource } from '../../core/read-file.ts'
import type { SourceFile } from '../../core/types.ts'
import { partsIn, partSource } from '../../theme/parts.ts'

/** The templates that a site's pages may be laid out with: its own, and those of its theme that none of them replaces. */
export function siteTemplates({ root, dirs, theme }: Config): readonly SourceFile[] {
  const own = templatesBelow(root, dirs.layouts)
  const replaced = new Set(own.map(path => path.slice(dirs.layouts.length + 1)))
  const parts = theme ? partsIn('layouts') : []
  return [
    ...own.map(path => readSource(root, path).value ?? { path, text: '' }),
    ...parts.flatMap(part => (replaced.has(part.slice('layouts/'.length)) ? [] : (partSource(part) ?? []))),
  ]
}

/** The templates of a folder and those below it, from the root; none when there is no such folder. */
function templatesBelow(root: string, dir: string): readonly string[] {
  try {
    return readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ejs'))
      .map(name => `${dir}/${name.replaceAll('\\', '/')}`)
      .toSorted()
  } catch {
    return []
  }
}
