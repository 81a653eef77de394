import type { Rule } from '../rule.ts'
import { engineRule } from '../engine/typograf-rule.ts'

export const dashes: readonly Rule[] = [
  engineRule({
    name: 'ru/dash/main',
    why: 'A line that begins with a dash reads like direct speech.',
    languages: ['ru'],
    guard: /[ \u00A0][-‒–—]/,
    examples: [
      { lang: 'ru', before: 'Типографика - набор правил', after: 'Типографика&nbsp;— набор правил' },
      { lang: 'ru', before: 'слово — дело', after: 'слово&nbsp;— дело' },
    ],
  }),
  engineRule({
    name: 'en-US/dash/main',
    why: 'A hyphen joins, a dash parts; and no line should begin with one.',
    languages: ['en'],
    guard: /[ \u00A0][-‒–—]/,
    examples: [
      { lang: 'en', before: 'the end -- a word', after: 'the end&nbsp;— a word' },
      { lang: 'en', before: '2010-2020, well-known, --fix', after: '2010-2020, well-known, --fix' },
    ],
  }),
]
