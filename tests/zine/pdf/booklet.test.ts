import { assert, constant, integer, property, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { impose, type Spread } from '../../../src/zine/pdf/booklet.ts'

/** The pages in the order in which they are read once the sheets are laid in one another and folded. */
function folded(sides: readonly Spread[]): readonly (number | undefined)[] {
  const sheets = Array.from({ length: sides.length / 2 }, (_, n) => sides.slice(2 * n, 2 * n + 2))
  // Each sheet has two leaves: right of its front and left of its back are one, left of its front and right of its back the other.
  const before = sheets.flatMap(([front, back]) => [front![1], back![0]])
  const behind = sheets.toReversed().flatMap(([front, back]) => [back![1], front![0]])
  return [...before, ...behind]
}

const counts = integer({ min: 1, max: 300 }).chain(pages =>
  tuple(constant(pages), integer({ min: 0, max: pages })),
)

describe('a folded booklet', () => {
  test('of eight pages', () => {
    expect(impose(8, 1)).toEqual([
      [8, 1],
      [2, 7],
      [6, 3],
      [4, 5],
    ])
  })

  test('of six has its two empty pages before the colophon', () => {
    expect(impose(6, 1)).toEqual([
      [6, 1],
      [2, undefined],
      [undefined, 3],
      [4, 5],
    ])
  })

  test('has the pages in order, empty ones before the last, on as few sheets as hold them', () => {
    assert(
      property(counts, ([pages, closing]) => {
        const sides = impose(pages, closing)
        expect(sides.length).toBe(2 * Math.ceil(pages / 4))
        const read = folded(sides)
        expect(read.filter(Boolean)).toEqual(Array.from({ length: pages }, (_, n) => n + 1))
        const empty = read.findIndex(page => page === undefined)
        const blanks = 4 * Math.ceil(pages / 4) - pages
        const wanted = blanks === 0 ? [-1, -1] : [pages - closing, pages - closing + blanks - 1]
        expect([empty, read.lastIndexOf(undefined)]).toEqual(wanted)
      }),
    )
  })
})
