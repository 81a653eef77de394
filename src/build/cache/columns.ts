import { deserialize, serialize } from 'node:v8'

/** What is read when it is first asked for. */
export type Lazy<T> = () => T

/** Parts in one piece, each to be read alone. */
export function packParts(parts: readonly unknown[]): Uint8Array {
  const bytes = parts.map(part => serialize(part))
  const lengths = Buffer.alloc(LENGTH * bytes.length)
  for (const [at, { length }] of bytes.entries()) lengths.writeUInt32LE(length, LENGTH * at)
  return Buffer.concat([lengths, ...bytes])
}

/** The same parts again, of which there are so many. Throws when there are not, or when one that is read is no part. */
export function openParts(bytes: Uint8Array, count: number): readonly Lazy<unknown>[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let end = LENGTH * count
  return Array.from({ length: count }, (_, at) => {
    const part = all.subarray(end, (end += all.readUInt32LE(LENGTH * at)))
    return once(() => deserialize(part) as unknown)
  })
}

export function once<T>(read: () => T): Lazy<T> {
  let known: { readonly value: T } | undefined
  return () => (known ??= { value: read() }).value
}

const LENGTH = 4

/** A column in which few values come again and again. */
export interface RepeatedColumn<T> {
  readonly values: readonly (T | undefined)[]
  /** Of each row, the place of its value. */
  readonly rows: Uint32Array
}

/** `name` tells the values apart. */
export function repeated<T>(
  all: readonly (T | undefined)[],
  name: (value: T | undefined) => unknown,
): RepeatedColumn<T> {
  const places = new Map<unknown, number>()
  const values: (T | undefined)[] = []
  const rows = Uint32Array.from(all, value => {
    const key = name(value)
    let place = places.get(key)
    if (place === undefined) {
      places.set(key, (place = values.length))
      values.push(value)
    }
    return place
  })
  return { values, rows }
}
