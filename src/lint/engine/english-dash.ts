import { blanks, dashes } from '../rules/characters.ts'
import type { Rule } from '../rules/rule.ts'
import { isNoDash, isOperation, spacedDash } from './dashes.ts'

/** Of every spaced hyphen or dash the dash of the country. */
export const englishDash = (
  facts: Pick<Rule, 'code' | 'title' | 'why' | 'languages' | 'examples'>,
  dash: (typed: string) => string,
): Rule => ({
  ...facts,
  writes: blanks + dashes,
  guard: /[-‒–—][ \u00A0\n]/,
  run(buffer, context) {
    buffer.replace([
      {
        pattern: spacedDash,
        wanted: ({ 0: found, index }) =>
          isNoDash(buffer, [index, index + found.length]) ||
          isOperation(buffer.text, [index, index + found.length], context)
            ? found
            : `\u00A0${dash(found.slice(1))}`,
        again: false,
      },
      { pattern: /(?<=\n)--(?=[ \u00A0])/g, wanted: () => dash('--'), again: false },
    ])
  },
})
