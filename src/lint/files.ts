import { readdirSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { diagnostic } from '../core/diagnostic.ts'
import type { Diagnostic, Result } from '../core/types.ts'
import { unreadable } from '../core/source.ts'
import { isPage } from '../document/formats.ts'

/**
 * The pages that are meant by files and folders, as paths from `root`, sorted. In a folder: Markdown, EJS and HTML, not in
 * `node_modules` or in what begins with a dot, and nothing that an ignore pattern meets. A file that is named is always meant,
 * unless a pattern meets it.
 */
export function findPages(
  root: string,
  paths: readonly string[],
  { ignore, output }: { readonly ignore: readonly string[]; readonly output: string },
): Result<readonly string[]> {
  const diagnostics: Diagnostic[] = []
  const patterns = ignore.map(globPattern)
  const ignored = (path: string) => patterns.some(pattern => pattern.test(path))
  const found = new Set<string>()
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '.' ? entry.name : `${folder}/${entry.name}`
      if (entry.name.startsWith('.') || entry.name === 'node_modules' || path === output || ignored(path))
        continue
      if (entry.isDirectory()) walk(path)
      else if (isPage(entry.name)) found.add(path)
    }
  }
  for (const given of paths) {
    const path = relative(root, resolve(root, given)).split(sep).join('/') || '.'
    try {
      if (statSync(join(root, path)).isDirectory()) walk(path)
      else if (!ignored(path)) found.add(path)
    } catch (error) {
      diagnostics.push(unreadable(path, error))
    }
  }
  if (found.size === 0 && diagnostics.length === 0 && paths.length > 0 && patterns.length === 0) {
    const hint = 'name a file, or a folder with Markdown, EJS or HTML in it'
    diagnostics.push(diagnostic('lint/path', `There is no page in ${paths.join(', ')}`, { hint }))
  }
  return { value: [...found].toSorted(), diagnostics }
}

/** A pattern of paths: `**` stands for any folders, `*` and `?` for what a name may have, `{a,b}` for either. */
export function globPattern(glob: string): RegExp {
  let depth = 0
  const source = glob.replace(/^\.\//, '').replace(/\*\*\/|\/\*\*$|\*\*|[*?{},]|[^\w/]/g, part => {
    if (part === '**/') return '(?:[^/]+/)*'
    if (part === '/**') return '(?:/.*)?'
    if (part === '**') return '.*'
    if (part === '*') return '[^/]*'
    if (part === '?') return '[^/]'
    if (part === '{') return depth++ >= 0 ? '(?:' : ''
    if (part === '}') return depth-- > 0 ? ')' : '\\}'
    if (part === ',') return depth > 0 ? '|' : ','
    return part.replace(/[.+^$()|[\]\\]/, '\\$&')
  })
  return new RegExp(`^${source}${')'.repeat(Math.max(0, depth))}(?:/.*)?$`)
}
