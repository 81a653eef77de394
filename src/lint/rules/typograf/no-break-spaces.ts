import { typografRule } from '../../engine/typograf-rule.ts'
import { blanks } from '../characters.ts'
import { isEnglishBook } from '../../ties/tie.ts'
import { label } from '../imprimatur/label.ts'
import type { Rule } from '../rule.ts'
import { afterNumber } from './after-number.ts'
import { afterShortWord } from './after-short-word.ts'
import { beforeShortLastNumber } from './last-number.ts'

/** No English style book asks for it. */
const butInEnglishBooks = (rule: Rule): Rule => ({
  ...rule,
  run(buffer, context) {
    if (!isEnglishBook(context)) rule.run?.(buffer, context)
  },
})

/** Typograf's `common/nbsp/*` but `afterShortWordByList`, which ties every preposition, and `replaceNbsp`, which unties. */
export const noBreakSpaces: readonly Rule[] = [
  typografRule({
    code: 'common/nbsp/dpi',
    title: '“dpi” and “lpi” are tied to their number',
    why: 'A unit alone at the beginning of a line has lost its meaning.',
    writes: blanks,
    languages: ['en', 'ru'],
    guard: /pi(?<=[dl]pi)/,
    examples: [{ lang: 'en', before: '300 dpi, 600 dpi', after: '300&nbsp;dpi, 600&nbsp;dpi' }],
  }),
  butInEnglishBooks(
    typografRule({
      code: 'common/nbsp/beforeShortLastWord',
      title: 'A sentence’s last word of up to three letters is tied to the one before',
      why: 'Alone on the last line it makes a hole in the page.',
      writes: blanks,
      languages: ['en', 'ru'],
      examples: [{ lang: 'en', before: 'moved it over to.', after: 'moved it over&nbsp;to.' }],
    }),
  ),
  beforeShortLastNumber,
  label,
  afterNumber,
  afterShortWord,
  typografRule({
    code: 'common/nbsp/afterSectionMark',
    title: '§ is tied to its number',
    why: 'Neither says anything without the other.',
    writes: blanks,
    languages: ['en', 'ru'],
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
    languages: ['en', 'ru'],
    guard: /¶/,
    examples: [{ lang: 'en', before: 'see ¶ 4', after: 'see ¶&nbsp;4' }],
  }),
]
