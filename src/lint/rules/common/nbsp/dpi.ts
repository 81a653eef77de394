import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const dpi = typografRule({
  code: 'common/nbsp/dpi',
  title: '“dpi” and “lpi” are tied to their number',
  why: 'A unit alone at the beginning of a line has lost its meaning.',
  writes: blanks,
  guard: /pi(?<=[dl]pi)/,
  examples: [{ lang: 'en', before: '300 dpi, 600 dpi', after: '300&nbsp;dpi, 600&nbsp;dpi' }],
})
