import { array, assert, constantFrom, date, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseFeedDate } from '../../../src/planet/read/dates.ts'

const read = (written: string) => {
  const moment = parseFeedDate(written)
  return moment === undefined ? undefined : new Date(moment).toISOString().replace(/:00\.000Z$|\.000Z$/, '')
}

describe('dates as feeds write them', () => {
  test.each([
    ['2020-01-02', '2020-01-02T00:00'],
    ['2020-01', '2020-01-01T00:00'],
    ['2020', '2020-01-01T00:00'],
    ['2020/01/02 03:04', '2020-01-02T03:04'],
    ['20200102T030405Z', '2020-01-02T03:04:05'],
    ['2020-01-02T03:04:05.123+03:00', '2020-01-02T00:04:05'],
    ['2020-01-02T03:04:05+0300', '2020-01-02T00:04:05'],
    ['2020-01-02 03:04:05 +03', '2020-01-02T00:04:05'],
    ['2020-01-02T03:04:05-00:00', '2020-01-02T03:04:05'],
    ['2020-01-02T03:04:05Z[UTC]', '2020-01-02T03:04:05'],
    ['Thu, 02 Jan 2020 03:04:05 GMT', '2020-01-02T03:04:05'],
    ['Thu, 2 Jan 20 3:4 EST', '2020-01-02T08:04'],
    ['Thu,02 Jan 2020 03:04:05 Z', '2020-01-02T03:04:05'],
    ['  Thu,  02 Jan 2020\n03:04:05 +0300 (MSK) ', '2020-01-02T00:04:05'],
    ['Thu, 02 Jan 2020 03:04:05 GMT+03:00', '2020-01-02T00:04:05'],
    ['Thu, 02 Jan 2020 24:00:00 GMT', '2020-01-03T00:00'],
    ['Thu, 02 Jan 2020 03:04:60 GMT', '2020-01-02T03:05'],
    ['Fri, 02 Jan 2020 00:00:00 GMT', '2020-01-02T00:00'],
    ['2 Jan 2020', '2020-01-02T00:00'],
    ['2-Jan-2020 10:00 UTC', '2020-01-02T10:00'],
    ['Thu, 02 January 2020 03:04:05 CEST', '2020-01-02T01:04:05'],
    ['Thu, 02 Jan 2020 03:04:05 XYZ', '2020-01-02T03:04:05'],
    ['Thu Jan  2 03:04:05 2020', '2020-01-02T03:04:05'],
    ['Thu Jan 2 03:04:05 +0000 2020', '2020-01-02T03:04:05'],
    ['January 2nd, 2020, 3:04 pm', '2020-01-02T15:04'],
    ['Thursday, January 2, 2020 12:04 AM PST', '2020-01-02T08:04'],
    ['Чт, 02 янв 2020 10:00:00 +0300', '2020-01-02T07:00'],
    ['2 мая 2020 10:00', '2020-05-02T10:00'],
    ['Do, 02 Mär 2020 10:00:00 MEZ', '2020-03-02T09:00'],
    ['jeu. 02 juil. 2020 10:00:00 +0200', '2020-07-02T08:00'],
  ])('%j', (written, moment) => expect(read(written)).toBe(moment))
})

describe('what is no date', () => {
  test.each([
    '',
    'yesterday',
    '2020-02-30',
    '2020-13-01',
    'Thu, 31 Feb 2020 00:00:00 GMT',
    '2020-01-02T25:00:00Z',
    '2020-01-02T03:04:05+25:00',
    '01/02/2020',
    '0001-01-01T00:00:00',
    '1970-01-01T00:00:00Z',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    '12345',
    '2 Smarch 2020',
  ])('%j', written => expect(parseFeedDate(written)).toBeUndefined())
})

test('every moment is read as RFC 822 and RFC 3339 write it, to the second', () => {
  const moments = date({ min: new Date('1970-01-02'), max: new Date('9999-12-31'), noInvalidDate: true })
  assert(
    property(moments, moment => {
      const second = Math.floor(moment.getTime() / 1000) * 1000
      expect(parseFeedDate(moment.toUTCString())).toBe(second)
      expect(parseFeedDate(moment.toISOString())).toBe(second)
    }),
  )
})

test('any text is a date or none', () => {
  const pieces = constantFrom(
    'Thu',
    ', ',
    ' ',
    '02',
    'Jan',
    '2020',
    ':',
    '-',
    '+',
    'T',
    'Z',
    '(',
    ')',
    'pm',
    'GMT',
  )
  assert(
    property(array(pieces, { maxLength: 20 }), words => {
      const moment = parseFeedDate(words.join(''))
      expect(moment === undefined || Number.isSafeInteger(moment)).toBe(true)
    }),
  )
})
