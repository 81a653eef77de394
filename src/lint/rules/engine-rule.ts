import type { Rule } from '../rule.ts'
import { runTypograf } from '../typograf.ts'

/** One of Typograf's rules, under its own name. */
export const engineRule = (rule: Omit<Rule, 'run'>): Rule => ({
  ...rule,
  run: (draft, { lang }) => runTypograf(rule.name, draft, lang),
})
