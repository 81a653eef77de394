import { replacementsOf } from '../../engine/typograf.ts'
import type { Replacement } from '../../engine/pattern.ts'
import { blanks } from '../characters.ts'
import type { Rule } from '../rule.ts'

/** Typograf leaves “XIX в. было” alone, for no punctuation mark comes behind the full stop. */
const beforeStop: Replacement = {
  pattern: / (?<=(?<![\p{L}\d])[IVX]+(?:[-–—][IVX]+)? )(?=вв?\.)/gu,
  wanted: '\u00A0',
  again: false,
}

let replacements: readonly Replacement[] | undefined

export const centuries: Rule = {
  code: 'ru/nbsp/centuries',
  title: '“в.” and “вв.” are tied to their century',
  why: 'Neither says anything without the other.',
  writes: blanks,
  languages: ['ru'],
  guard: /[VIX][ \u00A0]?в/,
  examples: [
    { lang: 'ru', before: 'начало XX в., зима', after: 'начало XX&nbsp;в., зима' },
    { lang: 'ru', before: 'роман XIX в. читают', after: 'роман XIX&nbsp;в. читают' },
  ],
  run(buffer) {
    replacements ??= [beforeStop, ...replacementsOf('ru/nbsp/centuries', 'ru')]
    buffer.replace(replacements, { others: 'skipped' })
  },
}
