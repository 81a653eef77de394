import type { Config } from '../../config/config.ts'
import type { RuleDefinition } from '../../config/rule-definition.ts'
import { diagnostic, suggestion } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'

/** The codes of the rules, in the order in which they run (rules.ts): known without loading the rules. */
export const ruleCodes: ReadonlySet<string> = new Set([
  'imprimatur/long-dash',
  'imprimatur/double-hyphen',
  'ru/dash/main',
  'en-US/dash/main',
  'en-GB/dash/main',
  'imprimatur/foreign-quote',
  'common/punctuation/apostrophe',
  'imprimatur/leading-apostrophe',
  'common/punctuation/quote',
  'imprimatur/french-space',
  'ru/nbsp/year',
  'ru/nbsp/see',
  'ru/nbsp/rubleKopek',
  'ru/nbsp/ps',
  'ru/nbsp/page',
  'ru/nbsp/ooo',
  'ru/nbsp/mln',
  'ru/nbsp/initials',
  'ru/nbsp/dayMonth',
  'ru/nbsp/centuries',
  'ru/nbsp/afterNumberSign',
  'ru/nbsp/addr',
  'ru/nbsp/abbr',
  'imprimatur/initials',
  'imprimatur/title',
  'common/nbsp/dpi',
  'common/nbsp/beforeShortLastWord',
  'common/nbsp/beforeShortLastNumber',
  'imprimatur/label',
  'common/nbsp/afterNumber',
  'common/nbsp/afterShortWord',
  'common/nbsp/afterSectionMark',
  'common/nbsp/afterParagraphMark',
  'ru/nbsp/years',
  'ru/nbsp/m',
  'ru/nbsp/beforeParticle',
  'imprimatur/line-end',
  'imprimatur/unbalanced-quote',
  'imprimatur/minus-or-range',
  'imprimatur/homoglyph',
  'imprimatur/literal-star',
  'imprimatur/language',
  'imprimatur/front-matter',
])

/** With those of a configuration. */
export const knownCodes = (own: readonly RuleDefinition[]): ReadonlySet<string> =>
  own.length === 0 ? ruleCodes : new Set([...own.map(({ code }) => code), ...ruleCodes])

/** What to do about a rule that does not exist. */
export const unknownRuleHint = (code: string, known: ReadonlySet<string>): string =>
  `${suggestion(code, known)}imprimatur rules lists them all`

/** A configuration sets the level of rules that do not exist. */
export function unknownRules({ rules, ownRules }: Config['lint']): readonly Diagnostic[] {
  const known = knownCodes(ownRules)
  return Object.keys(rules)
    .filter(code => !known.has(code))
    .map(code =>
      diagnostic('config/rule', `lint.rules: there is no rule “${code}”`, {
        hint: unknownRuleHint(code, known),
      }),
    )
}
