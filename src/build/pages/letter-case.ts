import { diagnostic } from '../../core/diagnostic.ts'
import { foldersAbove } from '../../core/text/folders.ts'
import type { Diagnostic } from '../../core/types.ts'
import { fieldAt } from '../../document/place/folder-defaults.ts'
import type { PathClaim } from './path-claims.ts'
import type { SitePage } from './site-page.ts'

/** What file systems without case, such as those of macOS and Windows, take for one name. */
const foldCase = (name: string) => name.normalize('NFC').toLowerCase()

/** In ASCII without capitals. */
const PLAIN = /^[ -@[-~]*$/

const isFolded = (name: string) => PLAIN.test(name) || foldCase(name) === name

/** A path, and every folder above it. */
function* partsOf(path: string): Generator<string> {
  yield* foldersAbove(path)
  yield path
}

/** What those of these paths, and of the folders above them, are called without case that are called otherwise. */
export function foldedForms(claims: readonly PathClaim[]): ReadonlySet<string> {
  const forms = new Set<string>()
  for (const { path } of claims) {
    if (isFolded(path)) continue
    for (const part of partsOf(path)) if (!isFolded(part)) forms.add(foldCase(part))
  }
  return forms
}

/** Whether a path may be alike to one of those that have these `foldedForms`: of two that differ in case alone, one is not folded. */
export function mayBeAlike(path: string, forms: ReadonlySet<string>): boolean {
  if (!isFolded(path)) return true
  if (forms.size === 0) return false
  for (const part of partsOf(path)) if (forms.has(part)) return true
  return false
}

/** Warns of files and folders of the site that a file system without case cannot hold both; `forms` are their `foldedForms`. */
export function pathsAlike(all: readonly PathClaim[], forms = foldedForms(all)): readonly Diagnostic[] {
  const claims = all.filter(({ path }) => mayBeAlike(path, forms))
  const found: Diagnostic[] = []
  const known = new Map<string, { readonly path: string; readonly source: string }>()
  /** The names among `known`, as they are written. */
  const first = new Set<string>()
  for (const { path, source } of claims) {
    for (const part of partsOf(path)) {
      if (first.has(part)) continue
      const folded = foldCase(part)
      const other = known.get(folded)
      if (other) {
        found.push(alike({ path: part, source }, other))
        // What is below differs by this part.
        break
      }
      first.add(part)
      known.set(folded, { path: part, source })
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
export function tagsAlike(
  tags: ReadonlyMap<string, readonly SitePage[]>,
  root: string,
): readonly Diagnostic[] {
  const known = new Map<string, [tag: string, pages: readonly SitePage[]]>()
  const found: Diagnostic[] = []
  for (const [tag, pages] of tags) {
    const other = known.get(foldCase(tag))
    known.set(foldCase(tag), other && other[1].length >= pages.length ? other : [tag, pages])
    if (!other) continue
    const [[common], [rare, [page]]] =
      other[1].length >= pages.length ? [other, [tag, pages]] : [[tag], other]
    const message = `The tags “${common}” and “${rare}” differ only in case, and have a list each`
    const hint = 'write one of them everywhere'
    const at = page && fieldAt(root, page.source, 'tags')
    found.push(diagnostic('route/case', message, { hint, ...at }))
  }
  return found
}
