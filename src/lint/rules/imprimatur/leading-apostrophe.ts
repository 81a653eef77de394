import { apostrophes } from '../characters.ts'
import { replacement, type Replacement } from '../../engine/pattern.ts'
import type { Rule } from '../rule.ts'

/** Looked for behind the mark, which is rare, and not in front of it. */
const before = (mark: string) => `${mark}(?<=(?:^|[\\s(\\[“‘«„—–-])${mark})`
const clipped = 'tis|twas|twere|twill|twould|til|till|em|cause|bout|round|neath|cuz|cos'

const replacements: readonly Replacement[] = [
  replacement(new RegExp(`${before("'")}(${clipped})(?![a-z'’])`, 'gim'), '’$1'),
  replacement(new RegExp(`${before("['‘]")}(n)['’](?![a-z\\d])`, 'gim'), '’$1’'),
  replacement(new RegExp(`${before("'")}(\\d\\ds?)(?![\\da-z'’])`, 'gim'), '’$1'),
  replacement(/(\d)'(s)(?![a-z])/gi, '$1’$2'),
]

export const leadingApostrophe: Rule = {
  code: 'imprimatur/leading-apostrophe',
  title: 'An apostrophe that stands for left-out letters is ’ at a word’s beginning and after a number, too',
  why: 'Typograf sees an apostrophe only between two letters; elsewhere it may be a quotation mark, so that this rule knows its cases by name.',
  writes: apostrophes,
  examples: [
    { lang: 'en', before: "'tis the season", after: '’tis the season' },
    { lang: 'en', before: "rock 'n' roll", after: 'rock ’n’ roll' },
    { lang: 'en', before: "the '90s and the 1990's", after: 'the ’90s and the 1990’s' },
    { lang: 'en', before: "the word 'em' is short", after: "the word 'em' is short" },
  ],
  guard: new RegExp(`${before("['‘]")}[a-z\\d]|\\d's`, 'im'),
  run(buffer) {
    buffer.replace(replacements)
  },
}
