/*
 * Typograf's other rules, off until somebody turns them on. Longer than 250 lines, for it is a table of 60 rows; a file for each
 * would cost time at every start.
 */
import type { RuleCode } from '../../../core/types.ts'
import { typografRule } from '../../engine/typograf-rule.ts'
import { blanks, dashes } from '../characters.ts'
import type { Example, Rule } from '../rule.ts'

type Row = readonly [code: RuleCode, title: string, writes: string, before: string, after: string]

/** Typograf's reasons are in its titles. */
const why = 'Off, unless the configuration turns it on: it is a matter of taste, or of the text.'

const optional = (
  [code, title, writes, before, after]: Row,
  text?: Pick<Rule, 'writesText' | 'isTextAllowed'>,
): Rule => {
  const [own] = code.split('/')
  const languages = own === 'common' ? undefined : [own as string]
  const example: Example = { lang: own === 'ru' || /[а-яё]/i.test(before) ? 'ru' : 'en', before, after }
  const facts = { code, title, why, writes, examples: [example], isOptional: true }
  return typografRule({ ...facts, ...(languages && { languages }), ...text })
}

/** What concerns signs, blanks and dashes; in Typograf's order, before quotation marks and ties are set. */
const rows: readonly Row[] = [
  ['ru/symbols/NN', 'Two number signs are one', '№', 'школы №№ 5 и 6', 'школы № 5 и 6'],
  [
    'common/symbols/cf',
    'A temperature has its degree sign',
    `${blanks}°`,
    'it was 20 C.',
    'it was 20\u2009°C.',
  ],
  ['common/symbols/arrow', 'Arrows are arrows: → for ->', '-><→←', 'from A -> B', 'from A → B'],
  ['ru/number/comma', 'A decimal fraction has a comma', '.,', 'около 0.5% людей', 'около 0,5% людей'],
  [
    'common/number/mathSigns',
    'Signs of mathematics: ≠ ≤ ≥ ≈ ± for != <= >= ~= +-',
    '!=<>~+-≠≤≥⇔≪≫≅±',
    'a != b, x +-5',
    'a ≠ b, x ±5',
  ],
  [
    'ru/space/year',
    'A blank between a year and the word “год”',
    blanks,
    'в 2012год, зимой',
    'в 2012 год, зимой',
  ],
  ['ru/space/afterHellip', 'A blank behind three points', blanks, 'он…Она', 'он… Она'],
  ['common/space/squareBracket', 'No blank within square brackets', blanks, 'a [ b ] c', 'a [b] c'],
  [
    'common/space/delBetweenExclamationMarks',
    'No blank between exclamation marks',
    blanks,
    'Oh! ! No',
    'Oh!! No',
  ],
  [
    'common/space/delBeforePunctuation',
    'No blank before a punctuation mark',
    blanks,
    'one , two ; three',
    'one, two; three',
  ],
  [
    'common/space/delBeforePercent',
    'No blank before the percent sign',
    blanks,
    'some 5 % of it',
    'some 5% of it',
  ],
  ['common/space/delBeforeDot', 'No blank before a full stop', blanks, 'The end . Yes', 'The end. Yes'],
  ['common/space/bracket', 'No blank within brackets', blanks, 'a ( b ) c', 'a (b) c'],
  ['common/space/beforeBracket', 'A blank before a bracket', blanks, 'word(another)', 'word (another)'],
  ['common/space/afterSemicolon', 'A blank behind a semicolon', blanks, 'one;two', 'one; two'],
  ['common/space/afterExclamationMark', 'A blank behind an exclamation mark', blanks, 'One!Two', 'One! Two'],
  ['common/space/afterQuestionMark', 'A blank behind a question mark', blanks, 'One?Two', 'One? Two'],
  ['common/space/afterComma', 'A blank behind a comma', blanks, 'one,two', 'one, two'],
  ['common/space/afterColon', 'A blank behind a colon', blanks, 'one:two', 'one: two'],
  ['ru/dash/years', 'A dash between years', blanks + dashes, 'в 1990-1995 гг. было', 'в 1990–1995 гг. было'],
  [
    'ru/dash/weekday',
    'A dash between days of the week',
    blanks + dashes,
    'понедельник-среда',
    'понедельник–среда',
  ],
  ['ru/dash/kakto', 'A hyphen in “как-то”', blanks + dashes, 'а как то раз', 'а как-то раз'],
  ['ru/dash/to', 'A hyphen before “то”, “либо”, “нибудь”', blanks + dashes, 'где то там', 'где-то там'],
  ['ru/dash/time', 'A dash between times', blanks + dashes, 'с 10:00-18:00 ждут', 'с 10:00–18:00 ждут'],
  ['ru/dash/taki', 'A hyphen before “таки”', blanks + dashes, 'всё таки да', 'всё-таки да'],
  ['ru/dash/surname', 'A dash behind a surname', blanks + dashes, 'Иванов -отец', 'Иванов&nbsp;—отец'],
  ['ru/dash/month', 'A dash between months', blanks + dashes, 'январь-март', 'январь–март'],
  ['ru/dash/koe', 'A hyphen behind “кое”, “кой”', blanks + dashes, 'и кое кто там', 'и кое-кто там'],
  ['ru/dash/ka', 'A hyphen before “ка”', blanks + dashes, 'возьми ка это', 'возьми-ка это'],
  ['ru/dash/izza', 'A hyphen in “из-за”', blanks + dashes, 'а из за дома', 'а из-за дома'],
  ['ru/dash/izpod', 'A hyphen in “из-под”', blanks + dashes, 'а из под дома', 'а из-под дома'],
  [
    'ru/dash/directSpeech',
    'Direct speech has a dash',
    blanks + dashes,
    '«Да»- сказал он',
    '«Да»&nbsp;— сказал он',
  ],
  ['ru/dash/decade', 'A dash between decades', blanks + dashes, 'в 80-90-е гг. так', 'в 80–90-е гг. так'],
  ['ru/dash/de', 'A hyphen before “де”', blanks + dashes, 'он де знал', 'он-де знал'],
  ['ru/dash/daysMonth', 'A dash between days of a month', blanks + dashes, 'с 1-5 мая', 'с 1–5&nbsp;мая'],
  ['ru/dash/centuries', 'A dash between centuries', blanks + dashes, 'XIX-XX веков', 'XIX–XX веков'],
  ['ru/punctuation/hellipQuestion', 'Two points behind ? and !: “?..”', '.…,', 'Да?... Нет', 'Да?.. Нет'],
  ['ru/punctuation/exclamation', 'One exclamation mark, or three', '!', 'Ура!! Да', 'Ура! Да'],
  ['ru/punctuation/ano', 'A comma before “а” and “но”', ',', 'мал но удал', 'мал, но удал'],
  ['common/punctuation/hellip', 'Three full stops are an ellipsis', '.…', 'And so on...', 'And so on…'],
  [
    'common/punctuation/delDoublePunctuation',
    'A punctuation mark stands once',
    ',:.;?',
    'one,, two',
    'one, two',
  ],
  ['ru/punctuation/exclamationQuestion', 'The question mark comes first: “?!”', '!?', 'Да!? Нет', 'Да?! Нет'],
]

/** … and after that, for they tie what is left. */
const lateRows: readonly Row[] = [
  [
    'common/number/digitGrouping',
    'The digits of a number stand in groups of three',
    blanks,
    'about 1000000 people',
    'about 1&#8239;000&#8239;000 people',
  ],
  [
    'common/nbsp/afterShortWordByList',
    'A preposition or conjunction of a list is tied to the next word',
    blanks,
    'сидел под деревом',
    'сидел под&nbsp;деревом',
  ],
  [
    'ru/money/currency',
    'The sign of a currency stands behind the number',
    `${blanks}$€¥£₤₽`,
    'за $100 дня',
    'за 100&nbsp;$ дня',
  ],
]

/** Signs that were typed as letters, which go. */
const signRows: readonly Row[] = [
  ['common/symbols/copy', 'Signs: © ® ™ for (c) (r) (tm)', '', 'Name (tm) here', 'Name ™ here'],
  ['common/number/times', 'A sign of multiplication: × for x', '', 'it is 5 x 6', 'it is 5×6'],
]

/** What writes or takes away letters or digits: `--fix` makes it with `fix: 'unsafe'` alone. */
const textRows: readonly Row[] = [
  [
    'ru/number/ordinals',
    'An ordinal number ends as it is spoken: 5-й for 5-ый',
    '',
    'на 5-ый день',
    'на 5-й день',
  ],
  ['common/number/fraction', 'A fraction is one sign: ½ for 1/2', '', 'some 1/2 of it', 'some ½ of it'],
  ['ru/money/ruble', 'The rouble has its sign: ₽ for “руб.”', '', 'всего 5 руб., да', 'всего 5&nbsp;₽, да'],
  [
    'ru/date/weekday',
    'A month and a day of the week are small',
    '',
    '2 Мая, Понедельник',
    '2 мая, понедельник',
  ],
  ['ru/date/fromISO', 'A date as it is written: 21.11.2026', '', 'дата 2026-11-21 да', 'дата 21.11.2026 да'],
  [
    'ru/other/phone-number',
    'A telephone number in its groups',
    '',
    'звоните +74951234567',
    'звоните +7&nbsp;495&nbsp;123-45-67',
  ],
  ['ru/other/accent', 'A capital vowel in a word is an accent', '', 'берегА реки', 'берега́ реки'],
  ['common/other/repeatWord', 'A word stands once', '', 'this this is it', 'this is it'],
  [
    'ru/typo/switchingKeyboardLayout',
    'A letter of the wrong keyboard is the right one',
    '',
    'слово cлово',
    'слово слово',
  ],
]

/** Blanks in a row are one to Typograf’s readers, and one blank of the text here. */
const oneBlank: Rule = {
  code: 'common/space/delRepeatSpace',
  title: 'One blank between words',
  why,
  writes: blanks,
  isOptional: true,
  examples: [{ lang: 'en', before: 'two  blanks', after: 'two blanks' }],
  run(buffer) {
    for (let at = buffer.text.indexOf(' '); at >= 0; at = buffer.text.indexOf(' ', at + 1))
      if (/^[ \t]{2,}$/.test(buffer.sourceOf(at))) buffer.writeOneBlank(at)
  },
}

export const optionalRules: readonly Rule[] = [
  ...rows.map(row => optional(row)),
  oneBlank,
  ...signRows.map(row => optional(row, { writesText: true, isTextAllowed: true })),
  ...textRows.map(row => optional(row, { writesText: true })),
]

export const lateOptionalRules: readonly Rule[] = lateRows.map(row => optional(row))
