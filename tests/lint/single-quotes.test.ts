import { array, assert, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'
import { applied } from './fix.ts'

const piece = constantFrom("'tis", "'90s", "parents'", "don't", "'so'", "rock 'n' roll", 'word', "5'")

test('single marks are the same between double ones that stand the wrong way round', () => {
  let changed = 0
  assert(
    property(array(piece, { minLength: 1, maxLength: 5 }), pieces => {
      const within = (open: string, close: string) =>
        applied(`He said ${open}${pieces.join(' ')}${close} and left.\n`, { lang: 'en' })
      const fixed = within('“', '”')
      if (fixed.includes('’')) changed++
      expect(within('”', '“')).toBe(fixed)
      expect(applied(fixed, { lang: 'en' })).toBe(fixed)
    }),
    { numRuns: 300 },
  )
  expect(changed).toBeGreaterThan(100)
})
