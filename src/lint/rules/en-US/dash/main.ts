import { blanks, dashes } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const englishDash = typografRule({
  code: 'en-US/dash/main',
  title: 'A hyphen between blanks is a dash, tied to the word before it',
  why: 'A hyphen joins, a dash parts; and no line should begin with one.',
  writes: blanks + dashes,
  languages: ['en'],
  guard: /[ \u00A0][-‒–—]/,
  examples: [
    { lang: 'en', before: 'the end -- a word', after: 'the end&nbsp;— a word' },
    { lang: 'en', before: '2010-2020, well-known, --fix', after: '2010-2020, well-known, --fix' },
  ],
})
