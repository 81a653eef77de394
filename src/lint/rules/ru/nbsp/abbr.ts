import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const abbr = typografRule({
  code: 'ru/nbsp/abbr',
  title: 'Abbreviations such as “т. д.” are tied, and parted',
  why: 'They are several words; without a blank they look like one.',
  writes: blanks,
  languages: ['ru'],
  guard: /[а-яё]\. ?[а-яё]/,
  examples: [{ lang: 'ru', before: 'и всё т.п., дальше', after: 'и всё т.&nbsp;п., дальше' }],
})
