import { join } from 'node:path'
import { realPathBelow, writeSource } from '../../core/files.ts'
import { readRegularFile } from '../../core/read-file.ts'
import { reason } from '../../core/source.ts'
import type { Diagnostic, SourceFile } from '../../core/types.ts'
import { applyEdits, fixSource } from '../../lint/fix.ts'
import { fixId, versionOf, type PageReview } from './page-review.ts'
import type { RequestRefusal } from './refusal.ts'

/** What a page asks to have fixed in its source. */
export interface WantedFixes {
  /** The source, relative to the root. */
  readonly source: string
  /** `versionOf` the text that the fixes were proposed for. */
  readonly version: string
  /** `fixId`s. */
  readonly fixes: readonly string[]
}

interface PagesFolder {
  readonly root: string
  /** Relative to the root. */
  readonly pages: string
}

interface Written {
  readonly before: SourceFile
  readonly after: SourceFile
}

/** Writes fixes into the sources of pages, and takes them back, the last one first. */
export interface SourceFixes {
  /** Writes what `lint --fix` would make of the source with these findings alone. */
  fix(
    review: PageReview,
    wanted: WantedFixes,
  ): RequestRefusal | { readonly fixed: number; readonly left: number }
  /** Takes back the last write to a source, unless something else has been written since. */
  undo(source: string): RequestRefusal | { readonly undone: number }
  /** How many writes to a source can be taken back. */
  undoable(source: string): number
}

/** So many writes of all sources are remembered. */
const MOST_REMEMBERED = 500

const isPage = ({ root, pages }: PagesFolder, source: string) =>
  realPathBelow(join(root, pages), join(root, source)) !== undefined

export function createSourceFixes(folderOf: () => PagesFolder | undefined): SourceFixes {
  const written: Written[] = []
  const write = (before: SourceFile, after: SourceFile): RequestRefusal | undefined => {
    const folder = folderOf()
    if (!folder || !isPage(folder, before.path))
      return { status: 403, sentence: `${before.path} is not in the folder of pages.` }
    const [unwritten] = writeSource(folder.root, before, after)
    return unwritten && { status: 409, sentence: `${unwritten.message}; ${unwritten.hint}.` }
  }
  return {
    fix(review, { source, version, fixes }) {
      const { source: before, findings } = review
      if (source !== before.path)
        return { status: 403, sentence: `${source} is not the source of this page.` }
      if (version !== versionOf(before))
        return { status: 409, sentence: 'The source has changed since this was proposed.' }
      const proposed = new Map(findings.flatMap(each => (each.fix ? [[fixId(each), each] as const] : [])))
      const chosen = [...new Set(fixes)].map(id => proposed.get(id))
      if (chosen.length === 0 || !chosen.every(each => each !== undefined))
        return { status: 422, sentence: 'The linter does not propose this.' }
      const after = fixed(before, chosen)
      if ('sentence' in after) return after
      const refused = write(before, after.file)
      if (refused) return refused
      written.push({ before, after: after.file })
      if (written.length > MOST_REMEMBERED) written.shift()
      return { fixed: chosen.length - after.left, left: after.left }
    },
    undo(source) {
      const at = written.findLastIndex(({ after }) => after.path === source)
      const last = written[at]
      if (!last) return { status: 404, sentence: 'There is nothing to undo.' }
      const { root } = folderOf() ?? { root: '' }
      const now = textOf(join(root, source))
      if (now !== last.after.text)
        return { status: 409, sentence: `${source} has changed since; undo it in your editor.` }
      const refused = write(last.after, last.before)
      if (refused) return refused
      written.splice(at, 1)
      return { undone: 1 }
    },
    undoable: source => written.filter(({ after }) => after.path === source).length,
  }
}

/** What is safe is proven harmless together; what is not is made alone, since somebody looks at it. */
function fixed(
  before: SourceFile,
  chosen: readonly Diagnostic[],
): RequestRefusal | { readonly file: SourceFile; readonly left: number } {
  if (chosen.some(({ fix }) => !fix?.safe)) {
    const [only, ...others] = chosen
    return others.length === 0
      ? { file: { ...before, text: applyEdits(before.text, only?.fix?.edits ?? []) }, left: 0 }
      : { status: 422, sentence: 'What is not safe is fixed one by one.' }
  }
  const { value: file = before, diagnostics } = fixSource(before, chosen)
  return file.text === before.text
    ? { status: 422, sentence: 'With this fix the page would say something else; set it by hand.' }
    : { file, left: diagnostics.length }
}

function textOf(path: string): string {
  try {
    return readRegularFile(path).toString('utf8')
  } catch (error) {
    return reason(error)
  }
}
