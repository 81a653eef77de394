import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bodyStart, readDocument } from '../../src/document/document.ts'
import { position } from '../../src/core/source.ts'
import { checkFields } from '../../src/document/front-matter.ts'
import { place } from '../build/built-site.ts'

const read = (text: string) => {
  const document = readDocument({ path: 'a.md', text })
  const diagnostics = checkFields(document)
  return {
    data: document.frontMatter.fields,
    body: text.slice(document.bodyStart),
    found: diagnostics.map(place),
    diagnostics,
  }
}

const good = (text: string) => {
  const { data, body, found } = read(text)
  expect(found).toEqual([])
  return { data, body }
}

describe('front matter and body', () => {
  test.each([
    ['as usual', '---\ntitle: A\n---\nbody\n', { title: 'A' }, 'body\n'],
    ['with a byte order mark', '\uFEFF---\ntitle: A\n---\nbody', { title: 'A' }, 'body'],
    ['with CRLF', '---\r\ntitle: A\r\ntags: [a]\r\n---\r\nbody\r\n', { title: 'A', tags: ['a'] }, 'body\r\n'],
    [
      'with a byte order mark and CRLF',
      '\uFEFF---\r\ntitle: A\r\n---\r\n\r\nbody',
      { title: 'A' },
      '\r\nbody',
    ],
    [
      'with blank lines inside',
      '---\n\ntitle: A\n\n\ndraft: false\n\n---\n\nbody',
      { title: 'A', draft: false },
      '\nbody',
    ],
    ['with spaces behind the fence', '--- \ntitle: A\n---\nbody', { title: 'A' }, 'body'],
    ['named as YAML', '---yaml\ntitle: A\n---\nbody', { title: 'A' }, 'body'],
    ['that is empty', '---\n---\nbody', {}, 'body'],
    ['of blank lines', '---\n\n\n---\nbody', {}, 'body'],
    ['of comments only', '---\n# nothing yet\n  # and here\n---\nbody', {}, 'body'],
    ['that is “null”', '---\nnull\n---\nbody', {}, 'body'],
    ['with no body', '---\ntitle: A\n---', { title: 'A' }, ''],
    ['with a thematic break in the body', '---\ntitle: A\n---\na\n\n---\nb', { title: 'A' }, 'a\n\n---\nb'],
    ['with a field of the author’s', '---\ncolour: {deep: [1, 2]}\n---\n', { colour: { deep: [1, 2] } }, ''],
    [
      'with a field named like a property of every object',
      '---\nconstructor: x\n---\n',
      { constructor: 'x' },
      '',
    ],
  ])('%s', (_, text, data, body) => {
    const found = good(text)
    expect(found.body).toBe(body)
    expect(found.data).toEqual(data)
  })

  test.each([
    ['an empty file', '', ''],
    ['a byte order mark alone', '\uFEFF', ''],
    ['a page without front matter', 'body\n---\nmore', 'body\n---\nmore'],
    ['a byte order mark before the body', '\uFEFFbody', 'body'],
    ['a break longer than a fence', '----\nbody\n---\n', '----\nbody\n---\n'],
  ])('none: %s', (_, text, body) => expect(good(text)).toEqual({ data: {}, body }))

  test('nulls are kept apart from what is missing, and accepted for any field', () => {
    expect(good('---\ntitle:\ndate: null\ntags: ~\n---\n').data).toEqual({
      title: null,
      date: null,
      tags: null,
    })
  })

  test('two pages with one text do not share their data', () => {
    const text = '---\nlist: [1]\n---\n'
    const first = good(text).data as { list: number[] }
    first.list.push(2)
    expect(good(text).data).toEqual({ list: [1] })
  })

  test('a body is kept byte for byte, whatever it holds', () => {
    const body = fc.string({ unit: 'binary', maxLength: 200 })
    const head = fc.constantFrom('---\ntitle: A\n---\n', '---\r\ntitle: A\r\n---\r\n', '\uFEFF---\n\n---\n')
    fc.assert(
      fc.property(head, body, (fences, text) => {
        const { bodyStart: start } = readDocument({ path: 'a.md', text: fences + text })
        expect(start).toBe(fences.length)
        expect(bodyStart({ path: 'a.md', text: fences + text })).toBe(fences.length)
      }),
    )
  })

  test('any text at all is read or refused with a place, never thrown at', () => {
    const line = fc.oneof(
      fc.constantFrom('---', '---js', 'title: A', 'date: 2026-13-01', '\t- x', 'a: &a [*a]', 'tags: [', '"'),
      fc.string({ maxLength: 12 }),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const text = lines.join(end)
        for (const { span } of checkFields(readDocument({ path: 'a.md', text }))) {
          expect(span?.[0]).toBeGreaterThanOrEqual(0)
          expect(span?.[1]).toBeLessThanOrEqual(text.length)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('what is refused, and where', () => {
  test.each([
    ['---js\n({ title: "A" })\n---\n', 'front-matter/language a.md:1:1'],
    ['--- coffee\ntitle: A\n---\n', 'front-matter/language a.md:1:1'],
    ['\uFEFF---js\n1\n---\n', 'front-matter/language a.md:1:1'],
    ['---\ntitle: A\n', 'front-matter/fence a.md:1:1'],
    ['---', 'front-matter/fence a.md:1:1'],
    ['---\ntitle: A\n\ttags: [a]\n---\n', 'front-matter/syntax a.md:3:1'],
    ['---\ntitle: A\ntags:\n\t- a\n---\n', 'front-matter/syntax a.md:4:1'],
    ['---\ntitle: A\nlang: en\ntitle: B\n---\n', 'front-matter/syntax a.md:4:1'],
    ['---\ntitle: one: two\n---\n', 'front-matter/syntax a.md:2:8'],
    ['---\r\nlang: en\r\ntitle: one: two\r\n---\r\n', 'front-matter/syntax a.md:3:8'],
    ['---\n- a\n- b\n---\n', 'front-matter/syntax a.md:2:1'],
    ['---\njust words\n---\n', 'front-matter/syntax a.md:2:1'],
    ['---\ntitle: [a]\n---\n', 'front-matter/value a.md:2:8'],
    ['---\nlang: en\ntitle: { a: 1984 }\n---\n', 'front-matter/value a.md:3:8'],
    ['---\nlayout: true\n---\n', 'front-matter/value a.md:2:9'],
    ['---\ndraft: perhaps\n---\n', 'front-matter/value a.md:2:8'],
    ['---\nlang: klingon_x\n---\n', 'front-matter/value a.md:2:7'],
    ['---\nyear: 2026.5\n---\n', 'front-matter/value a.md:2:7'],
    ['---\ntags: {one: two}\n---\n', 'front-matter/value a.md:2:7'],
    ['---\ntags: [one, [2]]\n---\n', 'front-matter/value a.md:2:7'],
    ['---\naliases: {a: /old/}\n---\n', 'front-matter/value a.md:2:10'],
    ['---\ncss: {a: b}\n---\n', 'front-matter/value a.md:2:6'],
    ['---\nejs: 1\n---\n', 'front-matter/value a.md:2:6'],
    ['---\ntypography: loud\n---\n', 'front-matter/value a.md:2:13'],
    ['---\ndate: 2026\n---\n', 'front-matter/value a.md:2:7'],
    ['---\n\n# when\ndate: 2026-13-45\n---\n', 'front-matter/date a.md:4:7'],
    ['---\ntitle: A\nupdated: 2026-02-30\n---\n', 'front-matter/date a.md:3:10'],
    ['---\ndate: soon\n---\n', 'front-matter/date a.md:2:7'],
    ['---\nurl: /x/\n---\n', 'front-matter/reserved a.md:2:1'],
    ['---\ntitle: A\nbody: x\n---\n', 'front-matter/reserved a.md:3:1'],
    ['---\n__proto__: {a: b}\n---\n', 'front-matter/reserved a.md:2:1'],
  ])('%j', (text, expected) => {
    const { found, diagnostics } = read(text)
    expect(found).toEqual([expected])
    expect(diagnostics[0]?.hint).toBeTruthy()
  })

  test.each(['path', 'source', 'headings', 'excerpt', 'words', 'previous', 'next', 'translations'])(
    'the computed field %s',
    name => expect(read(`---\n${name}: x\n---\n`).found).toEqual(['front-matter/reserved a.md:2:1']),
  )

  test('JavaScript in front matter does not run', () => {
    read('---js\n{ title: (globalThis.ran = true) }\n---\n')
    read('---javascript\n{ title: (globalThis.ran = true) }\n---\n')
    expect('ran' in globalThis).toBe(false)
  })

  test('every wrong field is reported, none hides another', () => {
    const { found } = read('---\ntitle: [1]\ndate: 2026-02-30\ntags: {x: y}\nbody: y\n---\n')
    expect(found).toEqual([
      'front-matter/value a.md:2:8',
      'front-matter/date a.md:3:7',
      'front-matter/value a.md:4:7',
      'front-matter/reserved a.md:5:1',
    ])
  })

  test.each([
    ['title: &nbsp;Merry', 8, '&nbsp;Merry'],
    ['title: &nbsp; Merry', 8, '&nbsp;'],
    ['lang: en\ntitle: &amp', 8, '&amp'],
    ['tags: [b, &nbsp;x, &a c, *a]', 11, '&nbsp;x'],
    ['own:\n  - &a b\n  - &b c\n  - *b', 5, '&a'],
  ])('an anchor that nothing refers to: %s', (fields, column, anchor) => {
    const { diagnostics } = readDocument({ path: 'a.md', text: `---\n${fields}\n---\n` })
    expect(diagnostics).toMatchObject([
      {
        code: 'front-matter/syntax',
        message: `Front matter: “${anchor}” is no text in YAML but an anchor, and nothing refers to it`,
        hint: `a value that begins with & goes between single quotes, as in '${anchor} and more'`,
      },
    ])
    const [{ file, span } = {}] = diagnostics
    expect(position(file?.text ?? '', span?.[0] ?? 0).column).toBe(column)
  })

  test.each([
    "title: '&nbsp;Merry'",
    'title: R&D',
    'own: &a b\ntitle: *a',
    'own: &a { b: c }',
    'title: a & b',
  ])('and no other ampersand: %s', fields => expect(read(`---\n${fields}\n---\n`).found).toEqual([]))

  test('aliases that would fill the memory', () => {
    const rows = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`)
    expect(read(`---\na0: &a0 [x]\n${rows.join('\n')}\n---\n`).found).toEqual([
      'front-matter/syntax a.md:2:1',
    ])
  })

  test('a list that holds itself', () => {
    expect(read('---\ntags: &a [*a]\n---\n').found).toHaveLength(1)
  })

  test('each has its hint', () => {
    expect(read('---\ntitle: [1984]\n---\n').diagnostics[0]?.hint).toBe("quote it: title: '[1984]'")
    expect(read('---\na: 1\n\tb: 2\n---\n').diagnostics[0]?.hint).toBe('indent with spaces')
    expect(read('---\na: 1\na: 2\n---\n').diagnostics[0]?.hint).toBe('keep one of the two')
    expect(read('---\ndate: 2026-02-30\n---\n').diagnostics[0]?.message).toContain('2026-02 has 28 days')
    expect(read('---\ndate: 2026-13-45\n---\n').diagnostics[0]?.message).toContain('there is no month 13')
    expect(read('---\ntags: {a: b}\n---\n').diagnostics[0]?.hint).toContain('tags: [typography, keys]')
  })
})
