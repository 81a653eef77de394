import type { Diagnostic, SourceFile } from '../core/types.ts'
import { fixSource } from './fix.ts'
import { lintSource, type LintSettings } from './lint.ts'

export interface LintedPage {
  /** What is to be reported: in `fix` of the page as it is then, in `diff` what a fix would leave. */
  readonly diagnostics: readonly Diagnostic[]
  /** The page itself when there was nothing to set. */
  readonly fixed: SourceFile
}

/** Lints a page and, unless it is only reported, sets it. Nothing is written. */
export function lintPage(
  file: SourceFile,
  settings: LintSettings,
  mode: 'report' | 'fix' | 'diff',
): LintedPage {
  const found = lintSource(file, settings)
  if (mode === 'report') return { diagnostics: found, fixed: file }
  const { value: fixed = file, diagnostics: left } = fixSource(file, found)
  if (mode === 'diff') return { diagnostics: [...found.filter(({ fix }) => !fix?.safe), ...left], fixed }
  const after = fixed.text === file.text ? found : lintSource(fixed, settings)
  return { diagnostics: [...after, ...left], fixed }
}
