import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const m = typografRule({
  code: 'ru/nbsp/m',
  title: 'Units of length are tied to their number',
  why: 'A unit alone at the beginning of a line has lost its meaning.',
  writes: blanks,
  languages: ['ru'],
  guard: /\d[ \u00A0]?[дскмdcmkг]/,
  examples: [{ lang: 'ru', before: 'ещё 5 км, пешком', after: 'ещё 5&nbsp;км, пешком' }],
})
