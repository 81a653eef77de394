import type { Rule } from '../rule.ts'

export const foreignQuote: Rule = {
  name: 'imprimatur/foreign-quote',
  why: 'A foreign term is quoted in its own language’s marks. This rule holds the one on quotation marks back.',
  languages: ['ru'],
  examples: [
    {
      lang: 'ru',
      before: 'Термин (англ. “smart quotes”) и слово',
      after: 'Термин (англ. “smart quotes”) и слово',
    },
  ],
}
