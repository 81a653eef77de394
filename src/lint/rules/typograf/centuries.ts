import { replacementsOf } from '../../engine/typograf.ts'
import type { Replacement } from '../../engine/pattern.ts'
import { blanks } from '../characters.ts'
import type { Rule } from '../rule.ts'

/** Typograf leaves “XIX в. было” alone, for no punctuation mark comes behind the full stop, and does not know “века”. */
const beforeCentury: Replacement = {
  pattern: / (?<=(?<![\p{L}\d])[IVX]+(?:[-–—][IVX]+)? )(?=вв?\.|век(?:а|у|е|ом|ов|ах|ам|ами)?(?!\p{L}))/gu,
  wanted: '\u00A0',
  again: false,
}

let replacements: readonly Replacement[] | undefined

export const centuries: Rule = {
  code: 'ru/nbsp/centuries',
  title: '“в.”, “вв.” and “век” are tied to their century',
  why: 'Neither says anything without the other.',
  writes: blanks,
  languages: ['ru'],
  needs: ['two scripts', 'Latin capital before'],
  guard: /[VIX][ \u00A0]?в/,
  examples: [
    { lang: 'ru', before: 'начало XX в., зима', after: 'начало XX&nbsp;в., зима' },
    { lang: 'ru', before: 'роман XIX в. читают', after: 'роман XIX&nbsp;в. читают' },
    { lang: 'ru', before: 'начало XIX века было', after: 'начало XIX&nbsp;века было' },
  ],
  run(buffer) {
    replacements ??= [beforeCentury, ...replacementsOf('ru/nbsp/centuries', 'ru')]
    buffer.replace(replacements, { others: 'skipped' })
  },
}
