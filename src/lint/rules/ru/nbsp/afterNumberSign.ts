import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const afterNumberSign = typografRule({
  code: 'ru/nbsp/afterNumberSign',
  title: '№ is tied to its number, closely',
  why: 'Neither says anything without the other.',
  writes: blanks,
  languages: ['ru'],
  guard: /№/,
  examples: [{ lang: 'ru', before: 'школа № 5', after: 'школа №&#8239;5' }],
})
