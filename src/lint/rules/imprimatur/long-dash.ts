import { blanks, dashes } from '../characters.ts'
import { replacement } from '../../engine/pattern.ts'
import type { Rule } from '../rule.ts'

const dash = replacement(/[ \u00A0]---(?![ \u00A0]\|)(?<!\|....)([ \u00A0\n])/g, '\u00A0—$1')

export const longDash: Rule = {
  code: 'imprimatur/long-dash',
  title: 'Three hyphens between words are a dash',
  why: 'TeX taught a generation to write --- for —. Typograf knows - and --.',
  writes: blanks + dashes,
  languages: ['en', 'ru'],
  examples: [
    { lang: 'en', before: 'word --- word', after: 'word&nbsp;— word' },
    { lang: 'en', before: 'foo---bar', after: 'foo---bar' },
    { lang: 'en', before: 'in a row: | --- | --- |', after: 'in a row: | --- | --- |' },
  ],
  needs: ['two dashes'],
  guard: /---/,
  run(buffer) {
    buffer.replace([dash])
  },
}
