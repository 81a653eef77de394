import { fix, lint, type Diagnostic, type LintSettings, type SourceFile } from '../../index.ts'

export interface LintedText {
  /** What is to be reported: in `fix` of the text as it is then, in `diff` what a fix would leave. */
  readonly diagnostics: readonly Diagnostic[]
  /** The file itself when there was nothing to set. */
  readonly fixed: SourceFile
}

/** Lints a text and, unless it is only reported, sets it: what is asked for, if not all. Nothing is written. */
export async function lintText(
  file: SourceFile,
  settings: LintSettings,
  mode: 'report' | 'fix' | 'diff',
  isMeant: (found: Diagnostic) => boolean = () => true,
): Promise<LintedText> {
  const found = (await lint([file], settings)).filter(isMeant)
  if (mode === 'report') return { diagnostics: found, fixed: file }
  const { value: fixed = file, diagnostics: left } = await fix(file, found)
  if (mode === 'diff') return { diagnostics: [...found.filter(({ fix: by }) => !by?.safe), ...left], fixed }
  const after = fixed.text === file.text ? found : (await lint([fixed], settings)).filter(isMeant)
  return { diagnostics: [...after, ...left], fixed }
}
