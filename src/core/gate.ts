/** Runs tasks, so many at a time; the others wait in line. */
export function createGate(width: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async task => {
    if (running >= width) await new Promise<void>(resolve => waiting.push(resolve))
    else running++
    try {
      return await task()
    } finally {
      // Who is next takes the place over.
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
