import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'
import type { Document } from '../../document/document.ts'
import { languageOf, type Language } from '../../document/language.ts'
import { languageOfPage, type PageLanguage } from '../../document/page-language.ts'

interface SiteLanguage {
  /** The language of a page that names none. */
  readonly lang: string
}

/** The language of a page, if there are rules for it. */
export const pageLanguage = (document: Document, { lang }: SiteLanguage): Language | undefined =>
  ruledLanguage(languageOfPage(document, lang))

export const ruledLanguage = ({ tag, isKnown }: PageLanguage): Language | undefined =>
  isKnown ? languageOf(tag) : undefined

/** Of a page in a language without rules, or in nobody knows which: that nothing was looked at, which is no fault of the page. */
export function withoutRules(document: Document, page: PageLanguage): readonly Diagnostic[] {
  const { file, frontMatter, lang, diagnostics } = document
  if (diagnostics.length > 0 || ruledLanguage(page)) return []
  const { tag, isKnown } = page
  const message = isKnown
    ? `No rule knows the language “${tag}”: the text is left as it is`
    : `The letters of this page are not those of “${tag}”, and do not tell its language: it is left as it is, and its HTML says “${tag}”`
  const hint = isKnown
    ? 'lang in front matter says in which language a page is; the manual lists those that have rules'
    : 'say in which language it is: lang: xx in front matter'
  const span = lang === undefined ? ([0, 0] as const) : frontMatter.span('lang', 'value')
  return [diagnostic('lint/no-rules', message, { hint, file, span })]
}
