import { diagnostic } from '../core/diagnostic.ts'
import type { Diagnostic } from '../core/types.ts'
import type { Document } from '../document/document.ts'
import { languageOf, type Language } from '../document/language.ts'

interface SiteLanguage {
  /** The language of a page that names none. */
  readonly lang: string
}

/** The language of a page, if there are rules for it. */
export const pageLanguage = (document: Document, { lang }: SiteLanguage): Language | undefined =>
  languageOf(document.lang ?? lang)

/** Of a page in a language without rules: that nothing was looked at, which is no fault of the page. */
export function withoutRules(document: Document, settings: SiteLanguage): readonly Diagnostic[] {
  const { file, frontMatter, lang, diagnostics } = document
  if (diagnostics.length > 0 || pageLanguage(document, settings)) return []
  const message = `No rule knows the language “${lang ?? settings.lang}”: the text is left as it is`
  const hint = 'there are rules for English and Russian; lang in front matter says which of them it is'
  const span = lang === undefined ? ([0, 0] as const) : frontMatter.span('lang', 'value')
  return [diagnostic('lint/no-rules', message, { hint, file, span })]
}
