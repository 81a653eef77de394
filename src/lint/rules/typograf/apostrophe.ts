import { apostrophes } from '../characters.ts'
import { typografRule } from '../../engine/typograf-rule.ts'

export const apostrophe = typografRule({
  code: 'common/punctuation/apostrophe',
  title: 'An apostrophe between letters is ’',
  why: 'The straight one is a typewriter’s.',
  writes: apostrophes,
  guard: /'/,
  examples: [
    { lang: 'en', before: "don't you're O'Brien", after: 'don’t you’re O’Brien' },
    { lang: 'ru', before: "Жанна д'Арк", after: 'Жанна д’Арк' },
  ],
})
