/** What a `LazyMap` is made of. */
interface LazyEntries<Key, Value> {
  /** In order, each once. */
  keys(): Iterable<Key>
  has(key: Key): boolean
  /** The value of a key that it has; called whenever it is asked for. */
  get(key: Key): Value | undefined
}

/** A map that keeps no values: each is made, or sought elsewhere, when it is asked for. */
export class LazyMap<Key, Value> implements ReadonlyMap<Key, Value> {
  readonly #entries: LazyEntries<Key, Value>

  constructor(entries: LazyEntries<Key, Value>) {
    this.#entries = entries
  }

  get size(): number {
    let size = 0
    for (const _ of this.#entries.keys()) size++
    return size
  }

  has(key: Key): boolean {
    return this.#entries.has(key)
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key)
  }

  *keys(): Generator<Key, undefined> {
    yield* this.#entries.keys()
  }

  *entries(): Generator<[Key, Value], undefined> {
    for (const key of this.#entries.keys()) yield [key, this.#entries.get(key) as Value]
  }

  *values(): Generator<Value, undefined> {
    for (const [, value] of this.entries()) yield value
  }

  [Symbol.iterator](): Generator<[Key, Value], undefined> {
    return this.entries()
  }

  forEach(call: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    for (const [key, value] of this) call(value, key, this)
  }
}
