import type { Language } from '../../document/language.ts'
import type { Replacement } from './pattern.ts'
import type { Rule } from '../rule.ts'
import { replacementsOf } from './typograf.ts'

/** One of Typograf's rules, under its own name. */
export function engineRule(rule: Omit<Rule, 'run'>): Rule {
  const known = new Map<Language, readonly Replacement[]>()
  return {
    ...rule,
    run(buffer, { lang }) {
      let replacements = known.get(lang)
      if (!replacements) known.set(lang, (replacements = replacementsOf(rule.name, lang)))
      buffer.replace(replacements)
    },
  }
}
