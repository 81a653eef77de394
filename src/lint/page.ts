import type { Diagnostic, SourceFile } from '../model.ts'
import { fixSource } from './mend.ts'
import { lintSource, type Settings } from './lint.ts'

export interface SetPage {
  /** What is to be reported: in `fix` of the page as it is then, in `diff` what a fix would leave. */
  readonly diagnostics: readonly Diagnostic[]
  /** The page itself when there was nothing to set, or when it has to be left alone. */
  readonly fixed: SourceFile
}

/** Lints a page and, unless it is only reported, sets it. Nothing is written. */
export function setPage(file: SourceFile, settings: Settings, mode: 'report' | 'fix' | 'diff'): SetPage {
  const found = lintSource(file, settings)
  if (mode === 'report') return { diagnostics: found, fixed: file }
  const { value: fixed = file, diagnostics: left } = fixSource(file, found)
  if (left.length > 0) return { diagnostics: [...found, ...left], fixed: file }
  if (mode === 'diff') return { diagnostics: found.filter(({ fix }) => !fix?.safe), fixed }
  return { diagnostics: fixed === file ? found : lintSource(fixed, settings), fixed }
}
