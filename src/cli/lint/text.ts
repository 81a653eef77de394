import type { Diagnostic, SourceFile } from '../../core/types.ts'
import type { Document } from '../../document/document.ts'
import type { LintSettings } from '../../lint/lint-settings.ts'

export interface LintedText {
  /** What is to be reported of the text: in `fix` of the text as it is then, in `diff` what a fix would leave. */
  readonly diagnostics: readonly Diagnostic[]
  /** Of fixes that were not made, since the text would say something else with them. */
  readonly leftAlone: readonly Diagnostic[]
  /** The file itself when there was nothing to set. */
  readonly fixed: SourceFile
}

/** Lints a text and, unless it is only reported, sets it: what is asked for, if not all. Nothing is written. */
export async function lintText(
  document: Document,
  settings: LintSettings,
  mode: 'report' | 'fix' | 'diff',
  isMeant: (found: Diagnostic) => boolean = () => true,
): Promise<LintedText> {
  const { file } = document
  const { lintPage } = await import('../../lint/lint.ts')
  const found = lintPage(file, settings, document).filter(isMeant)
  if (mode === 'report') return { diagnostics: found, leftAlone: [], fixed: file }
  const { fixSource } = await import('../../lint/fix.ts')
  const { value: fixed, diagnostics: leftAlone } = fixSource(file, found)
  if (mode === 'diff') return { diagnostics: found.filter(({ fix: by }) => !by?.safe), leftAlone, fixed }
  const after = fixed.text === file.text ? found : lintPage(fixed, settings).filter(isMeant)
  return { diagnostics: after, leftAlone, fixed }
}
