import { append } from '../core/lists/long-lists.ts'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { isWithin, pathBelow } from '../config/site-root.ts'
import type picomatchOf from 'picomatch'
import { diagnostic } from '../core/diagnostic.ts'
import type { Diagnostic, Result } from '../core/types.ts'
import { statTarget } from '../core/read-file.ts'
import { unreadable } from '../core/source.ts'
import { listFiles } from '../document/find-sources.ts'
import { isPage } from '../document/formats.ts'
import { realPath } from '../document/place/links.ts'

const require = createRequire(import.meta.url)

interface FindOptions {
  readonly ignore: readonly string[]
  readonly output: string
  /** Links below folders of the root are followed within this folder only. Its real path. */
  readonly within?: string | undefined
}

/**
 * The pages that are meant by files and folders, as paths from `root`, sorted. In a folder: what a build takes for a page, and
 * nothing that the ignore patterns meet. A file that is named is always meant, unless they meet it.
 */
export function findPages(
  root: string,
  paths: readonly string[],
  { ignore, output, within }: FindOptions,
): Result<readonly string[]> {
  const diagnostics: Diagnostic[] = []
  const isIgnored = ignoring(ignore)
  const found = new Set<string>()
  for (const given of paths) {
    const path = pathBelow(root, resolve(root, given)) || '.'
    try {
      if (statTarget(join(root, path)).isDirectory()) {
        const below = listFiles(root, path, {
          isSkipped: each => each === output,
          // One that is named is looked into.
          without: isWithin(output, path) ? undefined : realPath(join(root, output)),
          within: path.startsWith('..') ? undefined : within,
        })
        append(diagnostics, below.diagnostics)
        for (const each of below.value ?? []) {
          const page = path === '.' ? each : `${path}/${each}`
          if (isPage(page) && !isIgnored(page)) found.add(page)
        }
      } else if (!isIgnored(path)) found.add(path)
    } catch (error) {
      diagnostics.push(unreadable(path, error))
    }
  }
  if (found.size === 0 && diagnostics.length === 0 && paths.length > 0 && ignore.length === 0) {
    const hint = 'name a file, or a folder with Markdown, EJS or HTML in it'
    diagnostics.push(diagnostic('lint/path', `There is no page in ${paths.join(', ')}`, { hint }))
  }
  return { value: [...found].toSorted(), diagnostics }
}

/** Whether a path from the root meets one of these patterns, each of which is picomatch's. */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const picomatch = require('picomatch') as typeof picomatchOf
  return picomatch(patterns.map(plainPattern), { dot: true })
}

const plainPattern = (pattern: string) => pattern.replace(/^(?:\.?\/)+|(?<!\/)\/+$/g, '')

/**
 * Whether a path from the root, or a folder that it lies in, meets the patterns (picomatch's: `**`, `*`, `[ab]`, `{a,b}`, `!(a)`).
 * The last one that meets it decides, and `!` before a pattern takes it back, as in .gitignore.
 */
export function ignoring(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false
  const picomatch = require('picomatch') as typeof picomatchOf
  const rules = patterns.map(written => {
    const isNegated = /^!(?!\()/.test(written)
    const pattern = plainPattern(written.slice(isNegated ? 1 : 0))
    return { isNegated, matches: picomatch(pattern, { dot: true }) }
  })
  return path => {
    const folders = [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index))
    const last = rules.findLast(({ matches }) => [path, ...folders].some(each => matches(each)))
    return last !== undefined && !last.isNegated
  }
}
