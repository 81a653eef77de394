import type { Config } from '../../config/config.ts'
import type { Diagnostic, SourceFile, Typography } from '../../core/types.ts'
import type { SetPage } from '../../document/markdown.ts'
import { applyEdits, fixSource, safeEdits } from '../../lint/fix.ts'
import { lintFragment, lintSource } from '../../lint/lint.ts'
import type { LintSettings } from '../../lint/lint-settings.ts'
import { canTypesetInline, typesetInline } from '../../lint/markdown-it-plugin.ts'
import { setByBuild } from '../../lint/set-by-build.ts'
import { lintFaults, pageSettings } from '../../lint/settings.ts'

/** What typography needs of a page. */
export interface TypographyOf {
  readonly lang: string
  readonly typography?: Typography | undefined
}

/** What rendering needs of typography. */
export interface TextSetter {
  /** The page's text: fixed with `typography: fix`, else unchanged. `inPlace`: its source is the text that is rendered. */
  setPage(file: SourceFile, page: TypographyOf, how: { readonly inPlace: boolean }): SetPage
  /** A title or other plain text or HTML, with no-break spaces as characters. */
  setText(text: string, lang: string): string
}

/** The linter's rules, applied to what a site renders. */
export interface Typesetter extends TextSetter {
  /** Diagnostics about `lint.rules` so far. */
  readonly diagnostics: readonly Diagnostic[]
  /** What is badly set in the source of a page. */
  lint(file: SourceFile, lang: string): readonly Diagnostic[]
  /** Which of these findings of a page a build with `typography: fix` sets by itself. */
  setByBuild(file: SourceFile, lang: string, found: readonly Diagnostic[]): (each: Diagnostic) => boolean
  /** The fixes that were withheld, and the rules that failed, when the page of this source was last set; undefined when it was not. */
  withheld(source: string): readonly Diagnostic[] | undefined
}

/** Front matter is not rendered as it is written; only `imprimatur lint` checks it. */
export const FRONT_MATTER = 'imprimatur/front-matter'
/** A caption is set as text of its own. */
const CAPTION = 'imprimatur/caption'

/** The most titles that are cached: each is set again on every page that lists it. */
const MOST_TEXTS = 100_000

export function createTypesetter(config: Config): Typesetter {
  const { build, markdown } = config
  const settingsOf = pageSettings(config, { above: { [FRONT_MATTER]: 'off', [CAPTION]: 'off' } })
  const settings = (path: string, lang: string): LintSettings => ({ ...settingsOf(path), lang })
  const texts = new Map<string, string>()
  const withheld = new Map<string, readonly Diagnostic[]>()
  const setAnew = (text: string, lang: string) => {
    const file = { path: 'text.html', text }
    const found = lintFragment(file, { ...settings('', lang), noBreakSpace: 'character' })
    for (const failure of ruleFailures(found))
      if (!diagnostics.some(({ message }) => message === failure.message))
        diagnostics.push({ ...failure, file: undefined, span: undefined })
    return applyEdits(text, safeEdits(found))
  }
  const diagnostics = [...lintFaults(config)]
  return {
    diagnostics,
    lint: (file, lang) => lintSource(file, settings(file.path, lang)),
    setByBuild: (file, lang, found) =>
      setByBuild(file, settings(file.path, lang), {
        hasWithheld: found.some(({ isWithheld }) => isWithheld === true),
      }),
    withheld: source => withheld.get(source),
    setPage(file, { lang, typography = build.typography }, { inPlace }) {
      if (typography !== 'fix') return { file }
      // What added markup makes of text while it is read cannot be known: the page is set before, and read twice.
      if (inPlace && !markdown && canTypesetInline(file)) {
        const readInline: SetPage['readInline'] = state =>
          void withheld.set(file.path, typesetInline(state, file, settings(file.path, lang)))
        return { file, readInline }
      }
      const found = lintSource(file, settings(file.path, lang))
      const { value = file, diagnostics: unfixed } = fixSource(file, found)
      withheld.set(file.path, [...ruleFailures(found), ...unfixed])
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

/** The diagnostics about rules that failed or opaque patterns, not about the page's typography. */
export const ruleFailures = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.filter(({ code }) => code === 'lint/rule-failed' || code === 'lint/opaque')
