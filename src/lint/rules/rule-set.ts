import type { RuleLevels } from '../../config/lint-config.ts'
import type { RuleDefinition } from '../../config/rule-definition.ts'
import type { Language } from '../../document/language.ts'
import type { RuleAtWork } from '../engine/permission.ts'
import { signsOf } from '../engine/signs/signs.ts'
import {
  anyCharacter,
  apostrophes,
  blanks,
  characterSet,
  dashes,
  lineBreak,
  quotationMarks,
} from './characters.ts'
import { levelOf } from './levels.ts'
import { ownRule } from './own-rule.ts'
import type { Rule } from './rule.ts'
import { knownCodes } from './rule-codes.ts'
import { everyRule } from './rules.ts'

/** A rule, and its `writes` worked out. */
export interface PreparedRule extends RuleAtWork {
  readonly rule: Rule
  /** Its `needs` as bits; undefined when it needs none. */
  readonly signs: number | undefined
  /** Its `behindNumber`, with capitals. */
  readonly behindNumber: string | undefined
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

/** Whether a rule is on in a language: most are unless they are turned off, some are not until they are turned on. */
export const isEnabled = (code: string, { rules, levels, lang }: Enabling): boolean =>
  (levelOf(levels, code, lang) ?? (rules.byCode.get(code)?.isOptional ? 'off' : 'warn')) !== 'off'

interface Enabling {
  readonly rules: RuleSet
  readonly levels: RuleLevels
  readonly lang: string | undefined
}

type ActiveRules = Pick<RuleSet, 'writing' | 'reporting'>

/** The rules that are on in a language and know it. */
export function activeRules(rules: RuleSet, levels: RuleLevels, lang: Language): ActiveRules {
  let byLanguage = active.get(levels)
  if (byLanguage?.rules !== rules) active.set(levels, (byLanguage = { rules, known: new Map() }))
  let found = byLanguage.known.get(lang)
  if (!found) {
    const isActive = ({ rule: { languages }, code }: PreparedRule) =>
      knows(languages, lang) && isEnabled(code, { rules, levels, lang })
    found = { writing: rules.writing.filter(isActive), reporting: rules.reporting.filter(isActive) }
    byLanguage.known.set(lang, found)
  }
  return found
}

/** A hundred rules are asked for every page, and the answer is that of the page before. */
const active = new WeakMap<
  RuleLevels,
  { readonly rules: RuleSet; readonly known: Map<Language, ActiveRules> }
>()

/** A rule for a language is one for its regions, too; English without a region is American. */
const knows = (languages: readonly string[] | undefined, lang: Language): boolean =>
  !languages ||
  languages.includes(lang) ||
  languages.includes(lang.slice(0, 2)) ||
  (lang === 'en' && languages.includes('en-US'))

const marks = quotationMarks + apostrophes + dashes

const prepare = (rule: Rule, { isOwn }: { isOwn: boolean }): PreparedRule => ({
  rule,
  code: rule.code,
  signs: rule.needs && signsOf(rule.needs),
  behindNumber: rule.behindNumber && rule.behindNumber + rule.behindNumber.toUpperCase(),
  writable: rule.writesText ? anyCharacter : characterSet(rule.writes),
  movesLineEnds: rule.writes.includes(lineBreak),
  writesMarks: rule.writesText === true || [...marks].some(mark => rule.writes.includes(mark)),
  writesOnlyDashes:
    !rule.writesText && rule.writes.includes('—') && [...rule.writes].every(each => spacedDashes.has(each)),
  isOwn,
})
