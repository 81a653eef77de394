import { tiesOfNumbers } from '../../ties/numbers.ts'
import { tiesOfRomans } from '../../ties/romans.ts'
import { behindWords, tie } from '../../ties/tie.ts'
import { blanks } from '../characters.ts'
import type { Rule } from '../rule.ts'

export const label: Rule = {
  code: 'imprimatur/label',
  title: 'A label or a name is tied to its number: Chapter 9, p. 12, Henry VIII, гл. IV',
  why: 'Neither says anything without the other.',
  writes: blanks,
  languages: ['en', 'ru'],
  cost: 'it reads every number, for the rule on numbers, too',
  examples: [
    { lang: 'en', before: 'Chapter 9 is long', after: 'Chapter&nbsp;9 is long' },
    { lang: 'en', before: 'See Fig. 3 on p. 12', after: 'See Fig.&nbsp;3 on p.&nbsp;12' },
    { lang: 'en', before: 'About 20 people', after: 'About 20 people' },
    { lang: 'ru', before: 'Глава 5 и гл. IV', after: 'Глава&nbsp;5 и гл.&nbsp;IV' },
  ],
  run(buffer, context) {
    const { lexicon } = context
    const { labels } = tiesOfNumbers(buffer, lexicon)
    tie(
      buffer,
      [...labels, ...tiesOfRomans(buffer, lexicon), ...behindWords(buffer.text, lexicon.tie)].toSorted(
        (a, b) => a - b,
      ),
      context,
    )
  },
}
