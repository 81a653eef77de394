import type { FindPlaces, Replacement } from '../../engine/pattern.ts'
import { typografRule } from '../../engine/typograf-rule.ts'
import { blanks } from '../characters.ts'
import { SEPARATOR } from '../../parse/cells.ts'
import { isEnglishBook } from '../../ties/tie.ts'
import { label } from '../imprimatur/label.ts'
import type { Rule } from '../rule.ts'
import { afterNumber } from './after-number.ts'
import { afterShortWord } from './after-short-word.ts'
import { beforeShortLastNumber } from './last-number.ts'

/** No English style book asks for it. */
const butInEnglishBooks = (rule: Rule): Rule => ({
  ...rule,
  run(buffer, context) {
    if (!isEnglishBook(context)) rule.run?.(buffer, context)
  },
})

/**
 * Typograf knows a last word by its full stop alone, and takes that of an abbreviation for one. A paragraph may end without a
 * stop: in Russian with a word of one or two letters.
 */
const beforeShortLastWord: Rule = {
  code: 'common/nbsp/beforeShortLastWord',
  title: 'A sentence’s last word of up to three letters is tied to the one before',
  why: 'Alone on the last line it makes a hole in the page. In Russian a paragraph’s last word of one or two letters is tied, too, when no stop is behind it.',
  writes: blanks,
  languages: ['en', 'ru'],
  cost: 'every sentence has a last word',
  examples: [
    { lang: 'en', before: 'moved it over to.', after: 'moved it over&nbsp;to.' },
    { lang: 'ru', before: 'Здесь вчера были мы', after: 'Здесь вчера были&nbsp;мы' },
  ],
  run(buffer, { lang, settings, lexicon }) {
    const length = Number(settings?.lengthLastWord ?? 3)
    const pointsOn = (word: string) => lexicon.titles.has(word) || /^(?:им|см|ср|vs)$/.test(word)
    const stopped: Replacement = {
      pattern: lastWord(length),
      places: readable => beforeLastWords(readable, length),
      wanted: ([found, word = '', isInside]) =>
        isInside !== undefined && pointsOn(word.toLowerCase()) ? found : '\u00A0',
      again: false,
    }
    const bare: Replacement = {
      pattern: lastBareWord(Math.min(length, 2)),
      places: beforeBareWords,
      wanted: '\u00A0',
      again: false,
    }
    buffer.replace(lang === 'ru' ? [stopped, bare] : [stopped])
  },
}

const byLength = (source: (length: number) => string) => {
  const known = new Map<number, RegExp>()
  return (length: number): RegExp => {
    const pattern = known.get(length) ?? new RegExp(source(length), 'uy')
    known.set(length, pattern)
    return pattern
  }
}

const lastWord = byLength(
  length => ` (?=(\\p{L}{1,${length}})(?:\\.(?= \\p{Lu})()|[.!?…](?: \\p{Lu}|\u2029|$)))(?<=[\\p{Ll}\\d] )`,
)

const lastBareWord = byLength(length => ` (?=[а-яё]{1,${length}}(?:\u2029|$))(?<=[\\p{Ll}\\d] )`)

/** Blanks before words, of at most so many letters, behind which a sentence may end with a stop. */
function beforeLastWords({ text, signs }: Parameters<FindPlaces>[0], length: number): readonly number[] {
  const found: number[] = []
  for (const stop of signs.stops) {
    if (stop + 1 < text.length && text[stop + 1] !== ' ' && text[stop + 1] !== SEPARATOR) continue
    let at = stop - 1
    let letters = 0
    for (; letters <= length && at >= 0 && text[at] !== ' ' && text[at] !== SEPARATOR; at--)
      if (!isSecondHalf(text.charCodeAt(at))) letters++
    if (text[at] === ' ' && letters > 0) found.push(at)
  }
  return found
}

/** Of a letter that is two code units. */
const isSecondHalf = (code: number) => code >= 0xdc00 && code < 0xe000

/** Blanks before words of one or two letters that a segment ends with. */
const beforeBareWords: FindPlaces = ({ text, signs }) =>
  signs.shortWords
    .filter(end => end === text.length || text[end] === SEPARATOR)
    .map(end => (text[end - 2] === ' ' ? end - 2 : end - 3))

/** Typograf's `common/nbsp/*` but `afterShortWordByList`, which ties every preposition, and `replaceNbsp`, which unties. */
export const noBreakSpaces: readonly Rule[] = [
  typografRule({
    code: 'common/nbsp/dpi',
    title: '“dpi” and “lpi” are tied to their number',
    why: 'A unit alone at the beginning of a line has lost its meaning.',
    writes: blanks,
    languages: ['en', 'ru'],
    behindNumber: 'dl',
    guard: /pi(?<=[dl]pi)/,
    examples: [{ lang: 'en', before: '300 dpi, 600 dpi', after: '300&nbsp;dpi, 600&nbsp;dpi' }],
  }),
  butInEnglishBooks(beforeShortLastWord),
  beforeShortLastNumber,
  label,
  afterNumber,
  afterShortWord,
  typografRule({
    code: 'common/nbsp/afterSectionMark',
    title: '§ is tied to its number',
    why: 'Neither says anything without the other.',
    writes: blanks,
    languages: ['en', 'ru'],
    needs: ['§'],
    examples: [
      { lang: 'en', before: 'see § 62', after: 'see §&nbsp;62' },
      { lang: 'ru', before: 'параграф § 62', after: 'параграф §&#8239;62' },
    ],
  }),
  typografRule({
    code: 'common/nbsp/afterParagraphMark',
    title: '¶ is tied to its number',
    why: 'Neither says anything without the other.',
    writes: blanks,
    languages: ['en', 'ru'],
    needs: ['¶'],
    examples: [{ lang: 'en', before: 'see ¶ 4', after: 'see ¶&nbsp;4' }],
  }),
]
