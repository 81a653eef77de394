import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const afterSectionMark = typografRule({
  code: 'common/nbsp/afterSectionMark',
  title: '§ is tied to its number',
  why: 'Neither says anything without the other.',
  writes: blanks,
  guard: /§/,
  examples: [
    { lang: 'en', before: 'see § 62', after: 'see §&nbsp;62' },
    { lang: 'ru', before: 'параграф § 62', after: 'параграф §&#8239;62' },
  ],
})
