/**
 * What tells one state of a file from another, as stat(2) has it, even when its time was put back: nobody sets the time at which it was
 * changed (`ctimeMs`). It stays in numbers: of a large site, it takes longer to write them out than to ask for them.
 */
export interface Stamp {
  readonly ino: number
  /** Bytes. */
  readonly size: number
  /** Milliseconds since 1970. */
  readonly mtimeMs: number
  readonly ctimeMs: number
}

export const stampIn = ({ ino, size, mtimeMs, ctimeMs }: Stamp): Stamp => ({ ino, size, mtimeMs, ctimeMs })

export const isSameStamp = (one: Stamp, other: Stamp): boolean =>
  one.ctimeMs === other.ctimeMs && isSameRenamed(one, other)

/** A file that is renamed keeps all but the time at which it was changed. */
export const isSameRenamed = (one: Stamp, other: Stamp): boolean =>
  one.ino === other.ino && one.size === other.size && one.mtimeMs === other.mtimeMs

export const describeStamp = ({ ino, size, mtimeMs, ctimeMs }: Stamp): string =>
  `${ino} ${size} ${mtimeMs} ${ctimeMs}`

/** Stamps in a row, as they are kept. */
export type StampColumn = Float64Array

const FIELDS = 4

export function packStamps(stamps: readonly (Stamp | undefined)[]): StampColumn {
  const column = new Float64Array(FIELDS * stamps.length).fill(NaN)
  for (const [row, stamp] of stamps.entries()) {
    if (!stamp) continue
    const at = FIELDS * row
    column[at] = stamp.ino
    column[at + 1] = stamp.size
    column[at + 2] = stamp.mtimeMs
    column[at + 3] = stamp.ctimeMs
  }
  return column
}

/** Undefined where there was none. */
export function stampAt(column: StampColumn, row: number): Stamp | undefined {
  const at = FIELDS * row
  const ino = column[at]
  if (ino === undefined || Number.isNaN(ino)) return undefined
  return { ino, size: column[at + 1]!, mtimeMs: column[at + 2]!, ctimeMs: column[at + 3]! }
}
