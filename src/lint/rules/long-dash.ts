import type { Rule } from '../rule.ts'

export const longDash: Rule = {
  name: 'imprimatur/long-dash',
  why: 'TeX taught a generation to write --- for —. Typograf knows - and --.',
  examples: [
    { lang: 'en', before: 'word --- word', after: 'word&nbsp;— word' },
    { lang: 'en', before: 'foo---bar', after: 'foo---bar' },
  ],
  guard: /---/,
  run(draft) {
    draft.replace(/[ \u00A0]---([ \u00A0\n])/g, '\u00A0—$1')
  },
}
