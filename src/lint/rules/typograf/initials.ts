import { tiesOfInitials } from '../../ties/names.ts'
import { tie } from '../../ties/tie.ts'
import { blanks } from '../characters.ts'
import type { Rule } from '../rule.ts'

export const initials: Rule = {
  code: 'ru/nbsp/initials',
  title: 'Initials are tied to each other and to the surname',
  why: 'A person should not be cut in two.',
  writes: blanks,
  languages: ['ru'],
  needs: ['initial'],
  examples: [
    { lang: 'ru', before: 'поэт А. С. Пушкин', after: 'поэт А.&nbsp;С.&nbsp;Пушкин' },
    { lang: 'ru', before: 'считал Б. Паскаль', after: 'считал Б.&nbsp;Паскаль' },
    { lang: 'ru', before: 'Пушкин А.С. писал', after: 'Пушкин&nbsp;А.&nbsp;С. писал' },
    { lang: 'ru', before: '**А. Б.** После этого', after: '**А.&nbsp;Б.** После этого' },
  ],
  run(buffer, context) {
    const { lexicon } = context
    const { blanks: found, missing } = tiesOfInitials(buffer, lexicon)
    tie(buffer, found, context)
    // The text has not moved: a blank took a blank's place.
    buffer.replaceMatches(missing.map(at => ({ at, found: '.', wanted: '.\u00A0' })))
  },
}
