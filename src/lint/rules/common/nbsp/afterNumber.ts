import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const afterNumber = typografRule({
  code: 'common/nbsp/afterNumber',
  title: 'A number of up to five digits is tied to the word that it counts',
  why: 'A number at the end of a line leaves its thing on the next.',
  writes: blanks,
  guard: /\d /,
  examples: [{ lang: 'en', before: 'with 40 files', after: 'with 40&nbsp;files' }],
})
