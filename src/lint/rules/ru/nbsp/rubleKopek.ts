import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const rubleKopek = typografRule({
  code: 'ru/nbsp/rubleKopek',
  title: '“руб.” and “коп.” are tied to their number',
  why: 'A unit alone at the beginning of a line has lost its meaning.',
  writes: blanks,
  languages: ['ru'],
  guard: /\d ?(?:руб|коп)/,
  examples: [{ lang: 'ru', before: 'цена 5 руб.', after: 'цена 5&nbsp;руб.' }],
})
