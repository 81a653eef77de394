import { blanks, dashes } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const russianDash = typografRule({
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
})
