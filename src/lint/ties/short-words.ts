import type { Language } from '../../document/language.ts'
import type { Replacement } from '../engine/pattern.ts'
import type { Lexicon } from '../languages/lexicon.ts'
import type { Preset } from '../../config/lint-config.ts'
import type { RuleContext } from '../rules/rule.ts'

const known = new Map<string, Replacement>()

/** Finds the blanks behind short words: those of one or two letters, or in a book those of the list, and none in capitals. */
export function shortWords({ lang, preset, lexicon, settings }: RuleContext): Replacement {
  const longest = settings?.lengthShortWord ?? 2
  const key = `${lang} ${preset} ${longest}`
  let found = known.get(key)
  if (!found) known.set(key, (found = behindShortWords({ lang, preset, longest }, lexicon)))
  return found
}

/** Where a word may begin. */
const before = '(?:^|[ \\u00A0—–(«‹»›„“‟”"])'

/** A Roman number behind its label is no word. */
const labelled = '(?:\\p{L}{3}|\\.)\\u00A0[IVX]{1,2}'

interface ShortWords {
  readonly lang: Language
  readonly preset: Preset
  /** In letters. */
  readonly longest: string | number
}

/** Looks back from the blank, so that nothing is copied. A unit behind its number belongs to that. */
function behindShortWords(
  { lang, preset, longest }: ShortWords,
  { units, proclitics }: Lexicon,
): Replacement {
  const letters = lang === 'ru' ? 'а-яёА-ЯЁa-zA-Z' : 'a-zA-Z'
  const word = preset === 'book' ? anyOf(proclitics) : `[${letters}]{1,${longest}}`
  const unit = [...units].filter(each => /^\p{L}{1,2}$/u.test(each)).join('|')
  const pattern = new RegExp(` (?<=${before}${word} )(?<!\\d[ \\u00A0](?:${unit}) )(?<!${labelled} )`, 'gmu')
  return { pattern, wanted: '\u00A0', again: false }
}

/** A list's words, also with a capital, but not in capitals, if they have two letters. */
const anyOf = (words: ReadonlySet<string>) =>
  `(?:${[...words].map(each => `[${each[0]}${(each[0] as string).toUpperCase()}]${each.slice(1)}`).join('|')})`
