import type { RuleDefinition } from '../config/rule-definition.ts'
import { diagnostic } from '../core/diagnostic.ts'
import type { Diagnostic } from '../core/types.ts'
import { fixSource } from './fix.ts'
import { lintSource } from './lint.ts'
import type { LintSettings } from './lint-settings.ts'
import { ruleSet } from './rules/rule-set.ts'

/** The examples of a configuration's rule that are not what `--fix` makes with this rule alone, as `config/rule`. */
export function wrongExamples(rule: RuleDefinition): readonly Diagnostic[] {
  const others = ruleSet().rules.map(({ code }) => [code, 'off'] as const)
  return rule.examples.flatMap(({ lang, before, after }) => {
    const settings: LintSettings = {
      lang,
      noBreakSpace: 'entity',
      rules: Object.fromEntries(others),
      ownRules: [rule],
    }
    const file = { path: 'page.md', text: before }
    const found = lintSource(file, settings)
    const failure = found.find(({ code }) => code === 'lint/rule-failed')
    const { text } = fixSource(file, found).value ?? file
    if (text === after && !failure) return []
    const made = failure
      ? `fails on its example “${before}”`
      : `makes “${text}” of “${before}”, not “${after}”`
    const hint = failure ? failure.message : 'mend the example, or the rule'
    return [diagnostic('config/rule', `The rule “${rule.code}” ${made}`, { hint })]
  })
}
