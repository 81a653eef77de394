import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { isPlain, parseFrontMatter } from '../../src/document/yaml.ts'

const words = 'a б null true Yes 1 0 12 0b1 1_0 e3 2026-11-21 . ... --- = << ~ \\ 😀'
const marks = "- : # \" ' '' \"a\" 'b' [ ] [a, { } | > & * ! % @ ` ?"
const blanks = [
  ' ',
  '  ',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\n  ',
  '\u00a0',
  '\u2028',
  '\ufeff',
  '\u0001',
  '\u009f',
  '\ud800',
]
const pieces = [...words.split(' '), ...marks.split(' '), ': ', ', ', ' #', ...blanks]
const field = fc
  .tuple(
    fc.constantFrom('a', 'b', 'title', 'Null', 'null', 'true', 'y', '__proto__', 'constructor'),
    fc.constantFrom(': ', ':  ', ':'),
    fc.array(fc.constantFrom(...pieces), { maxLength: 5 }),
    fc.constantFrom('\n', '\r\n', ''),
  )
  .map(([name, colon, value, end]) => name + colon + value.join('') + end)

test('the quick parser is asked only where it agrees with the exact one', () => {
  let plain = 0
  const outcome = (read: () => unknown) => {
    try {
      return { value: read() ?? {} }
    } catch {
      return 'refused'
    }
  }
  fc.assert(
    fc.property(fc.array(field, { maxLength: 3 }), fields => {
      const source = fields.join('')
      fc.pre(!source.includes('\n---'))
      plain += Number(isPlain(source))
      expect(outcome(() => parseFrontMatter(source))).toEqual(
        outcome(() => parse(source, { logLevel: 'error' })),
      )
    }),
    { numRuns: 10_000 },
  )
  expect(plain).toBeGreaterThan(1000)
})

test.each([
  'title: "Measuring the page: a quiet room № 0"\ndate: 2013-02-18\nlang: en\nyear: 2013\n',
  "title: 'Тихая комната'\r\ntags: [шрифт, web design]\r\ndraft: true",
  'title: Тире, дефис и "минус"\ndescription: It\'s set, [as they say], with care & *love*; a note.\n',
])('%j is plain', source => {
  expect(isPlain(source)).toBe(true)
})

test.each([
  'title: "a',
  "title: 'It''s'",
  'a: 0b1',
  'a: 1_000',
  'a: -.5',
  'a: 017',
  'a: &b c',
  'tags:\n  - a',
])('%j is not', source => {
  expect(isPlain(source)).toBe(false)
})
