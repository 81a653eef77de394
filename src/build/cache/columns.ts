import { deserialize } from 'node:v8'

/** What is read when it is first asked for. */
export type Lazy<T> = () => T

/** Parts as they are written one behind the other, each to be read alone: a length for each, and then all of them. */
export function withLengths(parts: readonly Uint8Array[]): readonly Uint8Array[] {
  const lengths = Buffer.alloc(LENGTH * parts.length)
  for (const [at, { length }] of parts.entries()) lengths.writeUInt32LE(length, LENGTH * at)
  return [lengths, ...parts]
}

/** The same parts again, of which there are so many. Throws when there are not. */
export function splitParts(bytes: Uint8Array, count: number): readonly Uint8Array[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let end = LENGTH * count
  return Array.from({ length: count }, (_, at) => all.subarray(end, (end += all.readUInt32LE(LENGTH * at))))
}

/** What a part holds, read when it is first asked for; undefined of one that is not whole. */
export const openPart = (part: Uint8Array, isWhole: () => boolean): Lazy<unknown> =>
  once(() => (isWhole() ? (deserialize(part) as unknown) : undefined))

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
