import { blanks } from '../characters.ts'
import type { Replacement } from '../../engine/pattern.ts'
import { replacementsOf } from '../../engine/typograf.ts'
import type { Rule } from '../rule.ts'

export const addr: Rule = {
  code: 'ru/nbsp/addr',
  title: 'The parts of an address are tied: “ул.”, “д.”, “кв.”, “г.”',
  why: 'Neither says anything without the other.',
  writes: blanks,
  languages: ['ru'],
  examples: [{ lang: 'ru', before: 'живёт: ул. Мира', after: 'живёт: ул.&nbsp;Мира' }],
  run(buffer) {
    if (!buffer.hasAbbreviation(shortened) && !written.test(buffer.text)) return
    buffer.replace((replacements ??= replacementsOf('ru/nbsp/addr', 'ru').map(withinSentence)), {
      others: 'skipped',
    })
  },
}

const shortened =
  'г д с кв под эт обл кр ст пос ул пер пр т просп пл бул р наб ш туп оф ком комн уч вл влад стр кор мкр'.split(
    ' ',
  )
const written = /этаж|литер|мкр|мк-н|дом|п-д/i

let replacements: readonly Replacement[] | undefined

/** Typograf takes “и т. д. Один” for a house, “на языке С. Вот” for a village and “литер в строке” for a building. */
const withinSentence = ({ pattern, wanted, again }: Replacement): Replacement => ({
  pattern,
  wanted: match => (isAddress(match) ? (typeof wanted === 'string' ? wanted : wanted(match)) : match[0]),
  again,
})

const named = /^(?:обл|кр|ст|пос|с|д|ул|пер|пр-т|просп|пл|бул|б-р|наб|ш)$/
const streets = /^(?:обл|пос|ул|пер|пр-т|просп|пл|бул|б-р|наб|ш)$/
const beforePlace =
  /(?:^|[,;(«\u2029]|(?<![а-яё])(?:в|во|из|на|у|до|от|под|к|за|около|через|близ))[ \u00A0]$/i

function isAddress({ 0: found, input, index }: RegExpExecArray): boolean {
  const [, word = '', behind = ''] = /(?:^|[\s\u2029])([\p{L}-]+)\.?[ \u00A0]*([\p{L}\d])/u.exec(found) ?? []
  if (/^литер$/i.test(word)) return /[А-ЯЁ]/.test(behind) && !/\p{L}/u.test(input[index + found.length] ?? '')
  if (!found.includes('.') || /\d/.test(behind) || !/\p{L}/u.test(behind) || word === 'г') return true
  if (word !== word.toLowerCase()) return false
  const before = input.slice(Math.max(0, index - 12), index + 1)
  if (word === 'д' && /(?<![а-яё])т\.[ \u00A0]?$/i.test(before))
    return /^\S*[\s\u2029]?д\.[ \u00A0]?и[ \u00A0]т\./i.test(input.slice(index, index + 12))
  if (behind === behind.toLowerCase()) return streets.test(word)
  return named.test(word) && (word.length > 1 || beforePlace.test(before))
}
