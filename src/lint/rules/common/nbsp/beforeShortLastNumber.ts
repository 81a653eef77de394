import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const beforeShortLastNumber = typografRule({
  code: 'common/nbsp/beforeShortLastNumber',
  title: 'A sentence’s last number of one or two digits is tied to the word before',
  why: 'Alone on the last line it makes a hole in the page, and says nothing.',
  writes: blanks,
  guard: / \d/,
  examples: [{ lang: 'en', before: 'See chapter 5.', after: 'See chapter&nbsp;5.' }],
})
