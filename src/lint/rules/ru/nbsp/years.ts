import { blanks, dashes } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const years = typografRule({
  code: 'ru/nbsp/years',
  title: '“г.” and “гг.” are tied to their years',
  why: 'A unit alone at the beginning of a line has lost its meaning.',
  writes: blanks + dashes,
  languages: ['ru'],
  guard: /\d{4}(?:--?|[‒–—])\d{4} ?г/,
  examples: [{ lang: 'ru', before: 'было 1990–1995 гг. тогда', after: 'было 1990–1995&nbsp;гг. тогда' }],
})
