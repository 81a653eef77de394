import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const page = typografRule({
  code: 'ru/nbsp/page',
  title: '“стр.”, “гл.”, “рис.”, “ст.” are tied to their number',
  why: 'Neither says anything without the other.',
  writes: blanks,
  languages: ['ru'],
  guard: /[а-яc]\. *\d/i,
  examples: [{ lang: 'ru', before: 'на стр. 5 книги', after: 'на стр.&nbsp;5 книги' }],
})
