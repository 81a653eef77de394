import type { Language } from '../../document/language.ts'
import type { Replacement } from './pattern.ts'
import type { Rule } from '../rules/rule.ts'
import { replacementsOf } from './typograf.ts'

/**
 * One of Typograf's rules, under its own name: of what it would do, only what concerns the characters that it `writes`. `more` is
 * what it overlooks.
 */
export function typografRule(rule: Omit<Rule, 'run'>, more: readonly Replacement[] = []): Rule {
  const known = new Map<Language, readonly Replacement[]>()
  return {
    ...rule,
    run(buffer, { lang }) {
      let replacements = known.get(lang)
      if (!replacements) known.set(lang, (replacements = [...more, ...replacementsOf(rule.code, lang)]))
      buffer.replace(replacements, { others: 'skipped' })
    },
  }
}
