import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const beforeShortLastWord = typografRule({
  code: 'common/nbsp/beforeShortLastWord',
  title: 'A sentence’s last word of up to three letters is tied to the one before',
  why: 'Alone on the last line it makes a hole in the page.',
  writes: blanks,
  examples: [{ lang: 'en', before: 'moved it over to.', after: 'moved it over&nbsp;to.' }],
})
