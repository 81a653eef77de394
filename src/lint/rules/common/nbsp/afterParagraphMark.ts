import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const afterParagraphMark = typografRule({
  code: 'common/nbsp/afterParagraphMark',
  title: '¶ is tied to its number',
  why: 'Neither says anything without the other.',
  writes: blanks,
  guard: /¶/,
  examples: [{ lang: 'en', before: 'see ¶ 4', after: 'see ¶&nbsp;4' }],
})
