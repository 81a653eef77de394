/** How long things took to render: name -> how often, and milliseconds in all. */
export type Times = ReadonlyMap<string, { readonly count: number; readonly ms: number }>

export interface Stopwatch {
  readonly times: Times
  measure<T>(name: string, work: () => T): T
}

/** For a build of which nobody asks. */
export const UNTIMED: Stopwatch = { times: new Map(), measure: (_, work) => work() }

export function createStopwatch(): Stopwatch {
  const times = new Map<string, { count: number; ms: number }>()
  return {
    times,
    measure(name, work) {
      const start = performance.now()
      try {
        return work()
      } finally {
        const time = times.get(name) ?? { count: 0, ms: 0 }
        time.count++
        time.ms += performance.now() - start
        times.set(name, time)
      }
    },
  }
}

export function addTimes(all: readonly Times[]): Times {
  const sum = new Map<string, { count: number; ms: number }>()
  for (const [name, { count, ms }] of all.flatMap(times => [...times])) {
    const known = sum.get(name) ?? { count: 0, ms: 0 }
    sum.set(name, { count: known.count + count, ms: known.ms + ms })
  }
  return sum
}
