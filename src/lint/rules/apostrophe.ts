import { engineRule } from '../engine/typograf-rule.ts'

export const apostrophe = engineRule({
  name: 'common/punctuation/apostrophe',
  why: 'The straight one is a typewriter’s.',
  guard: /'/,
  examples: [
    { lang: 'en', before: "don't you're O'Brien", after: 'don’t you’re O’Brien' },
    { lang: 'ru', before: "Жанна д'Арк", after: 'Жанна д’Арк' },
  ],
})
