import type { Config } from '../../config/config.ts'
import { readSource } from '../../core/read-file.ts'
import type { SourceFile } from '../../core/types.ts'
import { listLayouts } from '../../document/find-sources.ts'
import { partsIn, partSource } from '../../theme/parts.ts'

/** The templates that a site's pages may be laid out with: its own, and those of its theme that none of them replaces. */
export function siteTemplates(config: Config): readonly SourceFile[] {
  const { root, dirs, theme } = config
  const own = listLayouts(config).filter(path => path.endsWith('.ejs'))
  const replaced = new Set(own.map(path => path.slice(dirs.layouts.length + 1)))
  const parts = theme ? partsIn('layouts') : []
  return [
    ...own.map(path => readSource(root, path).value ?? { path, text: '' }),
    ...parts.flatMap(part => (replaced.has(part.slice('layouts/'.length)) ? [] : (partSource(part) ?? []))),
  ]
}
