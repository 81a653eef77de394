import type { SourceFile } from '../../core/types.ts'
import type { Document } from '../../document/document.ts'
import type { Language } from '../../document/language.ts'
import { opaqueParts } from '../../document/opaque/opaque-parts.ts'
import type { LintSettings } from '../lint-settings.ts'
import type { Segment } from '../parse/cells.ts'
import { captionSegments } from '../parse/captions.ts'
import { frontMatterSegments } from '../parse/front-matter-segments.ts'
import { findProse, type PageProse } from '../parse/page-prose.ts'
import type { Rule } from '../rules/rule.ts'
import { isEnabled, ruleSet, type RuleSet } from '../rules/rule-set.ts'
import { Suppressions } from '../suppression.ts'

/** Undefined when no rule knows it. */
export type Lang = Language | undefined

/** The rule whose level says whether front matter is set. */
export const FRONT_MATTER = 'imprimatur/front-matter'
/** The rule whose level says whether captions are. */
export const CAPTION = 'imprimatur/caption'

/** A document, in a language, under settings, with the rules that these name. */
export interface PageToLint {
  readonly document: Document
  readonly file: SourceFile
  readonly settings: LintSettings
  readonly lang: Lang
  readonly rules: RuleSet
  enabled(rule: string, lang: Language | undefined): boolean
  rule(code: string): Rule
}

export function readPage(document: Document, settings: LintSettings, lang: Lang): PageToLint {
  const rules = ruleSet(settings.ownRules)
  return {
    document,
    file: document.file,
    settings,
    lang,
    rules,
    enabled: (code, inLanguage) => isEnabled(code, { rules, levels: settings.rules, lang: inLanguage }),
    rule: code => rules.byCode.get(code) as Rule,
  }
}

/** The prose of a page: segments of one language each, made of cells that know their place in the source. */
export interface ParsedText {
  readonly text: PageProse
  /** What of the front matter is set. */
  readonly head: readonly Segment[]
  /** What is set of captions. */
  readonly captions: readonly Segment[]
  readonly suppressions: Suppressions
}

export function parsePage({ document, settings, lang, rules, enabled }: PageToLint): ParsedText {
  const opaque = opaqueParts(document, settings.opaque)
  const text = findProse(document, { lang, opaque, extend: settings.markdown })
  return {
    text,
    captions: enabled(CAPTION, lang) ? captionSegments(text.prose.figures, { lang, opaque }) : [],
    head: enabled(FRONT_MATTER, lang) ? frontMatterSegments(document, { lang, own: settings.opaque }) : [],
    suppressions: new Suppressions(document.file, text.prose.comments, rules.codes),
  }
}
