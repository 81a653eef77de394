import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const year = typografRule({
  code: 'ru/nbsp/year',
  title: '“г” is tied to its year',
  why: 'A unit alone at the beginning of a line has lost its meaning.',
  writes: blanks,
  languages: ['ru'],
  guard: /\d{4} ?г(?![а-яё])/,
  examples: [{ lang: 'ru', before: 'в 1995 г, зимой', after: 'в 1995&nbsp;г, зимой' }],
})
