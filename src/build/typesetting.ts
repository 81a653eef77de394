import type { Config } from '../config/config.ts'
import { canTypesetInline, typesetInline } from '../lint/markdown-it-plugin.ts'
import { lintFragment, lintSource, type LintSettings } from '../lint/lint.ts'
import { applyEdits, fixSource, safeEdits } from '../lint/fix.ts'
import { unknownRules } from '../lint/rules/rule-codes.ts'
import type { Diagnostic, SourceFile, Typography } from '../core/types.ts'
import type { SetPage } from '../document/markdown.ts'

/** A page, as far as its typography goes. */
export interface Manuscript {
  readonly lang: string
  readonly typography?: Typography | undefined
}

/** How a site is set, whether it is built or shown to who writes it. */
export interface Composition {
  /** What is wrong with the configuration. */
  readonly diagnostics: readonly Diagnostic[]
  /** For a page in this language. */
  settings(lang: string): LintSettings
  /** A page as a reader is to have it. `say` is told which fixes were withheld, at once or when the page is rendered. */
  setPage(file: SourceFile, lang: string, how: { readonly inPlace: boolean; say: Say }): SetPage
  /** A title or other plain text or HTML, with no-break spaces as characters. */
  setText(text: string, lang: string): string
}

export type Say = (words: readonly Diagnostic[]) => void

/** Front matter is the linter's business: here only what the reader sees counts. */
export const FRONT_MATTER = 'imprimatur/front-matter'

/** Titles come again with every page, and with every change. */
const MOST_TEXTS = 100_000

export function createComposition({ build, lint, markdown }: Config): Composition {
  const rules = { ...lint.rules, [FRONT_MATTER]: 'off' as const }
  const { noBreakSpace, ownRules } = lint
  const settings = (lang: string): LintSettings => ({ lang, noBreakSpace, rules, ownRules, markdown })
  const texts = new Map<string, string>()
  const setAnew = (text: string, lang: string) => {
    const file = { path: 'text.html', text }
    return applyEdits(text, safeEdits(lintFragment(file, { ...settings(lang), noBreakSpace: 'character' })))
  }
  return {
    diagnostics: unknownRules(lint),
    settings,
    setPage(file, lang, { inPlace, say }) {
      // What added markup makes of text while it is read cannot be known: the page is set before, and read twice.
      if (inPlace && !markdown && canTypesetInline(file))
        return { file, readInline: state => say(typesetInline(state, file, settings(lang))) }
      const { value = file, diagnostics } = fixSource(file, lintSource(file, settings(lang)))
      say(diagnostics)
      return { file: value }
    },
    setText(text, lang) {
      if (build.typography === 'off') return text
      const key = `${lang} ${text}`
      const known = texts.get(key)
      if (known !== undefined) return known
      if (texts.size >= MOST_TEXTS) texts.clear()
      const set = setAnew(text, lang)
      texts.set(key, set)
      return set
    },
  }
}
