import { blanks } from '../characters.ts'
import type { Rule } from '../rule.ts'

export const frenchSpace: Rule = {
  code: 'imprimatur/french-space',
  title: 'In French the space before ; ! ? is narrow, that before : is not, and no line may end there',
  why: 'French sets a space before these signs; an ordinary one would let a line begin with them. Where none was typed, none is put in.',
  writes: blanks,
  languages: ['fr'],
  guard: / [;:!?]/,
  examples: [
    { lang: 'fr', before: 'Que faire ? Partir !', after: 'Que faire&#8239;? Partir&#8239;!' },
    { lang: 'fr', before: 'il a dit : oui', after: 'il a dit&nbsp;: oui' },
  ],
  run(buffer) {
    buffer.replace([
      { pattern: / (?<=[^\s\u2029] )(?=[;!?]+(?:[\s»)\u2029]|$))/g, wanted: '\u202F', again: false },
      { pattern: / (?<=[^\s\u2029] )(?=:(?:[\s\u2029]|$))/g, wanted: '\u00A0', again: false },
    ])
  },
}
