import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const centuries = typografRule({
  code: 'ru/nbsp/centuries',
  title: '“в.” and “вв.” are tied to their century',
  why: 'Neither says anything without the other.',
  writes: blanks,
  languages: ['ru'],
  guard: /[VIX][ \u00A0]?в/,
  examples: [{ lang: 'ru', before: 'начало XX в., зима', after: 'начало XX&nbsp;в., зима' }],
})
