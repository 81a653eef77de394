import type { Position, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver'
import type { Edit, SourceFile } from '../../core/types.ts'
import { applyEdits } from '../../lint/fix.ts'
import type { OpenText } from '../actions/code-actions.ts'
import { headingAt, linkAt } from '../navigation.ts'
import { documentOf, rangeOf, textEdits, uriOf } from '../positions.ts'
import { writtenHeadings, type WrittenHeading } from '../site/site-index.ts'

interface NamedHeading {
  readonly file: SourceFile
  readonly heading: WrittenHeading
}

/** The heading that is meant at a place: that which stands there, or that which the link there leads to. */
function meantHeading(page: OpenText, at: number): NamedHeading | undefined {
  const { workspace, file } = page
  const own = headingAt(page, at)
  if (own) return { file, heading: own }
  const link = linkAt(page, at)
  const target = link && workspace.site?.read(link.target.source)
  const heading = target && workspace.site?.headings(target).find(({ id }) => id === link.fragment)
  return target && heading && { file: target, heading }
}

/** What would be renamed at a place; nothing where there is no heading, and no link to one. */
export function renamable(
  page: OpenText,
  position: Position,
): { range: Range; placeholder: string } | undefined {
  const at = page.document.offsetAt(position)
  const meant = meantHeading(page, at)
  if (!meant) return undefined
  const link = meant.file === page.file ? undefined : linkAt(page, at)
  const { span } = meant.heading
  return {
    range: rangeOf(page.document, link?.span ?? span),
    placeholder: meant.file.text.slice(...span),
  }
}

/**
 * Gives a heading other words, and every link to it, and to those below whose ids change with it, the new id. Undefined when it would be a
 * heading no more.
 */
export function renameHeading(page: OpenText, position: Position, words: string): WorkspaceEdit | undefined {
  const { workspace, document } = page
  const { site, root, config } = workspace
  const meant = meantHeading(page, document.offsetAt(position))
  if (!meant || /[\r\n]/.test(words) || words.trim() === '') return undefined
  const { file, heading } = meant
  const rename: Edit = { span: heading.span, text: words.trim() }
  const after = { ...file, text: applyEdits(file.text, [rename]) }
  const [old, fresh] = [file, after].map(each => writtenHeadings(each, config.markdown))
  if (!old || old.length !== fresh?.length) return undefined
  const ids = new Map(old.flatMap(({ id }, i) => (fresh[i] && fresh[i].id !== id ? [[id, fresh[i].id]] : [])))
  const edits = new Map<string, Edit[]>([[file.path, [rename]]])
  for (const link of site?.allLinks() ?? []) {
    const id = link.target.source === file.path ? ids.get(link.fragment) : undefined
    if (id === undefined) continue
    const hash = link.address.indexOf('#') + 1
    const written = link.address.slice(hash).includes('%') ? encodeURIComponent(id) : id
    const edit: Edit = { span: [link.span[0] + hash, link.span[1]], text: written }
    edits.set(link.file.path, [...(edits.get(link.file.path) ?? []), edit])
  }
  return { changes: changesOf(root, edits, path => (path === file.path ? file : site?.read(path))) }
}

/** The edits of several files as an editor takes them. */
export function changesOf(
  root: string,
  edits: ReadonlyMap<string, readonly Edit[]>,
  read: (path: string) => SourceFile | undefined,
): Record<string, TextEdit[]> {
  return Object.fromEntries(
    [...edits].flatMap(([path, some]) => {
      const file = read(path)
      return file && some.length > 0 ? [[uriOf(root, path), textEdits(documentOf(file), some)]] : []
    }),
  )
}
