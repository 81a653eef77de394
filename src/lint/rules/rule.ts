import type { Preset } from '../../config/lint-config.ts'
import type { Language } from '../../document/language.ts'
import type { RuleCode, Severity } from '../../core/types.ts'
import type { Lexicon } from '../languages/lexicon.ts'
import type { EditBuffer } from '../engine/edit-buffer.ts'
import type { Sign } from '../engine/signs/signs.ts'

export interface Example {
  readonly lang: string
  readonly before: string
  /** What `--fix` makes of it with this rule alone; the same as `before` when the rule only reports, or lets it pass. */
  readonly after: string
}

/** All that there is to know of a rule. Ours have a file each, in rules/imprimatur/; those that
 * are Typograf's, and nothing besides, are rows in rules/typograf/, since every file costs time at each start. rules.ts has them all. */
export interface Rule {
  readonly code: RuleCode
  /** What it wants, in one line. */
  readonly title: string
  /** The reason, for someone who would rather switch it off. */
  readonly why: string
  /** A warning when absent. */
  readonly severity?: Severity
  /**
   * The characters that it may put, take away or exchange for one another; the check that a page still says the same allows no
   * others. Empty when it only reports: then it runs once, on the text as it is when all others are done.
   */
  readonly writes: string
  /** Whether it may write any character; what it does to letters or digits is then for the author to allow. */
  readonly writesText?: boolean
  /** Whether that is allowed already: the letters stand for a sign, or the author has written what takes their place. */
  readonly isTextAllowed?: boolean
  /** Off until the configuration turns it on. */
  readonly isOptional?: boolean
  /** Languages that it knows, of `ruleLanguages` in levels.ts; all when absent. */
  readonly languages?: readonly string[]
  readonly examples: readonly Example[]
  /** Nothing is done unless the joined text of the page has one of these … */
  readonly needs?: readonly Sign[]
  /** … and one of these small letters, or its capital, behind a number or the blank behind it … */
  readonly behindNumber?: string
  /** … and one of these words, in small letters or capitals, up to five, before a full stop … */
  readonly abbreviations?: readonly string[]
  /**
   * … and something of this, anywhere, or, when it is sticky, where a number begins: a cheap question before a dear one. Each says only
   * what the rule would find anyway.
   */
  readonly guard?: RegExp
  /** Why it takes more than 2 % of a run, if it does: `npm run bench -- --parts rules` asks. */
  readonly cost?: string
  run?(buffer: EditBuffer, context: RuleContext): void
  /** Where its work is done, when it has no `run`. */
  readonly doneBy?: string
}

export interface RuleContext {
  readonly lang: Language
  readonly preset: Preset
  /** What the configuration sets in this rule. */
  readonly settings?: Readonly<Record<string, string | number>> | undefined
  /** The words of the language. */
  readonly lexicon: Lexicon
  /** Whether another rule is switched on. */
  enabled(rule: string): boolean
}
