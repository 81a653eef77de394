import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeXml } from '../../src/core/xml.ts'

/** XML 1.0, 2.2: Char. */
const isChar = (code: number) =>
  [0x9, 0xa, 0xd].includes(code) ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff)

const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

test('of each character what XML has for it is written, and nothing of what it has no way to write', () => {
  const unit = fc.oneof(
    fc.constantFrom(
      ...'&<>";$',
      '$&',
      '\0',
      '\x0B',
      '\x1F',
      '\uD83D',
      '\uDE00',
      '\u{1F600}',
      '\uFFFD',
      '\uFFFE',
      '\uFFFF',
    ),
    fc.integer({ min: 0, max: 0xffff }).map(code => String.fromCharCode(code)),
  )
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 12 }), units => {
      const text = units.join('')
      const expected = Array.from(text)
        .filter(character => isChar(character.codePointAt(0)!))
        .map(character => NAMES[character] ?? character)
      expect(escapeXml(text)).toBe(expected.join(''))
    }),
  )
})
