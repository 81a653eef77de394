import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isMap, isSeq, parse, parseDocument, type Scalar } from 'yaml'
import { readPlainFields } from '../../src/document/plain-fields.ts'

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

const plainField = fc
  .tuple(
    fc.constantFrom('a', 'b', 'title', 'y-z', 'true', 'constructor', 'a b', 'a - b', '# a', '#', 'a  b'),
    fc.constantFrom(': ', ':  '),
    fc.constantFrom(
      'word',
      'два слова',
      '/a/b:c#d',
      'https://example.org/a#b',
      '🎉 b',
      '(a) b',
      '2026-11-21 1:02:03',
      '2026-11-21T01:02:03+01:00',
      'true',
      'Null',
      '2026-11-21',
      '17',
      '3rd Party',
      '<!--more-->',
      '<< a',
      '.vimrc',
      '.inf',
      '.NaN',
      '.nano',
      '4 secrets\n  of 5: no',
      '4 secrets\n  of 5',
      '0',
      '-0',
      '0.5',
      '1.10',
      '01.5',
      '.5',
      '5.',
      '34%',
      '4.0.0',
      '1..2',
      '12,5',
      '1 2',
      '0x1f.5',
      '0o17',
      '2fa',
      '8ba4b264-c7ce-33f5-d69f-51a6240a24b3',
      '81000004-1701-3091-0500-610003385109',
      '1e5-2',
      'one\n  two',
      'true\n true',
      "it's\n    (two)\n  3 'a' b\n",
      'one\n  two: three',
      'one\n\n  two',
      'one\n  # two',
      'one #\n  two',
      '17\n  two',
      '"a"\n  b',
      'one \r\n  - two',
      'one\n\ttwo',
      'one\n# a',
      '12 http://example.org/?p=1',
      '1e5',
      '0x1g',
      '12:30',
      '1 #w',
      '"a: \\"b\\""',
      "'c # d'",
      '[a, b c]',
      '[]',
      '',
    ),
    fc.constantFrom('\n', '\r\n', ' \n', '\n\n'),
  )
  .map(parts => parts.join(''))

const plainList = fc
  .tuple(
    fc.constantFrom('a:', 'b: ', 'title:', 'a: b'),
    fc.constantFrom('\n', '\r\n', '\n\n'),
    fc.array(
      fc.tuple(
        fc.constantFrom('- ', '- ', '  - ', '  - ', '  -   ', '   - '),
        fc.constantFrom(
          'word',
          'два слова',
          'true',
          '17',
          '[a, b]',
          "'c # d'",
          'https://a/b#c',
          '',
          '- a',
          'b: c',
          '/a ',
        ),
        fc.constantFrom('\n', '\n', '\r\n', '\n\n', '\n \n', ''),
      ),
      { maxLength: 3 },
    ),
  )
  .map(([name, end, items]) => name + end + items.map(item => item.join('')).join(''))

const plainMap = fc
  .tuple(
    fc.constantFrom('a:', 'b: ', 'title:', 'a: b'),
    fc.constantFrom('\n', '\r\n', '\n\n'),
    fc.array(
      fc.tuple(
        fc.constantFrom('  ', '  ', '  ', ' ', '   ', ''),
        fc.constantFrom('a: ', 'b: ', 'c:  ', 'y-z: ', 'Null: ', 'true: ', '__proto__: ', '- ', 'a:'),
        fc.constantFrom(
          'word',
          '3rd part',
          'true',
          '17',
          '0x1f g',
          '[a, b]',
          "'c # d'",
          'https://a/b#c',
          '',
          'b: c',
          '/a ',
        ),
        fc.constantFrom('\n', '\n', '\r\n', '\n\n', '\n \n', ''),
      ),
      { maxLength: 3 },
    ),
  )
  .map(([name, end, entries]) => name + end + entries.map(entry => entry.join('')).join(''))

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)

const read = (source: string) => readPlainFields(source, [0, source.length])

test('plain fields are what the library reads, at the places that it gives', () => {
  let [plain, lists, maps] = [0, 0, 0]
  fc.assert(
    fc.property(
      fc.array(fc.oneof(field, plainField, plainList, plainMap, plainMap), { maxLength: 3 }),
      lines => {
        const source = lines.join('')
        fc.pre(!/^---/m.test(source))
        const found = read(source)
        if (!found) return
        if (found.length > 0) plain++
        if (found.some(({ value, valueAt }) => Array.isArray(value) && source[valueAt[0]] === '-')) lists++
        if (found.some(({ value }) => isObject(value))) maps++
        const { errors, contents } = parseDocument(source, { logLevel: 'error' })
        expect(errors).toEqual([])
        expect(Object.fromEntries(found.map(({ name, value }) => [name, value]))).toEqual(
          parse(source, { logLevel: 'error' }) ?? {},
        )
        const exact = new Map(isMap(contents) ? contents.items.map(pair => [String(pair.key), pair]) : [])
        const place = (node: unknown) => {
          const { range } = node as Scalar
          // To the library a list, or a map, ends with the line of its last item.
          return (
            range && [
              range[0],
              isSeq(node) || isMap(node) ? source.slice(0, range[1]).trimEnd().length : range[1],
            ]
          )
        }
        expect(found.map(({ nameAt, valueAt, value }) => [nameAt, value === null ? [] : valueAt])).toEqual(
          found.map(({ name, value }) => [
            place(exact.get(name)?.key),
            value === null ? [] : place(exact.get(name)?.value),
          ]),
        )
      },
    ),
    { numRuns: 10_000 },
  )
  expect(plain).toBeGreaterThan(1000)
  expect(lists).toBeGreaterThan(100)
  expect(maps).toBeGreaterThan(100)
})

test.each([
  'title: "Measuring the page: a quiet room № 0"\ndate: 2013-02-18\nlang: en\nyear: 2013\n',
  "title: 'Тихая комната'\r\ntags: [шрифт, web design]\r\ndraft: true",
  'title: Тире, дефис и "минус"\ndescription: It\'s set, [as they say], with care & *love*; a note.\n',
  'date: 2026-11-21 10:20:30 +0100\ntags:\n- шрифт\n- web design\npermalink: /a/b/\n',
  'tags:\n  - a\n\n  - "b: c"\nurl: https://example.org/a:b#c',
  '# Of the pages\nexcerpt: Words that\n  go on\nversion: 4.0.0\nrating: 6.5\norder: 0\nid: 8ba4b264-c7ce-33f5-d69f-51a6240a24b3\n',
  'title: 3rd Party\nnavigation:\n  parent: Blog\n  key: Using Data\n  order: 12\nlang: en\n',
])('%j is plain', source => expect(read(source)).toBeDefined())

test.each([
  'title: "a',
  "title: 'It''s'",
  'a: 0b1',
  'a: 1_000',
  'a: -.5',
  'a: 017',
  'a: &b c',
  'a: one: two',
  'a: b\n\n  c',
  'a: b\n# c\n  d',
  'a: 17\n  c',
  'a: b\n  c: d',
  'a: b\na: c',
  'a: b\u2028c: d',
  'tags:\n  - a\n    b',
  'tags:\n  - a\n - b',
  'tags:\n  - - a',
  'tags:\n  - a: b',
  'tags: c\n  - a',
  'tags:\n  - a\n  b: c',
  'seo:\n  a: b\n c: d',
  'seo:\n  a:\n    b: c',
  'seo:\n  a: b\n  a: c',
  'seo:\n  a: b\n  - c',
  'seo: x\n  a: b',
  'a: 0x1e',
  'a: 1e5',
  'a: 0o17',
  'a: b #c',
  'a: b:',
  '- a',
])('%j is not', source => expect(read(source)).toBeUndefined())
