import type { Config } from '../config.ts'
import { applyEdits, safeEdits } from '../lint/mend.ts'
import { lintSource, type Settings } from '../lint/lint.ts'
import { setPage } from '../lint/page.ts'
import type { Diagnostic, SourceFile, Typography } from '../model.ts'
import { FRONT_MATTER, unknownRules } from './typography.ts'

/** A page, as far as its typography goes. */
interface Manuscript {
  readonly lang: string
  readonly typography?: Typography | undefined
}

/** Typography for somebody who is writing: the same text as a build’s, and every place where it is badly set. */
export interface Proofreader {
  /** What is wrong with the configuration. */
  readonly diagnostics: readonly Diagnostic[]
  setPage(file: SourceFile, page: Manuscript): SourceFile
  setText(text: string, lang: string): string
  /** What a reader of the page would see badly set. */
  findings(file: SourceFile, page: Manuscript): readonly Diagnostic[]
}

/** Titles come again with every page and every change. */
const MOST_TEXTS = 100_000

export function createProofreader({ build, lint }: Config): Proofreader {
  const rules = { ...lint.rules, [FRONT_MATTER]: 'off' as const }
  const settings = (lang: string): Settings => ({ lang, noBreakSpace: lint.noBreakSpace, rules })
  const texts = new Map<string, string>()
  return {
    diagnostics: unknownRules(lint.rules),
    setPage: (file, { lang, typography = build.typography }) =>
      typography === 'fix' ? setPage(file, settings(lang), 'fix').fixed : file,
    setText(text, lang) {
      const key = `${lang} ${text}`
      let set = texts.get(key)
      if (set === undefined) {
        const found = lintSource(
          { path: 'text.html', text },
          { ...settings(lang), noBreakSpace: 'character' },
        )
        if (texts.size >= MOST_TEXTS) texts.clear()
        texts.set(key, (set = applyEdits(text, safeEdits(found))))
      }
      return set
    },
    findings(file, { lang, typography = build.typography }) {
      if (typography === 'off') return []
      if (typography === 'fix') {
        const { diagnostics } = setPage(file, settings(lang), 'fix')
        return diagnostics.filter(({ code }) => code === 'lint/left-alone')
      }
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
