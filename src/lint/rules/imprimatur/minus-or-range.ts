import { isOperation, spacedDashes } from '../../engine/dashes.ts'
import type { Rule } from '../rule.ts'

export const minusOrRange: Rule = {
  code: 'imprimatur/minus-or-range',
  title: 'Between two numbers or letters stands a minus or the dash of a range, and no hyphen with blanks',
  why: 'Which of the two it is, only the author knows; it is no dash between words, and none is made of it.',
  writes: '',
  languages: ['en', 'ru'],
  needs: ['dash'],
  examples: [{ lang: 'en', before: 'Open daily 10:00 - 18:00', after: 'Open daily 10:00 - 18:00' }],
  run(buffer, context) {
    for (const { at, found } of spacedDashes(buffer)) {
      if (!isOperation(buffer.text, [at, at + found.length], context)) continue
      buffer.report(
        at + 1,
        found.length - 1,
        `“${found.slice(1)}” stands between two values, where it is a minus or a range`,
        {
          hint: 'a minus is −, with blanks; a range has – and none: 10–18',
        },
      )
    }
  },
}
