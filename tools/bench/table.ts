import type { Grown } from './growth.ts'
import type { BuildRuns } from './measurement.ts'
import type { Usage } from './process.ts'
import type { Program } from './program.ts'
import type { Change, Followed, ServingRuns } from './serving.ts'
import { difference, exponent, ratio, summary } from './statistics.ts'

/** The first of `results` is the one that the others are compared with. */
export function coldTable(results: readonly BuildRuns[]): string {
  const [ours] = results
  const floor = results.find(({ program }) => program.name === 'floor')
  const header = ['cold', 'wall s', 'CPU s', 'peak MB', 'wall ×', 'CPU ×', 'memory ×']
  if (floor) header.push('wall × floor', 'CPU × floor')
  const rows = results.map(({ program, cold }) => [
    nameOf(program),
    spread(values(cold, 'wall'), 2),
    spread(values(cold, 'cpu'), 2),
    spread(values(cold, 'memory', 1e-6), 0),
    times(values(cold, 'wall'), values(ours?.cold, 'wall')),
    times(values(cold, 'cpu'), values(ours?.cold, 'cpu')),
    times(values(cold, 'memory'), values(ours?.cold, 'memory')),
    ...(floor ? [times(values(cold, 'wall'), values(floor.cold, 'wall'))] : []),
    ...(floor ? [times(values(cold, 'cpu'), values(floor.cold, 'cpu'))] : []),
  ])
  return table([header, ...rows])
}

const followed = (results: readonly BuildRuns[]) => results.filter(({ program }) => !program.isColdOnly)

export function unchangedTable(results: readonly BuildRuns[]): string {
  const [ours] = results
  const header = ['nothing changed', 'wall s', 'CPU s', 'files written', 'wall ×', 'CPU ×']
  const rows = followed(results).map(({ program, unchanged, written }) => [
    nameOf(program),
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
  const rows = followed(results).map(({ program, changed }) => [
    nameOf(program),
    spread(values(changed, 'wall'), 2),
    spread(values(changed, 'cpu'), 2),
    times(values(changed, 'wall'), values(ours?.changed, 'wall')),
    times(values(changed, 'cpu'), values(ours?.changed, 'cpu')),
  ])
  return table([['one post changed', 'wall s', 'CPU s', 'wall ×', 'CPU ×'], ...rows])
}

/** The first of `results` is the one that the others are compared with. */
export function servingTable(results: readonly ServingRuns[]): string {
  const [ours] = results
  const times = (runs: ServingRuns | undefined, change: Change) =>
    runs?.followed[change].map(({ served }: Followed) => served) ?? []
  const rows = results.flatMap(runs => {
    const { program, followed, isIndexRight, memory } = runs
    const notified = (change: Change) => followed[change].flatMap(each => each.notified ?? [])
    const row = [
      nameOf(program),
      ...(['body', 'title', 'layout'] as const).map(change => spread(times(runs, change), 0)),
      ratio(times(runs, 'body'), times(ours, 'body')).toFixed(2),
      isIndexRight ? 'yes' : 'no',
      (memory / 1e6).toFixed(0),
      spread(times(runs, 'post'), 0),
    ]
    const event = [
      `${program.name}: pages are told`,
      ...(['body', 'title', 'layout'] as const).map(change => spread(notified(change), 0)),
      '',
      '',
      '',
      '',
    ]
    return notified('body').length > 0 ? [event, row] : [row]
  })
  const header = [
    'served, ms after',
    'a body',
    'a title',
    'a layout',
    'body ×',
    'title in the index',
    'peak MB',
    'a new post',
  ]
  return table([header, ...rows])
}

/** `grown`: the first is what does not grow. */
export function growthTable([start, ...grown]: readonly Grown[]): string {
  const beyond = (field: 'wall' | 'cpu', from = 0) =>
    exponent(
      grown
        .slice(from)
        .map(({ posts, usages }) => [posts, difference(values(usages, field), values(start?.usages, field))]),
    ).toFixed(3)
  const rows = grown.map(({ posts, usages }) => [
    posts.toLocaleString('en'),
    spread(values(usages, 'wall'), 2),
    spread(values(usages, 'cpu'), 2),
    spread(values(usages, 'memory', 1e-6), 0),
  ])
  const header = ['posts, cold', 'wall s', 'CPU s', 'peak MB']
  const last = grown.at(-2)?.posts.toLocaleString('en')
  return table([
    header,
    ...rows,
    ['exponent, without the start', beyond('wall'), beyond('cpu'), ''],
    [`exponent from ${last} on`, beyond('wall', -2), beyond('cpu', -2), ''],
  ])
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
    (difference(seconds, base) * 1000).toFixed(0),
    times(seconds, base),
  ])
  return table([['start', 'wall ms', 'ms more', '×'], ...rows])
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

/** Milliseconds, and their medians’ ratio to that of `base`. */
export function latencyTable(
  latencies: readonly (readonly [name: string, milliseconds: readonly number[]])[],
  base: readonly number[],
): string {
  const rows = latencies.map(([name, milliseconds]) => [
    name,
    spread(milliseconds, 1),
    (summary(milliseconds).median / summary(base).median).toFixed(3),
  ])
  return table([['in an editor', 'ms of CPU', '× a build'], ...rows])
}

/** `speeds`: MB/s of each round, and those that they are compared with. */
export function speedTable(
  speeds: readonly (readonly [name: string, speeds: readonly number[], base: readonly number[]])[],
): string {
  const rows = speeds.map(([name, speed, base]) => [name, spread(speed, 1), times(speed, base)])
  return table([['prose in one process', 'MB/s of user CPU', '×'], ...rows])
}

export const nameOf = ({ name, differs = [] }: Program) =>
  differs.length > 0 ? `${name} (${differs.join(', ')})` : name

const values = (usages: readonly Usage[] = [], field: keyof Usage, scale = 1) =>
  usages.map(usage => usage[field] * scale)

function spread(numbers: readonly number[], digits: number): string {
  const { median, min, max } = summary(numbers)
  return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`
}

const times = (numbers: readonly number[], base: readonly number[]) => ratio(numbers, base).toFixed(2)

/** A Markdown table that is legible as it stands: the first row is the header, numbers are set right. */
export function table(rows: readonly (readonly string[])[]): string {
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
