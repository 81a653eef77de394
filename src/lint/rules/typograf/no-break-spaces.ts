import { typografRule } from '../../engine/typograf-rule.ts'
import { blanks } from '../characters.ts'
import type { Rule } from '../rule.ts'

/** Typograf's `common/nbsp/*` but `afterShortWordByList`, which ties every preposition, and `replaceNbsp`, which unties. */
export const noBreakSpaces: readonly Rule[] = [
  typografRule({
    code: 'common/nbsp/dpi',
    title: '“dpi” and “lpi” are tied to their number',
    why: 'A unit alone at the beginning of a line has lost its meaning.',
    writes: blanks,
    guard: /pi(?<=[dl]pi)/,
    examples: [{ lang: 'en', before: '300 dpi, 600 dpi', after: '300&nbsp;dpi, 600&nbsp;dpi' }],
  }),
  typografRule({
    code: 'common/nbsp/beforeShortLastWord',
    title: 'A sentence’s last word of up to three letters is tied to the one before',
    why: 'Alone on the last line it makes a hole in the page.',
    writes: blanks,
    examples: [{ lang: 'en', before: 'moved it over to.', after: 'moved it over&nbsp;to.' }],
  }),
  typografRule({
    code: 'common/nbsp/beforeShortLastNumber',
    title: 'A sentence’s last number of one or two digits is tied to the word before',
    why: 'Alone on the last line it makes a hole in the page, and says nothing.',
    writes: blanks,
    guard: / \d/,
    examples: [{ lang: 'en', before: 'See chapter 5.', after: 'See chapter&nbsp;5.' }],
  }),
  typografRule({
    code: 'common/nbsp/afterShortWord',
    title: 'A word of one or two letters is tied to the next',
    why: 'A preposition or an article at the end of a line makes the reader stumble.',
    writes: blanks,
    examples: [
      { lang: 'en', before: 'I was made of wood', after: 'I&nbsp;was made of&nbsp;wood' },
      { lang: 'ru', before: 'сидел в лесу и пел', after: 'сидел в&nbsp;лесу и&nbsp;пел' },
    ],
  }),
  typografRule({
    code: 'common/nbsp/afterSectionMark',
    title: '§ is tied to its number',
    why: 'Neither says anything without the other.',
    writes: blanks,
    guard: /§/,
    examples: [
      { lang: 'en', before: 'see § 62', after: 'see §&nbsp;62' },
      { lang: 'ru', before: 'параграф § 62', after: 'параграф §&#8239;62' },
    ],
  }),
  typografRule({
    code: 'common/nbsp/afterParagraphMark',
    title: '¶ is tied to its number',
    why: 'Neither says anything without the other.',
    writes: blanks,
    guard: /¶/,
    examples: [{ lang: 'en', before: 'see ¶ 4', after: 'see ¶&nbsp;4' }],
  }),
  typografRule({
    code: 'common/nbsp/afterNumber',
    title: 'A number of up to five digits is tied to the word that it counts',
    why: 'A number at the end of a line leaves its thing on the next.',
    writes: blanks,
    guard: /\d /,
    examples: [{ lang: 'en', before: 'with 40 files', after: 'with 40&nbsp;files' }],
  }),
]
