import { blanks } from '../characters.ts'
import { tiesOfNumbers } from '../../ties/numbers.ts'
import { isEnglishBook, tie } from '../../ties/tie.ts'
import type { Rule } from '../rule.ts'

export const afterNumber: Rule = {
  code: 'common/nbsp/afterNumber',
  title: 'A number is tied to its unit or to what it counts, and to its own groups of digits',
  why: 'A number at the end of a line leaves its thing on the next. A year counts nothing, nor does the number of a chapter.',
  writes: blanks,
  languages: ['en', 'ru'],
  needs: ['digit'],
  examples: [
    { lang: 'en', before: 'with 40 files', after: 'with 40&nbsp;files' },
    { lang: 'en', before: 'In 2018 we moved 5 kg', after: 'In 2018 we moved 5&nbsp;kg' },
    { lang: 'ru', before: 'за 10 000 ₽', after: 'за 10&nbsp;000&nbsp;₽' },
  ],
  run(buffer, context) {
    const { lexicon } = context
    const { counts, units } = tiesOfNumbers(buffer, lexicon)
    tie(buffer, isEnglishBook(context) ? units : [...counts, ...units].toSorted((a, b) => a - b), context)
  },
}
