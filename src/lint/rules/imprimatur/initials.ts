import { tiesOfInitials } from '../../ties/names.ts'
import { tie } from '../../ties/tie.ts'
import { blanks } from '../characters.ts'
import type { Rule } from '../rule.ts'

export const englishInitials: Rule = {
  code: 'imprimatur/initials',
  title: 'Initials are tied to each other and to the surname',
  why: 'A person should not be cut in two.',
  writes: blanks,
  languages: ['en'],
  needs: ['initial'],
  examples: [
    { lang: 'en', before: 'books by J. R. R. Tolkien', after: 'books by J.&nbsp;R.&nbsp;R.&nbsp;Tolkien' },
    { lang: 'en', before: 'written in C. Rust came later', after: 'written in C. Rust came later' },
  ],
  run(buffer, context) {
    const { lexicon } = context
    tie(buffer, tiesOfInitials(buffer, lexicon).blanks, context)
  },
}
