export interface Summary {
  readonly median: number
  readonly min: number
  readonly max: number
}

export const summary = (values: readonly number[]): Summary => ({
  median: median(values),
  min: Math.min(...values),
  max: Math.max(...values),
})

/** Median of the ratios round by round: what slows a whole round down does not count. */
export const ratio = (values: readonly number[], base: readonly number[]): number =>
  median(values.map((value, round) => value / (base[round] ?? NaN)))

/** Median of the differences round by round. */
export const difference = (values: readonly number[], base: readonly number[]): number =>
  median(values.map((value, round) => value - (base[round] ?? NaN)))

/** The exponent of the power that fits best: the slope of the least squares through the logarithms. */
export function exponent(points: readonly (readonly [x: number, y: number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const)
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length
  const [middle, height] = [mean(logs.map(([x]) => x)), mean(logs.map(([, y]) => y))]
  const sum = (of: (x: number, y: number) => number) =>
    logs.reduce((total, [x, y]) => total + of(x - middle, y - height), 0)
  return sum((x, y) => x * y) / sum(x => x * x)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? NaN
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper
}
