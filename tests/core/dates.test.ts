import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { securityKinds } from '../../src/config/sections/security.ts'
import {
  beginning,
  checkDay,
  formatDate,
  instant,
  internetTime,
  localDay,
  normalizeDate,
  now,
} from '../../src/core/dates.ts'

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

test('SOURCE_DATE_EPOCH stands in for the clock', () => {
  expect(now({ SOURCE_DATE_EPOCH: '0' }).getTime()).toBe(0)
  expect(now({ SOURCE_DATE_EPOCH: '1780358340' }).getTime()).toBe(Date.UTC(2026, 5, 1, 23, 59))
})

test('today is the day where somebody is', () => {
  const night = new Date('2026-11-27T22:30:00Z')
  expect(localDay(night, 'UTC')).toBe('2026-11-27')
  expect(localDay(night, 'Europe/Moscow')).toBe('2026-11-28')
  expect(localDay(night, 'Pacific/Auckland')).toBe('2026-11-28')
  expect(localDay(night, 'America/New_York')).toBe('2026-11-27')
})

const zones = [
  'UTC',
  'Europe/Moscow',
  'America/New_York',
  'Pacific/Kiritimati',
  'Pacific/Marquesas',
  'Asia/Kathmandu',
]

describe('when a written day has come', () => {
  test('a time with an offset at its instant, wherever the site is', () => {
    for (const zone of [undefined, ...zones]) {
      expect(beginning('2026-11-28T00:30:00+13:00', zone)).toBe(Date.UTC(2026, 10, 27, 11, 30))
      expect(beginning('2026-11-27T23:59:00-11:00', zone)).toBe(Date.UTC(2026, 10, 28, 10, 59))
    }
  })

  test('a day when it begins in the site’s time zone, summer time and all', () => {
    expect(beginning('2026-11-28', 'Europe/Moscow')).toBe(Date.UTC(2026, 10, 27, 21))
    expect(beginning('2026-07-01', 'America/New_York')).toBe(Date.UTC(2026, 6, 1, 4))
    expect(beginning('2026-12-01T08:00', 'America/New_York')).toBe(Date.UTC(2026, 11, 1, 13))
    // The day on which clocks go forward, and a time that they leave out.
    expect(beginning('2026-03-08', 'America/New_York')).toBe(Date.UTC(2026, 2, 8, 5))
    expect(beginning('2026-03-09', 'America/New_York')).toBe(Date.UTC(2026, 2, 9, 4))
  })

  test('what new writes today has come today, in whatever zone, with and without a zone in the configuration', () => {
    const moment = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(moment, fc.constantFrom(...zones), (time, zone) => {
        const today = localDay(time, zone)
        expect(beginning(today, undefined)).toBeLessThanOrEqual(time.getTime())
        expect(beginning(today, zone)).toBeLessThanOrEqual(time.getTime())
        // And what is dated tomorrow has not, where the zone is known.
        const tomorrow = new Date(Date.parse(today) + 36 * 60 * 60 * 1000).toISOString().slice(0, 10)
        expect(beginning(tomorrow, zone)).toBeGreaterThan(time.getTime())
      }),
    )
  })
})

test('the day and time that were written are those that are shown, whatever their offset', () => {
  expect(formatDate('2026-04-05T00:30:00+03:00', 'long', 'ru')).toBe('5 апреля 2026 г.')
  expect(formatDate('2020-12-31T23:30:00-05:00', 'long', 'en')).toBe('December 31, 2020')
  expect(formatDate('2020-12-31 23:30:00 -0500', 'year', 'en')).toBe('2020')
  expect(formatDate('2026-04-05T00:30:00+03:00', { timeStyle: 'short' }, 'ru')).toBe('00:30')
  expect(formatDate('2026-04-05T00:30:00+03:00', { dateStyle: 'long', timeZone: 'UTC' }, 'en')).toBe(
    'April 4, 2026',
  )
  const parts = fc.tuple(
    fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
    fc.constantFrom('Z', '+03:00', '-0930', '+14:00', '-12:00', ''),
  )
  fc.assert(
    fc.property(parts, ([time, offset]) => {
      const written = `${time.toISOString().slice(0, 19)}${offset}`
      expect(formatDate(written, 'long', 'en')).toBe(formatDate(written.slice(0, 10), 'long', 'en'))
    }),
  )
})

test('a clock that is none is passed over', () => {
  for (const epoch of ['yesterday', '99999999999999', '253402300800'])
    expect(now({ SOURCE_DATE_EPOCH: epoch }).getTime()).toBeLessThan(Date.UTC(2100, 0))
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

test.each([undefined, null, 7, '', 'soon', new Date(0)])('what is not a date is refused: %j', value => {
  expect(() => formatDate(value as string, 'iso', 'en')).toThrow(
    /^date\(\) was given .*, which is no date such as/,
  )
})

test('Intl options are a style, and the day is the one that was written', () => {
  expect(formatDate('2026-11-21T23:30:00-05:00', { day: '2-digit', month: '2-digit' }, 'en')).toBe('11/21')
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

describe('English and Russian dates are written without Intl, and as it writes them', () => {
  const intl: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
    full: { dateStyle: 'full' },
    long: { dateStyle: 'long' },
    medium: { dateStyle: 'medium' },
    short: { dateStyle: 'short' },
    day: { day: 'numeric', month: 'long' },
    month: { month: 'long', year: 'numeric' },
    year: { year: 'numeric' },
  }
  test.each(['en', 'ru'].flatMap(lang => Object.keys(intl).map(style => [lang, style] as const)))(
    '%s, %s',
    (lang, style) => {
      const format = new Intl.DateTimeFormat(lang, { timeZone: 'UTC', ...intl[style] })
      const day = 24 * 60 * 60 * 1000
      // Every day of eight years, leap years and the turns of centuries among them, and the bounds.
      const spans = [
        [Date.UTC(2023, 0, 1), Date.UTC(2029, 0, 1)],
        [Date.UTC(1899, 11, 1), Date.UTC(1900, 4, 1)],
        [Date.UTC(1582, 8, 1), Date.UTC(1582, 11, 1)],
        [Date.UTC(999, 11, 20), Date.UTC(1000, 0, 10)],
        [Date.UTC(9999, 11, 1), Date.UTC(9999, 11, 31)],
      ] as const
      for (const [from, to] of spans)
        for (let at = from; at <= to; at += day) {
          const written = new Date(at).toISOString().slice(0, 10)
          expect(formatDate(written, style, lang)).toBe(format.format(at))
        }
      expect(formatDate('2026-02-28T23:30:00-05:00', style, lang)).toBe(format.format(Date.UTC(2026, 1, 28)))
    },
  )
})
