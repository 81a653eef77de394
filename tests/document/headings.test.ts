import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { headingId, outline, plainText, uniqueIds } from '../../src/document/headings.ts'

describe('an id from a heading', () => {
  test.each([
    ['Some Heading', 'some-heading'],
    ['Заголовок по-русски', 'заголовок-по-русски'],
    ['Ёлка и Йод', 'ёлка-и-йод'],
    ['a\u00A0b\u202Fc\u2009d', 'a-b-c-d'],
    ['  a   b  ', 'a-b'],
    ['«Ёлочки» и „лапки“', 'ёлочки-и-лапки'],
    ['“Don’t”', 'dont'],
    ['"Don\'t"', 'dont'],
    ['C++ & C#', 'c-c'],
    ['snake_case', 'snake_case'],
    ['2026: a year', '2026-a-year'],
    ['日本語 の 見出し', '日本語-の-見出し'],
    ['e\u0301', 'é'],
    ['!?', 'section'],
    ['', 'section'],
  ])('%j', (text, id) => expect(headingId(text)).toBe(id))

  test('is the same before and after the typography is set', () => {
    const settings: readonly (readonly [plain: string, set: string])[] = [
      [' ', '\u00A0'],
      [' ', '\u202F'],
      ['"', '“'],
      ['"', '»'],
      ["'", '’'],
      ["'", '‘'],
      [' - ', '\u00A0— '],
      [' - ', '\u2009–\u2009'],
      [' -- ', ' — '],
      [' --- ', '\u00A0— '],
    ]
    const word = fc.constantFrom('word', 'слово', 'A', '1990', 'и', '')
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.constantFrom(...settings)), { maxLength: 8 }), parts => {
        const plain = parts.map(([text, [before]]) => text + before).join('')
        const set = parts.map(([text, [, after]]) => text + after).join('')
        expect(headingId(set)).toBe(headingId(plain))
      }),
      { numRuns: 1000 },
    )
  })

  test('is the same whichever way is taken to it', () => {
    const whole = (text: string) =>
      text
        .normalize('NFC')
        .toLowerCase()
        .replace(/\s+/gu, '-')
        .replace(/[^\p{L}\p{M}\p{N}_-]/gu, '')
        .replace(/-{2,}/g, '-')
        .replace(/^-|-$/g, '') || 'section'
    const from = (first: number, last: number) =>
      fc.integer({ min: first, max: last }).map(code => String.fromCharCode(code))
    const sign = fc.oneof(from(0x20, 0x7e), from(0x410, 0x44f), fc.constantFrom(...' -_«»„“”‘’–—…№ёЁ'), {
      weight: 4,
      arbitrary: fc.constantFrom(' ', '-', '—', 'a', 'Я', ': '),
    })
    const rare = fc.oneof(from(0, 0x2ff), from(0x300, 0x4ff), from(0x2000, 0x2130))
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 12 }), fc.option(rare, { freq: 3 }), (signs, last) => {
        const text = signs.join('') + (last ?? '')
        expect(headingId(text)).toBe(whole(text))
      }),
      { numRuns: 5000 },
    )
  })

  test('has nothing in it that an address would have to hide, and is its own id', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), text => {
        const id = headingId(text)
        expect(id).toMatch(/^[\p{L}\p{M}\p{N}_-]+$/u)
        expect(headingId(id)).toBe(id)
      }),
      { numRuns: 1000 },
    )
  })

  test('is handed out once', () => {
    const unique = uniqueIds()
    expect(['notes', 'notes', 'notes-1', 'notes', 'notes'].map(unique)).toEqual([
      'notes',
      'notes-1',
      'notes-1-1',
      'notes-2',
      'notes-3',
    ])
  })
})

test('the headings of HTML that can be linked to', () => {
  const body =
    '<h1>none</h1><h2 class="x" id="a&amp;b">A &amp; <em>b</em></h2>\n<h3 id="c">c<sup class="footnote-ref">1</sup></h3>'
  expect(outline(body)).toEqual([
    { level: 2, id: 'a&b', text: 'A & b' },
    { level: 3, id: 'c', text: 'c' },
  ])
})

test('text without its tags', () => {
  expect(plainText('<p>a <b title=">">b</b><!-- <i> -->\n c&nbsp;d &lt;e&gt;</p>')).toBe('a b c\u00A0d <e>')
})
