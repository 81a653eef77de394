import type { BuildRuns } from './measurement.ts'
import type { Usage } from './process.ts'
import { ratio, summary } from './statistics.ts'

/** The first of `results` is the one that the others are compared with. */
export function coldTable(results: readonly BuildRuns[]): string {
  const [ours] = results
  const header = ['cold', 'wall s', 'CPU s', 'peak MB', 'wall ×', 'CPU ×', 'memory ×']
  const rows = results.map(({ program, cold }) => [
    program.name,
    spread(values(cold, 'wall'), 2),
    spread(values(cold, 'cpu'), 2),
    spread(values(cold, 'memory', 1e-6), 0),
    times(values(cold, 'wall'), values(ours?.cold, 'wall')),
    times(values(cold, 'cpu'), values(ours?.cold, 'cpu')),
    times(values(cold, 'memory'), values(ours?.cold, 'memory')),
  ])
  return table([header, ...rows])
}

export function unchangedTable(results: readonly BuildRuns[]): string {
  const [ours] = results
  const header = ['nothing changed', 'wall s', 'CPU s', 'files written', 'wall ×', 'CPU ×']
  const rows = results.map(({ program, unchanged, written }) => [
    program.name,
    spread(values(unchanged, 'wall'), 2),
    spread(values(unchanged, 'cpu'), 2),
    String(written),
    times(values(unchanged, 'wall'), values(ours?.unchanged, 'wall')),
    times(values(unchanged, 'cpu'), values(ours?.unchanged, 'cpu')),
  ])
  return table([header, ...rows])
}

export function changedTable(results: readonly BuildRuns[]): string {
  const [ours] = results
  const rows = results.map(({ program, changed }) => [
    program.name,
    spread(values(changed, 'wall'), 2),
    spread(values(changed, 'cpu'), 2),
    times(values(changed, 'wall'), values(ours?.changed, 'wall')),
    times(values(changed, 'cpu'), values(ours?.changed, 'cpu')),
  ])
  return table([['one post changed', 'wall s', 'CPU s', 'wall ×', 'CPU ×'], ...rows])
}

/** `starts`: what was run -> seconds; the first is the one that the others are compared with. */
export function startTable(starts: readonly (readonly [name: string, seconds: readonly number[]])[]): string {
  const [, base = []] = starts[0] ?? []
  const rows = starts.map(([name, seconds]) => [
    `\`${name}\``,
    spread(
      seconds.map(s => s * 1000),
      0,
    ),
    times(seconds, base),
  ])
  return table([['start', 'wall ms', '×'], ...rows])
}

/** The first of `results` is the one that the others are compared with. */
export function userTable(
  title: string,
  results: readonly (readonly [name: string, usages: readonly Usage[]])[],
): string {
  const [, base = []] = results[0] ?? []
  const rows = results.map(([name, usages]) => [
    name,
    spread(values(usages, 'user'), 2),
    times(values(usages, 'user'), values(base, 'user')),
  ])
  return table([[title, 'user CPU s', '×'], ...rows])
}

/** `speeds`: MB/s of each round, and those that they are compared with. */
export function speedTable(
  speeds: readonly (readonly [name: string, speeds: readonly number[], base: readonly number[]])[],
): string {
  const rows = speeds.map(([name, speed, base]) => [name, spread(speed, 1), times(speed, base)])
  return table([['prose in one process', 'MB/s of user CPU', '×'], ...rows])
}

const values = (usages: readonly Usage[] = [], field: keyof Usage, scale = 1) =>
  usages.map(usage => usage[field] * scale)

function spread(numbers: readonly number[], digits: number): string {
  const { median, min, max } = summary(numbers)
  return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`
}

const times = (numbers: readonly number[], base: readonly number[]) => ratio(numbers, base).toFixed(2)

/** A Markdown table that is legible as it stands: the first row is the header, numbers are set right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))) ?? []
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  const rule = widths.map((width, column) => (column ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)))
  const [header = [], ...body] = rows.map(row =>
    row.map((cell, column) =>
      column ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    ),
  )
  return [header, rule, ...body].map(line).join('')
}
