import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const beforeParticle = typografRule({
  code: 'ru/nbsp/beforeParticle',
  title: '“ли”, “же”, “бы” are tied to the word before',
  why: 'A particle leans on it, and must not begin a line.',
  writes: blanks,
  languages: ['ru'],
  guard: /[ \u00A0][лжб]/,
  examples: [{ lang: 'ru', before: 'если бы знать', after: 'если&nbsp;бы знать' }],
})
