import { typografRule } from '../../engine/typograf-rule.ts'
import { isBlank } from '../../ties/readable-text.ts'
import { blanks, dashes } from '../characters.ts'
import { searchedAt, type FindPlaces, type Replacement } from '../../engine/pattern.ts'
import type { Rule } from '../rule.ts'
import { addr } from './address.ts'
import { centuries } from './centuries.ts'
import { initials } from './initials.ts'
import { see } from './see.ts'

/** Ties the blank that a pattern finds. */
const blank = (pattern: RegExp): Replacement => ({ pattern, wanted: '\u00A0', again: false })

/** “(т.е.”, “и т.д.)”: Typograf wants blanks around it. */
const parted: Replacement = {
  pattern: /([тн])(?<=[(«„[].)\.([едкнпэ])\.|([тн])(?<=[ \u00A0].)\.([едкнпэ])\.(?=[)\]»?!:;])/giu,
  wanted: ([, a, b, c = a, d = b]) => `${c}.\u00A0${d}.`,
  again: false,
}

/** Typograf's `ru/nbsp/*`. Where it would write or take away a letter as well, only the blank is set. */
export const russianNoBreakSpaces: readonly Rule[] = [
  typografRule({
    code: 'ru/nbsp/year',
    title: '“г” is tied to its year',
    why: 'A unit alone at the beginning of a line has lost its meaning.',
    writes: blanks,
    languages: ['ru'],
    behindNumber: 'г',
    guard: /\d{4,} ?г(?![а-яё])/y,
    examples: [{ lang: 'ru', before: 'в 1995 г, зимой', after: 'в 1995&nbsp;г, зимой' }],
  }),
  see,
  typografRule({
    code: 'ru/nbsp/rubleKopek',
    title: '“руб.” and “коп.” are tied to their number',
    why: 'A unit alone at the beginning of a line has lost its meaning.',
    writes: blanks,
    languages: ['ru'],
    behindNumber: 'рк',
    guard: /\d+ ?(?:руб|коп)/y,
    examples: [{ lang: 'ru', before: 'цена 5 руб.', after: 'цена 5&nbsp;руб.' }],
  }),
  typografRule({
    code: 'ru/nbsp/ps',
    title: 'The letters of “P. S.” are tied',
    why: 'Neither says anything without the other.',
    writes: blanks,
    languages: ['ru'],
    abbreviations: ['s', 'ы'],
    examples: [{ lang: 'ru', before: 'P. S. Привет', after: 'P.&nbsp;S. Привет' }],
  }),
  typografRule({
    code: 'ru/nbsp/page',
    title: '“стр.”, “гл.”, “рис.”, “ст.” are tied to their number',
    why: 'Neither says anything without the other.',
    writes: blanks,
    languages: ['ru'],
    needs: ['digit'],
    abbreviations: ['стр', 'гл', 'рис', 'ил', 'илл', 'ст', 'п', 'c'],
    guard: /[а-яc]\. *\d/i,
    examples: [{ lang: 'ru', before: 'на стр. 5 книги', after: 'на стр.&nbsp;5 книги' }],
  }),
  typografRule({
    code: 'ru/nbsp/ooo',
    title: '“ООО” and its like are tied to the name',
    why: 'Neither says anything without the other.',
    writes: blanks,
    languages: ['ru'],
    guard: /(?:О[ОА]|ЗА)О |НИИ |ПБОЮЛ /,
    examples: [{ lang: 'ru', before: 'фирма ООО Ромашка', after: 'фирма ООО&nbsp;Ромашка' }],
  }),
  typografRule({
    code: 'ru/nbsp/mln',
    title: '“тыс.”, “млн”, “млрд”, “трлн” are tied to their number',
    why: 'A unit alone at the beginning of a line has lost its meaning.',
    writes: blanks,
    languages: ['ru'],
    behindNumber: 'тм',
    guard: /\d+ ?(?:тыс|мл|трлн)/iy,
    examples: [{ lang: 'ru', before: 'почти 5 млн рублей', after: 'почти 5&nbsp;млн рублей' }],
  }),
  initials,
  typografRule({
    code: 'ru/nbsp/dayMonth',
    title: 'A day is tied to its month',
    why: 'Neither says anything without the other.',
    writes: blanks,
    languages: ['ru'],
    behindNumber: 'яфмаисонд',
    guard: /\d+ [яфмаисонд]/iy,
    examples: [{ lang: 'ru', before: 'это 5 мая', after: 'это 5&nbsp;мая' }],
  }),
  centuries,
  typografRule({
    code: 'ru/nbsp/afterNumberSign',
    title: '№ is tied to its number, closely',
    why: 'Neither says anything without the other.',
    writes: blanks,
    languages: ['ru'],
    needs: ['№'],
    examples: [{ lang: 'ru', before: 'школа № 5', after: 'школа №&#8239;5' }],
  }),
  addr,
  typografRule(
    {
      code: 'ru/nbsp/abbr',
      title: 'Abbreviations such as “т. д.” are tied, and parted',
      why: 'They are several words; without a blank they look like one.',
      writes: blanks,
      languages: ['ru'],
      needs: ['two abbreviations'],
      examples: [{ lang: 'ru', before: 'и всё т.п., дальше', after: 'и всё т.&nbsp;п., дальше' }],
    },
    { before: [blank(/ (?<=[(«„[](?:т|н)\. )(?=[едкнпэ]\.)/giu), parted] },
  ),
]

/** What particles begin with, л, ж and б, and what they are. */
const beginsParticle = (code: number) => code === 0x43b || code === 0x436 || code === 0x431
const particles: ReadonlySet<string> = new Set(['ли', 'ль', 'же', 'бы', 'б', 'ж'])

/** Where particles end … */
const behindParticles: FindPlaces = ({ text, signs }) =>
  signs.shortWords.filter(end => {
    const start = lastBlank(text, end) + 1
    return beginsParticle(text.charCodeAt(start)) && particles.has(text.slice(start, end))
  })

/** … and the blanks before them. */
const beforeParticles: FindPlaces = readable =>
  behindParticles(readable).map(end => lastBlank(readable.text, end))

/** The blanks before dashes, and what else is before a dash that begins a line. */
const beforeDashes: FindPlaces = ({ signs }) => signs.dashes.map(at => at - 1)

/** The blank before a word of one or two letters, or where it would be. */
const lastBlank = (text: string, end: number): number => (isBlank(text[end - 2]) ? end - 2 : end - 3)

/** … and those that come last: they correct what the others did. */
export const lateRussianNoBreakSpaces: readonly Rule[] = [
  typografRule({
    code: 'ru/nbsp/years',
    title: '“г.” and “гг.” are tied to their years',
    why: 'A unit alone at the beginning of a line has lost its meaning.',
    writes: blanks + dashes,
    languages: ['ru'],
    behindNumber: 'г',
    guard: /\d{4,}(?:--?|[‒–—])\d{4} ?г/y,
    examples: [{ lang: 'ru', before: 'было 1990–1995 гг. тогда', after: 'было 1990–1995&nbsp;гг. тогда' }],
  }),
  typografRule(
    {
      code: 'ru/nbsp/m',
      title: 'Units of length are tied to their number',
      why: 'A unit alone at the beginning of a line has lost its meaning.',
      writes: blanks,
      languages: ['ru'],
      behindNumber: 'дскмdcmkг',
      guard: /\d+[ \u00A0]?[дскмdcmkг]/y,
      examples: [{ lang: 'ru', before: 'ещё 5 км, пешком', after: 'ещё 5&nbsp;км, пешком' }],
    },
    {
      // What it finds begins with the character before the number, if there is one.
      places: ({ signs }) => signs.digits.map(at => Math.max(0, at - 1)),
      // It unties what stands behind the unit, a dash too.
      behind: [searchedAt(beforeDashes, blank(/ (?=[—–][ \n])(?<=\d[ \u00A0]?[дскмdcmkг]{1,2}[²³]? )/g))],
    },
  ),
  typografRule(
    {
      code: 'ru/nbsp/beforeParticle',
      title: '“ли”, “же”, “бы” are tied to the word before',
      why: 'A particle leans on it, and must not begin a line.',
      writes: blanks,
      languages: ['ru'],
      examples: [
        { lang: 'ru', before: 'если бы знать', after: 'если&nbsp;бы знать' },
        { lang: 'ru', before: 'точно так же&nbsp;— тихо', after: 'точно так&nbsp;же&nbsp;— тихо' },
        { lang: 'ru', before: 'в Chrome же иначе', after: 'в Chrome&nbsp;же иначе' },
      ],
    },
    {
      before: [
        blank(/ (?<=\p{L} )(?=(?:ли|ль|же|бы)(?:[).…—\u2029]|$))/gu),
        blank(/ (?<=[a-zA-Z\uE000] )(?=(?:ли|ль|же|бы)(?![\p{L}-]))/gu),
      ].map(each => searchedAt(beforeParticles, each)),
      places: readable => beforeParticles(readable).map(at => at - 1),
      // It unties what stands behind the particle, another one or a dash, too.
      behind: [
        searchedAt(
          beforeParticles,
          blank(/ (?<=[ \u00A0](?:ли|ль|же|бы) )(?=(?:ли|ль|же|бы)(?![\p{L}-]))/gu),
        ),
        searchedAt(behindParticles, blank(/ (?=[—–][ \n])(?<=[ \u00A0](?:ли|ль|же|бы|б|ж) )/gu)),
      ],
    },
  ),
]
