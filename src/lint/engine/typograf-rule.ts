import type { Language } from '../../document/language.ts'
import type { Replacement } from './pattern.ts'
import type { Rule } from '../rules/rule.ts'
import { replacementsOf } from './typograf.ts'

type TypografSettings = Readonly<Record<string, string | number>>

const usual: TypografSettings = {}

/**
 * One of Typograf's rules, under its own name: of what it would do, only what concerns the characters that it `writes`. `more` is
 * what it overlooks, `then` puts right what it undoes.
 */
export function typografRule(
  rule: Omit<Rule, 'run'>,
  more: readonly Replacement[] = [],
  then: readonly Replacement[] = [],
): Rule {
  const known = new WeakMap<TypografSettings, Map<Language, readonly Replacement[]>>()
  const found = (lang: Language, settings: TypografSettings): readonly Replacement[] => {
    let byLanguage = known.get(settings)
    if (!byLanguage) known.set(settings, (byLanguage = new Map()))
    let replacements = byLanguage.get(lang)
    if (!replacements)
      byLanguage.set(lang, (replacements = [...more, ...replacementsOf(rule.code, lang, settings), ...then]))
    return replacements
  }
  return {
    ...rule,
    run: (buffer, { lang, settings = usual }) => buffer.replace(found(lang, settings), { others: 'skipped' }),
  }
}
