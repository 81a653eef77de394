import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const afterShortWord = typografRule({
  code: 'common/nbsp/afterShortWord',
  title: 'A word of one or two letters is tied to the next',
  why: 'A preposition or an article at the end of a line makes the reader stumble.',
  writes: blanks,
  examples: [
    { lang: 'en', before: 'I was made of wood', after: 'I&nbsp;was made of&nbsp;wood' },
    { lang: 'ru', before: 'сидел в лесу и пел', after: 'сидел в&nbsp;лесу и&nbsp;пел' },
  ],
})
