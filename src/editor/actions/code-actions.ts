import { append } from '../../core/lists/long-lists.ts'
import type { CodeAction, Range } from 'vscode-languageserver'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { Diagnostic, Edit, SourceFile } from '../../core/types.ts'
import { provenFixes, safeEdits } from '../../lint/fix.ts'
import { rangeOf, spanOf, textEdits, touches } from '../positions.ts'
import { CodeActionKind, FIX_ALL } from '../protocol.ts'
import { ruleOff, type ClientAbilities } from './rule-off.ts'
import { suppression } from './suppress.ts'
import type { Workspace } from '../site/workspace.ts'

/** A text that is open, as it is now, and the site that it belongs to. */
export interface OpenText {
  readonly document: TextDocument
  readonly file: SourceFile
  readonly workspace: Workspace
}

/** What can be done at a place of a page. Everything is found in the text as it is now, never in older findings. */
export function codeActions(
  page: OpenText,
  range: Range,
  { only, abilities }: { only: readonly string[] | undefined; abilities: ClientAbilities },
): CodeAction[] {
  const wants = (kind: string) =>
    only === undefined || only.some(each => kind === each || kind.startsWith(`${each}.`))
  const found = page.workspace.typography.lint(page.file)
  const actions: CodeAction[] = []
  if (wants(CodeActionKind.QuickFix)) {
    const here = found.filter(({ span }) => span && touches(span, spanOf(page.document, range)))
    append(
      actions,
      here.flatMap(each => fixesOf(page, each)),
    )
    for (const code of new Set(here.map(each => each.code))) append(actions, allOfRule(page, found, code))
    append(
      actions,
      here.flatMap(each => leftAlone(page, each)),
    )
    for (const code of new Set(here.map(each => each.code))) append(actions, turnedOff(page, code, abilities))
  }
  if (wants(FIX_ALL)) {
    const edits = fixAll(page)
    if (edits.length > 0)
      actions.push({ title: 'Set everything that is safe', kind: FIX_ALL, edit: edit(page, edits) })
  }
  return actions
}

/** The edits of all safe fixes that together leave a page saying what it says. */
export function fixAll({ file, workspace }: OpenText): readonly Edit[] {
  const { made } = provenFixes(file, workspace.typography.lint(file))
  return safeEdits(made)
}

function fixesOf(page: OpenText, found: Diagnostic): CodeAction[] {
  const { fix, message, code } = found
  if (!fix) return []
  const edits = fix.safe ? safeEdits(provenFixes(page.file, [found]).made) : fix.edits
  if (edits.length === 0) return []
  const title = fix.safe ? `Set it: ${message}` : `Change it: ${message} (${code}; look at it afterwards)`
  const diagnostics = [{ range: rangeOf(page.document, found.span ?? [0, 0]), message, code }]
  return [
    { title, kind: CodeActionKind.QuickFix, isPreferred: fix.safe, diagnostics, edit: edit(page, edits) },
  ]
}

function allOfRule(page: OpenText, found: readonly Diagnostic[], code: string): CodeAction[] {
  const { made } = provenFixes(
    page.file,
    found.filter(each => each.code === code),
  )
  if (made.length < 2) return []
  const title = `Set all ${made.length} of ${code} in this page`
  return [{ title, kind: CodeActionKind.QuickFix, edit: edit(page, safeEdits(made)) }]
}

/** What stands in a comment until the author has put the reason there. */
const REASON = 'say why'

function leftAlone(page: OpenText, found: Diagnostic): CodeAction[] {
  const { typography, config } = page.workspace
  const comment = suppression(page.file, found, REASON, { lint: typography.lint, markdown: config.markdown })
  if (!comment) return []
  const title = `Leave this place alone (${found.code})`
  return [{ title, kind: CodeActionKind.QuickFix, edit: edit(page, [comment]) }]
}

/** What is in no file yet has no site that could be configured. */
const turnedOff = ({ document, workspace }: OpenText, code: string, abilities: ClientAbilities) =>
  document.uri.startsWith('file:') ? ruleOff(workspace, code, abilities) : []

const edit = ({ document }: OpenText, edits: readonly Edit[]) => ({
  changes: { [document.uri]: textEdits(document, edits) },
})
