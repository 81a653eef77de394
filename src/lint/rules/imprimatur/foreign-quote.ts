import type { Rule } from '../rule.ts'

export const foreignQuote: Rule = {
  code: 'imprimatur/foreign-quote',
  title: 'Curly quotes around Latin words on a Russian page stay as they are',
  why: 'A foreign term is quoted in its own language’s marks. This rule holds the one on quotation marks back.',
  writes: '',
  languages: ['ru'],
  examples: [
    {
      lang: 'ru',
      before: 'Термин (англ. “smart quotes”) и слово',
      after: 'Термин (англ. “smart quotes”) и слово',
    },
  ],
  doneBy: 'engine/quotations.ts, for the rules on quotation marks',
}
