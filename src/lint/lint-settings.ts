import type { OwnWords, Preset, RuleLevels, RuleSettings } from '../config/lint-config.ts'
import type { RuleDefinition } from '../config/rule-definition.ts'
import type { ExtendMarkdown } from '../core/types.ts'

export interface LintSettings {
  /** The language of a page that names none. */
  readonly lang: string
  readonly noBreakSpace: 'entity' | 'character'
  /** Levels other than a rule's own, by its code, or by `en:` and its code for one language. */
  readonly rules: RuleLevels
  /** What is set otherwise in a rule, by its code and the setting's name. */
  readonly settings?: RuleSettings | undefined
  /** Whether fixes that write letters or digits count as safe. */
  readonly fix?: 'safe' | 'unsafe' | undefined
  /** The set of rules; `typograf` when absent. */
  readonly preset?: Preset | undefined
  /** The author’s own words. */
  readonly words?: OwnWords | undefined
  /** Rules besides the program's, which run before those. */
  readonly ownRules?: readonly RuleDefinition[]
  /** Regular expressions, the flags of which are `gmu`: what they match is opaque. */
  readonly opaque?: readonly string[]
  /** What is added to the parser of Markdown, which is called once for every function of this kind. */
  readonly markdown?: ExtendMarkdown | undefined
}
