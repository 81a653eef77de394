/** Work for several threads; each takes more of it whenever it is free. Clones of a queue share their place in it. */
export interface WorkQueue {
  readonly items: readonly string[]
  /** How many were taken. */
  readonly taken: Int32Array
}

export const createWorkQueue = (items: readonly string[]): WorkQueue => ({
  items,
  taken: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
})

/** How many of its items somebody has taken. */
export const countTaken = ({ items, taken }: WorkQueue): number =>
  Math.min(items.length, Atomics.load(taken, 0))

/** Takes items, one at a time, until none is left for anybody. */
export function* takeFrom({ items, taken }: WorkQueue): Iterable<string> {
  for (;;) {
    const item = items[Atomics.add(taken, 0, 1)]
    if (item === undefined) return
    yield item
  }
}
