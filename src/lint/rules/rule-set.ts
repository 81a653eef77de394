import type { RuleDefinition } from '../../config/rule-definition.ts'
import type { RuleAtWork } from '../engine/permission.ts'
import {
  anyCharacter,
  apostrophes,
  blanks,
  characterSet,
  dashes,
  lineBreak,
  quotationMarks,
} from './characters.ts'
import { ownRule } from './own-rule.ts'
import type { Rule } from './rule.ts'
import { knownCodes } from './rule-codes.ts'
import { everyRule } from './rules.ts'

/** A rule, and its `writes` worked out. */
export interface PreparedRule extends RuleAtWork {
  readonly rule: Rule
  /** It stands in the configuration: its errors are the author's to hear of. */
  readonly isOwn: boolean
}

export interface RuleSet {
  /** In the order in which they run: the author's own first. */
  readonly rules: readonly Rule[]
  /** Those of them that do something by themselves, as they change the text … */
  readonly writing: readonly PreparedRule[]
  /** … or only report. */
  readonly reporting: readonly PreparedRule[]
  readonly byCode: ReadonlyMap<string, Rule>
  readonly codes: ReadonlySet<string>
}

const none: readonly RuleDefinition[] = []
const known = new WeakMap<readonly RuleDefinition[], RuleSet>()

/** The program's rules and those of a configuration. */
export function ruleSet(own: readonly RuleDefinition[] = none): RuleSet {
  let set = known.get(own)
  if (!set) known.set(own, (set = createSet(own)))
  return set
}

function createSet(own: readonly RuleDefinition[]): RuleSet {
  const all = [
    ...own.map(each => prepare(ownRule(each), { isOwn: true })),
    ...everyRule.map(each => prepare(each, { isOwn: false })),
  ]
  const running = all.filter(({ rule }) => rule.run)
  return {
    rules: all.map(({ rule }) => rule),
    writing: running.filter(({ writable }) => writable.size > 0),
    reporting: running.filter(({ writable }) => writable.size === 0),
    byCode: new Map(all.map(({ rule }) => [rule.code, rule])),
    codes: knownCodes(own),
  }
}

const spacedDashes = new Set(dashes + blanks)
const marks = quotationMarks + apostrophes + dashes

const prepare = (rule: Rule, { isOwn }: { isOwn: boolean }): PreparedRule => ({
  rule,
  code: rule.code,
  writable: rule.writesText ? anyCharacter : characterSet(rule.writes),
  movesLineEnds: rule.writes.includes(lineBreak),
  writesMarks: rule.writesText === true || [...marks].some(mark => rule.writes.includes(mark)),
  writesOnlyDashes:
    !rule.writesText && rule.writes.includes('—') && [...rule.writes].every(each => spacedDashes.has(each)),
  isOwn,
})
