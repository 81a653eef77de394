import { expect, test } from 'vitest'
import { difference, exponent, ratio, summary } from '../../tools/bench/statistics.ts'

test('the exponent is that of the power which the points lie on', () => {
  for (const power of [0.9, 1, 1.05, 2]) {
    const points = [1000, 10_000, 50_000].map(x => [x, 3 * x ** power] as const)
    expect(exponent(points)).toBeCloseTo(power, 10)
  }
})

test('what slows a whole round down changes neither ratio nor difference', () => {
  expect(ratio([2, 4, 20], [1, 2, 10])).toBe(2)
  expect(difference([2, 3, 101], [1, 2, 100])).toBe(1)
})

test('a summary has the middle of an even number of values, too', () => {
  expect(summary([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 })
})
