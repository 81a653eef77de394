import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { securityKinds } from '../../src/config/security.ts'
import { checkDay, formatDate, instant, internetTime, normalizeDate, today } from '../../src/core/dates.ts'

test.each([
  '2026-11-21',
  '2024-02-29',
  '2026-11-21T10:00',
  '2026-11-21T10:00:00',
  '2026-11-21T10:00:00Z',
  '2026-11-21T10:00:00.123+03:00',
  '2026-11-21T23:59:59-0930',
  '2026-11-21 10:00:00',
  '2026-11-21 10:00:00 +03:00',
  ' 2026-11-21 ',
])('%j is a date, and a moment', written => {
  const normal = normalizeDate(written)
  expect(checkDay(normal)).toBeUndefined()
  expect(instant(normal)).not.toBeNaN()
})

test.each([
  ['2026-13-45', 'there is no month 13'],
  ['2026-00-01', 'there is no month 00'],
  ['2026-02-30', '2026-02 has 28 days'],
  ['2026-02-00', '2026-02 has 28 days'],
  ['2023-02-29', '2023-02 has 28 days'],
  ['2026-04-31', '2026-04 has 30 days'],
  ['21.11.2026', 'it has another form'],
  ['2026-1-2', 'it has another form'],
  ['2026-11-21T24:00', 'it has another form'],
  ['2026-11-21T10:60', 'it has another form'],
  ['2026-11-21T10:00:00+99:99', 'it has another form'],
  ['', 'it has another form'],
])('%j is none', (written, why) => expect(checkDay(normalizeDate(written))).toBe(why))

test('what is accepted as a date is always a moment', () => {
  const two = fc.nat({ max: 64 }).map(n => String(n).padStart(2, '0'))
  const date = fc
    .tuple(two, two, two, two, two, two, fc.constantFrom('', 'Z', '+', '-'))
    .map(
      ([m, d, h, min, oh, om, sign]) =>
        `2026-${m}-${d}T${h}:${min}${/[+-]/.test(sign) ? `${sign}${oh}:${om}` : sign}`,
    )
  fc.assert(
    fc.property(date, written => {
      expect(checkDay(written) !== undefined || !Number.isNaN(instant(written))).toBe(true)
    }),
    { numRuns: 5000 },
  )
})

test('a time without an offset is in UTC, one with an offset is that moment', () => {
  expect(instant('2026-11-21')).toBe(Date.UTC(2026, 10, 21))
  expect(instant('2026-11-21T10:00')).toBe(Date.UTC(2026, 10, 21, 10))
  expect(instant('2026-11-21T10:00:00+03:00')).toBe(Date.UTC(2026, 10, 21, 7))
})

test('today is the day of SOURCE_DATE_EPOCH, in UTC', () => {
  expect(today({ SOURCE_DATE_EPOCH: '0' })).toBe('1970-01-01')
  expect(today({ SOURCE_DATE_EPOCH: String(Date.UTC(2026, 5, 1, 23, 59) / 1000) })).toBe('2026-06-01')
})

test('a clock that is none is passed over', () => {
  const now = /^\d{4}-\d{2}-\d{2}$/
  expect(today({ SOURCE_DATE_EPOCH: 'yesterday' })).toMatch(now)
  expect(today({ SOURCE_DATE_EPOCH: '99999999999999' })).toMatch(now)
  expect(today({ SOURCE_DATE_EPOCH: '253402300800' })).toMatch(now)
})

test.each([
  ['full', 'en', 'Saturday, November 21, 2026'],
  ['long', 'en', 'November 21, 2026'],
  ['medium', 'en', 'Nov 21, 2026'],
  ['short', 'en', '11/21/26'],
  ['day', 'en', 'November 21'],
  ['month', 'en', 'November 2026'],
  ['year', 'en', '2026'],
  ['iso', 'en', '2026-11-21'],
  ['long', 'ru', '21 ноября 2026 г.'],
  ['day', 'ru', '21 ноября'],
])('%s in %s', (style, lang, expected) => expect(formatDate('2026-11-21', style, lang)).toBe(expected))

test.each([undefined, null, 7, '', 'soon', new Date(0)])('what is no date is said to be none: %j', value => {
  expect(() => formatDate(value as string, 'iso', 'en')).toThrow(
    /^date\(\) was given .*, which is no date such as/,
  )
})

test('Intl options are a style, and every date is in UTC', () => {
  expect(formatDate('2026-11-21T23:30:00-05:00', { day: '2-digit', month: '2-digit' }, 'en')).toBe('11/22')
})

test.each(['huge', 'constructor'])('the style %j is refused, with the names of the others', style => {
  expect(() => formatDate('2026-11-21', style, 'en')).toThrow(
    `date() has no style “${style}”; it has full, long, medium, short, day, month, year, iso`,
  )
})

test.each(['2026-02-30', '2026-13-01', '2026-02-28T25:00', '2026-11-21T10:00:00.123+3', 'soon', 20261121])(
  'security.expires goes by the same days: %j is none',
  written => expect(securityKinds.expires.accepts(written)).toBe(false),
)

test.each([
  ['2026-11-21', '2026-11-21T00:00:00Z'],
  ['2026-11-21T10:00', '2026-11-21T10:00:00Z'],
  ['2026-11-21T10:00:00+03:00', '2026-11-21T07:00:00Z'],
])('%s is %s to RFC 3339', (written, expected) => {
  expect(securityKinds.expires.accepts(written)).toBe(true)
  expect(internetTime(written)).toBe(expected)
})
