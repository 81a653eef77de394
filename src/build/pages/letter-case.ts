import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'
import { fieldAt } from '../../document/place/folder-defaults.ts'
import type { PathClaim } from './path-claims.ts'
import type { SitePage } from './site-page.ts'

/** What file systems without case, such as those of macOS and Windows, take for one name. */
const foldCase = (name: string) => name.normalize('NFC').toLowerCase()

/** In ASCII without capitals. */
const PLAIN = /^[ -@[-~]*$/

/** Whether a name is that which stands for all that differ from it in case alone. */
export const isFolded = (name: string): boolean => PLAIN.test(name) || foldCase(name) === name

/** Warns of files and folders of the site that a file system without case cannot hold both. */
export function pathsAlike(claims: readonly PathClaim[]): readonly Diagnostic[] {
  // Of two that differ in case alone, one is not folded.
  if (claims.every(({ path }) => isFolded(path))) return []
  const found: Diagnostic[] = []
  const known = new Map<string, { readonly path: string; readonly source: string }>()
  /** The names among `known`, as they are written. */
  const first = new Set<string>()
  for (const { path, source } of claims) {
    for (let end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
      const part = end < 0 ? path : path.slice(0, end)
      if (first.has(part)) {
        if (end < 0) break
        continue
      }
      const folded = foldCase(part)
      const other = known.get(folded)
      if (!other) {
        first.add(part)
        known.set(folded, { path: part, source })
      } else {
        found.push(alike({ path: part, source }, other))
        // What is below differs by this part.
        break
      }
      if (end < 0) break
    }
  }
  return found
}

function alike(one: PathClaim, other: PathClaim): Diagnostic {
  const message = `/${one.path} differs from /${other.path}, of ${other.source}, only in case`
  const hint = 'one of the two is lost where file names have no case, as on macOS and Windows: rename one'
  return diagnostic('route/case', message, { hint, file: { path: one.source, text: '' } })
}

/** Warns of tags that a reader takes for one: the rarer is reported, where it is written first. */
export function tagsAlike(tags: ReadonlyMap<string, readonly SitePage[]>, root: string): readonly Diagnostic[] {
  const known = new Map<string, [tag: string, pages: readonly SitePage[]]>()
  const found: Diagnostic[] = []
  for (const [tag, pages] of tags) {
    const other = known.get(foldCase(tag))
    known.set(foldCase(tag), other && other[1].length >= pages.length ? other : [tag, pages])
    if (!other) continue
    const [[common], [rare, [page]]] = other[1].length >= pages.length ? [other, [tag, pages]] : [[tag], other]
    const message = `The tags “${common}” and “${rare}” differ only in case, and have a list each`
    const hint = 'write one of them everywhere'
    const at = page && fieldAt(root, page.source, 'tags')
    found.push(diagnostic('route/case', message, { hint, ...at }))
  }
  return found
}
