import type { OwnReplacement } from '../../config/lint-config.ts'
import type { RuleDefinition } from '../../config/rule-definition.ts'

/** A rule of a configuration that may write anything: the author has said what takes the place of what. */
export interface ReplacementRule extends RuleDefinition {
  readonly writesText: true
  readonly isTextAllowed: true
}

/** The items of `lint.replace` as rules: `replace/1`, `replace/2` … */
export const replacementRules = (replace: readonly OwnReplacement[]): readonly ReplacementRule[] =>
  replace.map(([pattern, replacement, why], i) => ({
    code: `replace/${i + 1}`,
    title: why,
    why: `The configuration replaces ${pattern} by ${replacement === '' ? 'nothing' : replacement}.`,
    writes: '',
    writesText: true,
    isTextAllowed: true,
    examples: [],
    run: text => text.replace(new RegExp(pattern, 'gu'), replacement),
  }))
