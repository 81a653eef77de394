import { deserialize, serialize } from 'node:v8'
import type { PageLinks } from '../links/collect-links.ts'
import { areEntryColumns, areRepeatedLinks, areStamps, areTexts } from './check-cache.ts'
import { once, repeated, type Lazy, type RepeatedColumn } from './columns.ts'
import type { CacheEntry, FileDependencies } from './render-file.ts'
import { packStamps, stampAt, type Stamp, type StampColumn } from '../file-stamp.ts'

/** Entries of some files, in columns that are serialized: so they can be sent, and kept as they are. */
export interface PackedEntries {
  readonly paths: readonly string[]
  /** All but their stamps, which are known when the files are in their places. */
  readonly parts: readonly Uint8Array[]
}

/** Of a file, by its path in the output folder. */
export type StampOf = (path: string) => Stamp | undefined

/** Of all entries, what every build that looks at them needs. */
interface EntryColumns {
  readonly paths: readonly string[]
  readonly makers: readonly string[]
  readonly dependencies: readonly string[]
  /** Of those few that have any, by row. */
  readonly typography: ReadonlyMap<number, CacheEntry['typography']>
  readonly violations: ReadonlyMap<number, PageLinks['violations']>
}

/** How many parts entries are kept in: long columns that are seldom asked for are parts of their own. */
export const ENTRY_PARTS = 6

export function packEntries(all: ReadonlyMap<string, CacheEntry>): PackedEntries {
  const paths = [...all.keys()]
  const entries = [...all.values()]
  const known = entries.map(({ dependencies }) => dependencies)
  const links = known.map(each => each.links)
  const main: EntryColumns = {
    paths,
    makers: entries.map(({ maker }) => maker),
    dependencies: known.map(({ dependencies }) => dependencies),
    typography: fewOf(entries.map(({ typography }) => typography)),
    violations: fewOf(links.map(each => each?.violations ?? [])),
  }
  const fingerprints = known.map(({ fingerprint }) => fingerprint)
  const [addresses, ids] = [links.map(each => each?.addresses), links.map(each => each?.ids)]
  const unresolved = repeated(
    links.map(each => each?.unresolved),
    each => JSON.stringify(each),
  )
  const parts = [main, fingerprints, addresses, ids, unresolved]
  return { paths, parts: parts.map(part => serialize(part)) }
}

export const entryParts = ({ paths, parts }: PackedEntries, stampOf: StampOf): readonly Uint8Array[] => [
  ...parts,
  serialize(packStamps(paths.map(stampOf))),
]

/** Entries that were packed in this build. */
export const openEntries = (
  { paths, parts }: PackedEntries,
  stampOf: StampOf,
): ReadonlyMap<string, CacheEntry> =>
  entriesIn([
    ...parts.map(part => once(() => deserialize(part) as unknown)),
    () => packStamps(paths.map(stampOf)),
  ]) ?? new Map()

/** Rows that have something. */
const fewOf = <T>(rows: readonly (readonly T[])[]): ReadonlyMap<number, readonly T[]> =>
  new Map(rows.flatMap((row, at) => (row.length > 0 ? [[at, row] as const] : [])))

/** Entries that read of themselves what they are asked for. Undefined when these are no parts of entries, or not whole. */
export function entriesIn(parts: readonly Lazy<unknown>[]): ReadonlyMap<string, CacheEntry> | undefined {
  const [main, fingerprints, addresses, ids, unresolved, sealed] = parts
  const [known, links, stamps] = [main?.(), unresolved?.(), sealed?.()]
  if (!areEntryColumns(known) || !areRepeatedLinks(links) || !areStamps(stamps)) return undefined
  const { paths, ...rest } = known as EntryColumns
  // What is whole and not of this form somebody has made: it is read as nothing.
  const textsOf = (read: Lazy<unknown> | undefined): Lazy<Texts> =>
    once(() => {
      const value = read?.()
      return areTexts(value) ? (value as Texts) : []
    })
  const columns: Columns = {
    ...rest,
    stamps: stamps as StampColumn,
    fingerprints: textsOf(fingerprints),
    addresses: textsOf(addresses),
    ids: textsOf(ids),
    unresolved: links as RepeatedColumn<PageLinks['unresolved']>,
  }
  return new Map(paths.map((path, row) => [path, new EntryInColumns(columns, row)]))
}

type Texts = readonly (string | undefined)[]

interface Columns extends Omit<EntryColumns, 'paths'> {
  readonly stamps: StampColumn
  readonly fingerprints: Lazy<Texts>
  readonly addresses: Lazy<Texts>
  readonly ids: Lazy<Texts>
  /** Undefined where there are no links. */
  readonly unresolved: RepeatedColumn<PageLinks['unresolved']>
}

class EntryInColumns implements CacheEntry {
  readonly #columns: Columns
  readonly #row: number
  readonly dependencies: FileDependencies

  constructor(columns: Columns, row: number) {
    this.#columns = columns
    this.#row = row
    this.dependencies = new DependenciesInColumns(columns, row)
  }

  get maker() {
    return this.#columns.makers[this.#row] ?? ''
  }

  get stamp() {
    return stampAt(this.#columns.stamps, this.#row)
  }

  get typography() {
    return this.#columns.typography.get(this.#row) ?? []
  }
}

class DependenciesInColumns implements FileDependencies {
  readonly #columns: Columns
  readonly #row: number
  #links: PageLinks | undefined

  constructor(columns: Columns, row: number) {
    this.#columns = columns
    this.#row = row
  }

  get dependencies() {
    return this.#columns.dependencies[this.#row] ?? ''
  }

  get fingerprint() {
    return this.#columns.fingerprints()[this.#row] ?? ''
  }

  /** The same object each time. */
  get links() {
    const { values, rows } = this.#columns.unresolved
    if (values[rows[this.#row] ?? -1] === undefined) return undefined
    return (this.#links ??= new LinksInColumns(this.#columns, this.#row))
  }
}

class LinksInColumns implements PageLinks {
  readonly #columns: Columns
  readonly #row: number

  constructor(columns: Columns, row: number) {
    this.#columns = columns
    this.#row = row
  }

  get addresses() {
    return this.#columns.addresses()[this.#row] ?? ''
  }

  get ids() {
    return this.#columns.ids()[this.#row] ?? ''
  }

  get unresolved() {
    const { values, rows } = this.#columns.unresolved
    return values[rows[this.#row] ?? -1] ?? []
  }

  get violations() {
    return this.#columns.violations.get(this.#row) ?? []
  }
}

/** An entry with nothing left to read, which can be cloned. */
export const wholeEntry = ({ maker, stamp, typography, dependencies: known }: CacheEntry): CacheEntry => {
  const { dependencies, fingerprint, links } = known
  return {
    maker,
    stamp,
    typography,
    dependencies: { dependencies, fingerprint, links: links && wholeLinks(links) },
  }
}

const wholeLinks = ({ addresses, ids, unresolved, violations }: PageLinks): PageLinks => ({
  addresses,
  ids,
  unresolved,
  violations,
})
