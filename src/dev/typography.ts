import type { Config } from '../config/config.ts'
import { lintSource } from '../lint/lint.ts'
import type { Diagnostic, SourceFile } from '../core/types.ts'
import type { SetPage } from '../document/markdown.ts'
import { createComposition, type Manuscript } from '../build/typesetting.ts'

/** Typography for somebody who is writing: the same text as a build’s, and every place where it is badly set. */
export interface Proofreader {
  /** What is wrong with the configuration. */
  readonly diagnostics: readonly Diagnostic[]
  setPage(file: SourceFile, page: Manuscript, how: { readonly inPlace: boolean }): SetPage
  setText(text: string, lang: string): string
  /** What a reader of the page would see badly set. */
  findings(file: SourceFile, page: Manuscript): readonly Diagnostic[]
}

export function createProofreader(config: Config): Proofreader {
  const { build } = config
  const { diagnostics: unknown, settings, setPage, setText } = createComposition(config)
  const withheld = new Map<string, readonly Diagnostic[]>()
  return {
    diagnostics: unknown,
    setText,
    setPage: (file, { lang, typography = build.typography }, { inPlace }) =>
      typography === 'fix'
        ? setPage(file, lang, { inPlace, say: words => void withheld.set(file.path, words) })
        : { file },
    findings(file, { lang, typography = build.typography }) {
      if (typography === 'off') return []
      if (typography === 'fix') return withheld.get(file.path) ?? []
      const found = lintSource(file, settings(lang))
      return typography === 'warn' ? found.map(asWarning) : found.map(asError)
    },
  }
}

/** As a build has it: with `error`, one badly set place stops it; else none does. */
const asError = (found: Diagnostic): Diagnostic => reweighed(found, 'error')

const asWarning = (found: Diagnostic): Diagnostic =>
  found.severity === 'error' ? reweighed(found, 'warning') : found

const reweighed = (
  { code, message, hint, file, span, fix }: Diagnostic,
  severity: Diagnostic['severity'],
): Diagnostic => ({ code, severity, message, hint, file, span, fix })
