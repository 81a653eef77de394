import { isEnglishBook } from '../../ties/tie.ts'
import { blanks } from '../characters.ts'
import type { Rule } from '../rule.ts'

import { searchedAt } from '../../engine/pattern.ts'

/** Typograf takes the end of a line for that of the text; here it is a blank. */
const lastNumber = / (?=\d{1,2}[-+−%'"”»“)]?(?:[.!?…](?: \p{Lu}|[\u2029]|$)|[\u2029]|$))(?<=\p{L} )/gu

const tied = searchedAt(({ text, signs }) => signs.digits.map(at => at - 1).filter(at => text[at] === ' '), {
  pattern: lastNumber,
  wanted: '\u00A0',
  again: false,
})

export const beforeShortLastNumber: Rule = {
  code: 'common/nbsp/beforeShortLastNumber',
  title: 'A sentence’s last number of one or two digits is tied to the word before',
  why: 'Alone on the last line it makes a hole in the page, and says nothing.',
  writes: blanks,
  languages: ['en', 'ru'],
  needs: ['digit'],
  examples: [{ lang: 'en', before: 'See chapter 5.', after: 'See chapter&nbsp;5.' }],
  run(buffer, context) {
    if (isEnglishBook(context)) return
    buffer.replace([tied])
  },
}
