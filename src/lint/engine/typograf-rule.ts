import type { Language } from '../../document/language.ts'
import { searchedAt, type FindPlaces, type Replacement } from './pattern.ts'
import type { Rule } from '../rules/rule.ts'
import { replacementsOf } from './typograf.ts'

type TypografSettings = Readonly<Record<string, string | number>>

const usual: TypografSettings = {}

interface Amendments {
  /** What it overlooks. */
  readonly before?: readonly Replacement[]
  /** What puts right what it undoes. */
  readonly behind?: readonly Replacement[]
  /** Where its matches may begin. */
  readonly places?: FindPlaces
}

/** One of Typograf's rules, under its own name: of what it would do, only what concerns the characters that it `writes`. */
export function typografRule(
  rule: Omit<Rule, 'run'>,
  { before = [], behind = [], places }: Amendments = {},
): Rule {
  const known = new WeakMap<TypografSettings, Map<Language, readonly Replacement[]>>()
  const found = (lang: Language, settings: TypografSettings): readonly Replacement[] => {
    let byLanguage = known.get(settings)
    if (!byLanguage) known.set(settings, (byLanguage = new Map()))
    let replacements = byLanguage.get(lang)
    if (!replacements) {
      const own = replacementsOf(rule.code, lang, settings)
      replacements = [...before, ...(places ? own.map(each => searchedAt(places, each)) : own), ...behind]
      byLanguage.set(lang, replacements)
    }
    return replacements
  }
  return {
    ...rule,
    run: (buffer, { lang, settings = usual }) => buffer.replace(found(lang, settings), { others: 'skipped' }),
  }
}
