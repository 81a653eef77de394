import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const mln = typografRule({
  code: 'ru/nbsp/mln',
  title: '“тыс.”, “млн”, “млрд”, “трлн” are tied to their number',
  why: 'A unit alone at the beginning of a line has lost its meaning.',
  writes: blanks,
  languages: ['ru'],
  guard: /\d ?(?:тыс|мл|трлн)/i,
  examples: [{ lang: 'ru', before: 'почти 5 млн рублей', after: 'почти 5&nbsp;млн рублей' }],
})
