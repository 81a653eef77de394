import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const see = typografRule({
  code: 'ru/nbsp/see',
  title: '“см.” and “им.” are tied to what they point at',
  why: 'Neither says anything without the other.',
  writes: blanks,
  languages: ['ru'],
  guard: /[си]м\./i,
  examples: [{ lang: 'ru', before: 'театр (см. рисунок 5)', after: 'театр (см.&nbsp;рисунок 5)' }],
})
