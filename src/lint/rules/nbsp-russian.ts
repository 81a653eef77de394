import type { Code } from '../../core/codes.ts'
import type { Rule } from '../rule.ts'
import { engineRule } from '../engine/typograf-rule.ts'

const russian = (name: string, rule: Pick<Rule, 'why' | 'guard'>, before: string, after: string): Rule =>
  engineRule({
    name: `ru/nbsp/${name}` as Code,
    languages: ['ru'],
    examples: [{ lang: 'ru', before, after }],
    ...rule,
  })

const apart = 'Neither says anything without the other.'
const unit = 'A unit alone at the beginning of a line has lost its meaning.'

/** Typograf's `ru/nbsp/*`. Where it would write or take away a letter as well, only the blank is set. */
export const russianNoBreakSpaces: readonly Rule[] = [
  russian('year', { why: unit, guard: /\d{4} ?г(?![а-яё])/ }, 'в 1995 г, зимой', 'в 1995&nbsp;г, зимой'),
  russian('see', { why: apart, guard: /[си]м\./i }, 'театр (см. рисунок 5)', 'театр (см.&nbsp;рисунок 5)'),
  russian('rubleKopek', { why: unit, guard: /\d ?(?:руб|коп)/ }, 'цена 5 руб.', 'цена 5&nbsp;руб.'),
  russian('ps', { why: apart, guard: /[sы]\./i }, 'P. S. Привет', 'P.&nbsp;S. Привет'),
  russian('page', { why: apart, guard: /[а-яc]\. *\d/i }, 'на стр. 5 книги', 'на стр.&nbsp;5 книги'),
  russian(
    'ooo',
    { why: apart, guard: /(?:О[ОА]|ЗА)О |НИИ |ПБОЮЛ / },
    'фирма ООО Ромашка',
    'фирма ООО&nbsp;Ромашка',
  ),
  russian(
    'mln',
    {
      why: unit,
      guard: /\d ?(?:тыс|мл|трлн)/i,
    },
    'почти 5 млн рублей',
    'почти 5&nbsp;млн рублей',
  ),
  russian(
    'initials',
    {
      why: 'A person should not be cut in two.',
      guard: /[А-ЯЁ]\.[ \u00A0\u202F]?[А-ЯЁ]\./,
    },
    'поэт А. С. Пушкин',
    'поэт А.&nbsp;С.&nbsp;Пушкин',
  ),
  russian('dayMonth', { why: apart, guard: /\d [яфмаисонд]/i }, 'это 5 мая', 'это 5&nbsp;мая'),
  russian(
    'centuries',
    { why: apart, guard: /[VIX][ \u00A0]?в/ },
    'начало XX в., зима',
    'начало XX&nbsp;в., зима',
  ),
  russian('afterNumberSign', { why: apart, guard: /№/ }, 'школа № 5', 'школа №&#8239;5'),
  russian(
    'addr',
    {
      why: apart,
      guard:
        /\.(?<=(?<![а-яё])(?:[гдс]|кв|под|эт|обл|кр|ст|пос|ул|пер|пр|пр-т|просп|пл|бул|б-р|наб|ш|туп|оф|комн?|уч|вл|влад|стр|кор|мкр)\.)|этаж|литер|мкр|мк-н|дом|п-д/i,
    },
    'живёт: ул. Мира',
    'живёт: ул.&nbsp;Мира',
  ),
  russian(
    'abbr',
    {
      why: 'They are several words; without a blank they look like one.',
      guard: /[а-яё]\. ?[а-яё]/,
    },
    'и всё т.п., дальше',
    'и всё т.&nbsp;п., дальше',
  ),
]

/** … and those that come last: they correct what the others did. */
export const lateRussianNoBreakSpaces: readonly Rule[] = [
  russian(
    'years',
    { why: unit, guard: /\d{4}(?:--?|[‒–—])\d{4} ?г/ },
    'было 1990–1995 гг. тогда',
    'было 1990–1995&nbsp;гг. тогда',
  ),
  russian('m', { why: unit, guard: /\d[ \u00A0]?[дскмdcmkг]/ }, 'ещё 5 км, пешком', 'ещё 5&nbsp;км, пешком'),
  russian(
    'beforeParticle',
    {
      why: 'A particle leans on it, and must not begin a line.',
      guard: /[ \u00A0][лжб]/,
    },
    'если бы знать',
    'если&nbsp;бы знать',
  ),
]
