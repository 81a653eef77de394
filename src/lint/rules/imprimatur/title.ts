import { tiesOfTitles } from '../../ties/names.ts'
import { tie } from '../../ties/tie.ts'
import { blanks } from '../characters.ts'
import type { Rule } from '../rule.ts'

export const personTitle: Rule = {
  code: 'imprimatur/title',
  title: 'A title is tied to the name behind it: Mr. Smith, проф. Иванов, оз. Байкал',
  why: 'A person should not be cut in two, nor should a lake.',
  writes: blanks,
  languages: ['en', 'ru'],
  examples: [
    { lang: 'en', before: 'Then Mr. Smith met Dr. Brown', after: 'Then Mr.&nbsp;Smith met Dr.&nbsp;Brown' },
    { lang: 'ru', before: 'читал проф. Иванов', after: 'читал проф.&nbsp;Иванов' },
  ],
  run(buffer, context) {
    const { lexicon } = context
    tie(buffer, tiesOfTitles(buffer, lexicon), context)
  },
}
