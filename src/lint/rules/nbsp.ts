import type { Rule } from '../rule.ts'
import { engineRule } from '../engine/typograf-rule.ts'

/** Typograf's `common/nbsp/*` but `afterShortWordByList`, which ties every preposition, and `replaceNbsp`, which unties. */
export const noBreakSpaces: readonly Rule[] = [
  engineRule({
    name: 'common/nbsp/dpi',
    why: 'A unit alone at the beginning of a line has lost its meaning.',
    guard: /pi(?<=[dl]pi)/,
    examples: [{ lang: 'en', before: '300 dpi, 600 dpi', after: '300&nbsp;dpi, 600&nbsp;dpi' }],
  }),
  engineRule({
    name: 'common/nbsp/beforeShortLastWord',
    why: 'Alone on the last line it makes a hole in the page.',
    examples: [{ lang: 'en', before: 'moved it over to.', after: 'moved it over&nbsp;to.' }],
  }),
  engineRule({
    name: 'common/nbsp/beforeShortLastNumber',
    why: 'Alone on the last line it makes a hole in the page, and says nothing.',
    guard: / \d/,
    examples: [{ lang: 'en', before: 'See chapter 5.', after: 'See chapter&nbsp;5.' }],
  }),
  engineRule({
    name: 'common/nbsp/afterShortWord',
    why: 'A preposition or an article at the end of a line makes the reader stumble.',
    examples: [
      { lang: 'en', before: 'I was made of wood', after: 'I&nbsp;was made of&nbsp;wood' },
      { lang: 'ru', before: 'сидел в лесу и пел', after: 'сидел в&nbsp;лесу и&nbsp;пел' },
    ],
  }),
  engineRule({
    name: 'common/nbsp/afterSectionMark',
    why: 'Neither says anything without the other.',
    guard: /§/,
    examples: [
      { lang: 'en', before: 'see § 62', after: 'see §&nbsp;62' },
      { lang: 'ru', before: 'параграф § 62', after: 'параграф §&#8239;62' },
    ],
  }),
  engineRule({
    name: 'common/nbsp/afterParagraphMark',
    why: 'Neither says anything without the other.',
    guard: /¶/,
    examples: [{ lang: 'en', before: 'see ¶ 4', after: 'see ¶&nbsp;4' }],
  }),
  engineRule({
    name: 'common/nbsp/afterNumber',
    why: 'A number at the end of a line leaves its thing on the next.',
    guard: /\d /,
    examples: [{ lang: 'en', before: 'with 40 files', after: 'with 40&nbsp;files' }],
  }),
]
