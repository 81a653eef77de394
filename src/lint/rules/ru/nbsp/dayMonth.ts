import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const dayMonth = typografRule({
  code: 'ru/nbsp/dayMonth',
  title: 'A day is tied to its month',
  why: 'Neither says anything without the other.',
  writes: blanks,
  languages: ['ru'],
  guard: /\d [яфмаисонд]/i,
  examples: [{ lang: 'ru', before: 'это 5 мая', after: 'это 5&nbsp;мая' }],
})
