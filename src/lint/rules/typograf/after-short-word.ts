import { tiesOfShortWords } from '../../ties/short-words.ts'
import { tie } from '../../ties/tie.ts'
import { blanks } from '../characters.ts'
import type { Rule } from '../rule.ts'

export const afterShortWord: Rule = {
  code: 'common/nbsp/afterShortWord',
  title: 'A word of one or two letters is tied to the next',
  why: 'A preposition or an article at the end of a line makes the reader stumble. A unit behind its number is none.',
  writes: blanks,
  languages: ['en', 'ru'],
  cost: 'of what is found in a text as it was typed, most is its',
  examples: [
    { lang: 'en', before: 'I was made of wood', after: 'I&nbsp;was made of&nbsp;wood' },
    { lang: 'en', before: 'take 5 kg of flour', after: 'take 5 kg of&nbsp;flour' },
    { lang: 'ru', before: 'сидел в лесу и пел', after: 'сидел в&nbsp;лесу и&nbsp;пел' },
  ],
  run(buffer, context) {
    tie(buffer, tiesOfShortWords(buffer, context), context)
  },
}
