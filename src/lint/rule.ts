import type { Code } from '../core/codes.ts'
import type { EditBuffer } from './engine/edit-buffer.ts'
import type { Language } from '../document/language.ts'

export interface Example {
  readonly lang: Language
  readonly before: string
  /** What `--fix` makes of it with this rule alone; the same as `before` when the rule only reports, or lets it pass. */
  readonly after: string
}

export interface Rule {
  /** Its code; what it wants is the code's title. */
  readonly name: Code
  /** The reason, for someone who would rather switch it off. */
  readonly why: string
  /** Languages that it knows; all when absent. */
  readonly languages?: readonly Language[]
  readonly examples: readonly Example[]
  /** Nothing is done unless the text has something of this: a cheap question before a dear one. */
  readonly guard?: RegExp
  /** A rule that only reports runs once, on the text as it is when all others are done. */
  readonly reportsOnly?: boolean
  /** Absent when others ask for the rule, or do its work. */
  run?(buffer: EditBuffer, context: RuleContext): void
}

export interface RuleContext {
  readonly lang: Language
  /** Whether another rule is switched on. */
  enabled(rule: string): boolean
}
