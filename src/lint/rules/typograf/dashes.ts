import { typografRule } from '../../engine/typograf-rule.ts'
import { blanks, dashes } from '../characters.ts'
import type { Rule } from '../rule.ts'

/** Typograf's `ru/dash/main` and `en-US/dash/main`. */
export const typografDashes: readonly Rule[] = [
  typografRule({
    code: 'ru/dash/main',
    title: 'A hyphen between blanks is a dash, tied to the word before it',
    why: 'A line that begins with a dash reads like direct speech.',
    writes: blanks + dashes,
    languages: ['ru'],
    guard: /[ \u00A0][-‒–—]/,
    examples: [
      { lang: 'ru', before: 'Типографика - набор правил', after: 'Типографика&nbsp;— набор правил' },
      { lang: 'ru', before: 'слово — дело', after: 'слово&nbsp;— дело' },
    ],
  }),
  typografRule({
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
  }),
]
