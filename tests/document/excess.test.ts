import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { mayBeDeep, mayRepeat } from '../../src/document/syntax/excess.ts'

/** What both are to answer as, which looks at each character. */
const DEEP = /^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])){40}|^[ \t]{80}/m
const REPEATED = /\]:|\[\[toc\]\][^]*\[\[toc\]\]/i

test('what may be too deep is told as one expression tells it', () => {
  const sign = fc.constantFrom('>', '*', '+', '-', '1.', '22)', '3', ' ', '\t', '> ', '- ', '.')
  const run = fc
    .tuple(fc.array(sign, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 90 }))
    .map(([signs, times]) => signs.join('').repeat(times))
  const piece = fc.oneof(
    run,
    fc.constantFrom('a', 'я', '\n', '\r', '\u2028', '\n\n', 'words of a line\n', ''),
  )
  const met = { deep: 0, plain: 0 }
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
      const text = pieces.join('')
      met[DEEP.test(text) ? 'deep' : 'plain']++
      expect(mayBeDeep(text)).toBe(DEEP.test(text))
    }),
    { numRuns: 5000 },
  )
  expect(Math.min(met.deep, met.plain)).toBeGreaterThan(300)
})

test('what may be repeated too often, too', () => {
  const piece = fc.constantFrom('[[toc]]', '[[TOC]]', '[[', ']', ']:', ':', 'toc', '[', '\n', 'a')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), pieces => {
      const text = pieces.join('')
      expect(mayRepeat(text)).toBe(REPEATED.test(text))
    }),
    { numRuns: 2000 },
  )
})
