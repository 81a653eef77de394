import { readQuotations, segmentsWith } from '../../engine/quotations.ts'
import { apostrophes } from '../characters.ts'
import type { Rule } from '../rule.ts'

export const leadingApostrophe: Rule = {
  code: 'imprimatur/leading-apostrophe',
  title: 'An apostrophe that stands for left-out letters is ’ at a word’s beginning, too',
  why: 'There it may be a quotation mark as well, so that this rule knows its words by name, and looks whether a mark is left that would close it.',
  writes: apostrophes,
  languages: ['en'],
  examples: [
    { lang: 'en', before: "'tis the season", after: '’tis the season' },
    { lang: 'en', before: "the '90s", after: 'the ’90s' },
    { lang: 'en', before: "they saw 'er there", after: 'they saw ’er there' },
    { lang: 'en', before: "type '32.77,-117.24' in", after: "type '32.77,-117.24' in" },
    { lang: 'en', before: "the word 'em' is short", after: "the word 'em' is short" },
  ],
  needs: ['single mark'],
  guard: /['‘]/,
  run(buffer, { lang }) {
    const found: number[] = []
    for (const segment of segmentsWith(buffer, "'‘")) {
      for (const { at, role } of readQuotations(buffer, segment, { lang, foreign: false }).singles)
        if (role === 'clips' && buffer.text[at] !== '’') found.push(at)
    }
    buffer.rewrite(found.map(at => [{ at, text: '’' }]))
  },
}
