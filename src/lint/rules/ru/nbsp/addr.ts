import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const addr = typografRule({
  code: 'ru/nbsp/addr',
  title: 'The parts of an address are tied: “ул.”, “д.”, “кв.”, “г.”',
  why: 'Neither says anything without the other.',
  writes: blanks,
  languages: ['ru'],
  guard:
    /\.(?<=(?<![а-яё])(?:[гдс]|кв|под|эт|обл|кр|ст|пос|ул|пер|пр|пр-т|просп|пл|бул|б-р|наб|ш|туп|оф|комн?|уч|вл|влад|стр|кор|мкр)\.)|этаж|литер|мкр|мк-н|дом|п-д/i,
  examples: [{ lang: 'ru', before: 'живёт: ул. Мира', after: 'живёт: ул.&nbsp;Мира' }],
})
