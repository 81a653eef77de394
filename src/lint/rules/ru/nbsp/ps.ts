import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const ps = typografRule({
  code: 'ru/nbsp/ps',
  title: 'The letters of “P. S.” are tied',
  why: 'Neither says anything without the other.',
  writes: blanks,
  languages: ['ru'],
  guard: /[sы]\./i,
  examples: [{ lang: 'ru', before: 'P. S. Привет', after: 'P.&nbsp;S. Привет' }],
})
