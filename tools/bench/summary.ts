import type { BuildRuns } from './measurement.ts'
import type { ServingRuns } from './serving.ts'
import { ratio, summary } from './statistics.ts'
import { nameOf, table } from './table.ts'

/** All that was measured with so many posts; ours comes first. */
export interface Measured {
  readonly posts: number
  readonly builds: readonly BuildRuns[]
  readonly serving: readonly ServingRuns[]
}

/** The figures of one program, in the order of the rounds. */
interface Figures {
  readonly cold: readonly number[]
  readonly unchanged: readonly number[]
  readonly changed: readonly number[]
  readonly served: readonly number[]
  readonly memory: readonly number[]
}

const columns = [
  ['cold', 'cold', (s: number) => `${s.toFixed(2)} s`],
  ['unchanged', 'unchanged', (s: number) => `${s.toFixed(2)} s`],
  ['one changed', 'changed', (s: number) => `${s.toFixed(2)} s`],
  ['while writing', 'served', (ms: number) => `${ms.toFixed(0)} ms`],
  ['memory', 'memory', (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`],
] as const

/** Everything in one table: what it is with us, and how many times that with others. */
export function summaryTable(measured: readonly Measured[]): string {
  const rows = measured.flatMap(({ posts, builds, serving }) => {
    const [ours, ...others] = builds.map(runs => ({
      name: nameOf(runs.program),
      figures: figuresOf(
        runs,
        serving.find(({ program }) => program === runs.program),
      ),
    }))
    if (!ours) return []
    const count = posts.toLocaleString('en')
    const own = columns.map(([, field, format]) => {
      const figures = ours.figures[field]
      return figures.length > 0 ? format(summary(figures).median) : ''
    })
    const times = (figures: Figures) =>
      columns.map(([, field]) =>
        figures[field].length > 0 && ours.figures[field].length > 0
          ? `× ${ratio(figures[field], ours.figures[field]).toFixed(2)}`
          : '',
      )
    return [
      [ours.name, count, ...own],
      ...others.map(({ name, figures }) => [name, count].concat(times(figures))),
    ]
  })
  return table([['', 'posts', ...columns.map(([title]) => title)], ...rows])
}

const figuresOf = ({ cold, unchanged, changed }: BuildRuns, serving: ServingRuns | undefined): Figures => ({
  cold: cold.map(({ wall }) => wall),
  unchanged: unchanged.map(({ wall }) => wall),
  changed: changed.map(({ wall }) => wall),
  served: serving?.followed.body.map(({ served }) => served) ?? [],
  memory: cold.map(({ memory }) => memory),
})
