/** Work for several threads; each takes more of it whenever it is free. Clones of a queue share their place in it. */
export interface Queue {
  readonly items: readonly string[]
  /** How many were taken. */
  readonly taken: Int32Array
}

const HANDFUL = 16

export const queueOf = (items: readonly string[]): Queue => ({
  items,
  taken: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
})

/** Takes items, a handful at a time, until none is left for anybody. */
export function* takeFrom({ items, taken }: Queue): Iterable<string> {
  for (;;) {
    const start = Atomics.add(taken, 0, HANDFUL)
    if (start >= items.length) return
    yield* items.slice(start, start + HANDFUL)
  }
}
