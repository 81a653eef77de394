import { WORD } from '../../parse/cells.ts'
import { apostrophes } from '../characters.ts'
import { readQuotations, segmentsWith, hasSingles } from '../../engine/quotations.ts'
import { replacement } from '../../engine/pattern.ts'
import type { Rule } from '../rule.ts'

const amongLetters = replacement(/'(?<=\p{L}')(?=\p{L})/gu, '’')

/** Of French, Italian and Catalan a word may lose its end before whatever is read as a vowel: l'11, l'« eau », l'`api`. */
const elisions = replacement(new RegExp(`'(?<=\\p{L}')(?=[\\p{L}\\d«“„"‹${WORD}])`, 'gu'), '’')
const eliding: ReadonlySet<string> = new Set(['fr', 'it', 'ca'])

export const apostrophe: Rule = {
  code: 'common/punctuation/apostrophe',
  title:
    'An apostrophe is ’: between letters, in English behind a word, code or a link, too, and behind an elision',
  why: 'The straight one is a typewriter’s.',
  writes: apostrophes,
  needs: ['single mark'],
  guard: /'/,
  examples: [
    { lang: 'en', before: "don't you're O'Brien", after: 'don’t you’re O’Brien' },
    { lang: 'en', before: "our parents' garden, `map`'s speed", after: 'our parents’ garden, `map`’s speed' },
    { lang: 'en', before: "they are goin' home", after: 'they are goin’ home' },
    { lang: 'ru', before: "Жанна д'Арк", after: 'Жанна д’Арк' },
    { lang: 'fr', before: "le prix de l'11e, l'«eau»", after: 'le prix de l’11e, l’«eau»' },
    { lang: 'uk', before: "їх було п'ять", after: 'їх було п’ять' },
  ],
  run(buffer, { lang }) {
    buffer.replace([eliding.has(lang) ? elisions : amongLetters])
    if (!hasSingles(lang)) return
    const found: number[] = []
    for (const segment of segmentsWith(buffer, "'")) {
      for (const { at, role } of readQuotations(buffer, segment, { lang, foreign: false }).singles)
        if (role === 'apostrophe' && buffer.text[at] === "'") found.push(at)
    }
    buffer.rewrite(found.map(at => [{ at, text: '’' }]))
  },
}
