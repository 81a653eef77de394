import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstFrom } from '../../src/core/text/first-from.ts'

const texts = fc.string({ unit: fc.constantFrom('a', 'x'), maxLength: 30 })

test('what is found is what a search from there finds', () => {
  fc.assert(
    fc.property(texts, fc.array(fc.nat(30)), (text, places) => {
      const first = firstFrom(from => text.indexOf('x', from))
      const search = (from: number) => (text.includes('x', from) ? text.indexOf('x', from) : Infinity)
      expect(places.map(first)).toEqual(places.map(search))
    }),
  )
})

test('and from left to right no place is looked at twice', () => {
  fc.assert(
    fc.property(texts, text => {
      const looked: number[] = []
      const first = firstFrom(from => {
        let at = from
        for (; at < text.length; at++) {
          looked.push(at)
          if (text[at] === 'x') return at
        }
        return -1
      })
      for (let from = 0; from <= text.length; from++) first(from)
      expect(looked).toEqual([...new Set(looked)])
    }),
  )
})
