import type { Replacement } from '../../engine/pattern.ts'
import { replacementsOf } from '../../engine/typograf.ts'
import { blanks } from '../characters.ts'
import type { Rule, RuleContext } from '../rule.ts'

const pointer = / (?<=(?<!\p{L})(см|им)\. )(?=([\p{L}\d«(\uE000][\p{L}-]*))/giu

export const see: Rule = {
  code: 'ru/nbsp/see',
  title: '“см.” and “им.” are tied to what they point at',
  why: 'Neither says anything without the other.',
  writes: blanks,
  languages: ['ru'],
  abbreviations: ['см', 'им'],
  examples: [
    { lang: 'ru', before: 'театр (см. рисунок 5)', after: 'театр (см.&nbsp;рисунок 5)' },
    { lang: 'ru', before: 'театр им. Чехова', after: 'театр им.&nbsp;Чехова' },
    { lang: 'ru', before: 'поделится им. Развитие', after: 'поделится им. Развитие' },
  ],
  run(buffer, context) {
    const tied: Replacement = {
      pattern: pointer,
      wanted: ([found, word = '', behind = '']) => (isTied(word, behind, context) ? '\u00A0' : found),
      again: false,
    }
    // Typograf also parts them where no blank stands, but takes every им for имени.
    buffer.replace([tied, ...replacementsOf(see.code, 'ru').map(each => butPronouns(each, context))], {
      others: 'skipped',
    })
  },
}

const butPronouns = ({ pattern, wanted, again }: Replacement, context: RuleContext): Replacement => ({
  pattern,
  wanted(match) {
    const [, word = '', behind = ''] = /(см|им)\.[ \u00A0]?([\p{L}\d-]+)/iu.exec(match[0]) ?? []
    return isTied(word, behind, context) && typeof wanted !== 'string' ? wanted(match) : match[0]
  },
  again,
})

/** A sentence may end with “им”; what somebody’s name is given to has that name, in the genitive, behind it. */
function isTied(word: string, behind: string, { lexicon }: RuleContext): boolean {
  if (!/^им$/i.test(word) || !/^[А-ЯЁ]\p{Ll}/u.test(behind)) return true
  return genitive.test(behind) && !lexicon.functionWords.has(behind.toLowerCase())
}

const genitive = /(?:[аяыи]|ого|его|ой|ей|ых|их|ко)$/
