import type { Rule } from '../rule.ts'

/** Looked for behind the mark, which is rare, and not in front of it. */
const before = (mark: string) => `${mark}(?<=(?:^|[\\s(\\[“‘«„—–-])${mark})`
const clipped = 'tis|twas|twere|twill|twould|til|till|em|cause|bout|round|neath|cuz|cos'

const patterns: readonly RegExp[] = [
  new RegExp(`${before("'")}(${clipped})(?![a-z'’])`, 'gim'),
  new RegExp(`${before("['‘]")}(n)['’](?![a-z\\d])`, 'gim'),
  new RegExp(`${before("'")}(\\d\\ds?)(?![\\da-z'’])`, 'gim'),
]

export const leadingApostrophe: Rule = {
  name: 'imprimatur/leading-apostrophe',
  why: 'Typograf sees an apostrophe only between two letters; elsewhere it may be a quotation mark, so that this rule knows its cases by name.',
  examples: [
    { lang: 'en', before: "'tis the season", after: '’tis the season' },
    { lang: 'en', before: "rock 'n' roll", after: 'rock ’n’ roll' },
    { lang: 'en', before: "the '90s and the 1990's", after: 'the ’90s and the 1990’s' },
    { lang: 'en', before: "the word 'em' is short", after: "the word 'em' is short" },
  ],
  guard: /'/,
  run(draft) {
    const [word, and, decade] = patterns as [RegExp, RegExp, RegExp]
    draft
      .replace(word, '’$1')
      .replace(and, '’$1’')
      .replace(decade, '’$1')
      .replace(/(\d)'(s)(?![a-z])/gi, '$1’$2')
  },
}
