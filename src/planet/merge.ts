import { digest } from '../core/hash.ts'
import type { KeptEntry } from './kept.ts'
import type { ReadEntry, ReadFeed } from './read/read-feed.ts'

/** So many entries are kept of a feed, the newest ones. */
export const MOST_KEPT = 200

/** When something is read. Milliseconds since 1970. */
export interface ReadingTime {
  readonly now: number
  /** When the feed was changed, as its server says. */
  readonly modified: number | undefined
}

/**
 * What is kept of a feed after it was read again. An entry that is known is the one with its id: what it says is what the feed
 * says now, and where it stands it stays, or goes down. What the feed does not have any more stays.
 */
export function mergeEntries(
  known: readonly KeptEntry[],
  feed: ReadFeed,
  reading: ReadingTime,
): readonly KeptEntry[] {
  const before = new Map(known.map(entry => [entry.id, entry]))
  const merged = new Map(before)
  const undated = datesOfUndated(feed, reading, known.length === 0)
  const ids = identify(feed.entries, before)
  feed.entries.forEach((entry, n) => {
    const id = ids[n]!
    const placed = place(entry, before.get(id), undated(n), reading.now)
    // Of one entry that stands in the feed twice, what was changed last counts; else the first.
    const other = before.get(id) === merged.get(id) ? undefined : merged.get(id)
    const isOlder = other !== undefined && lastChange(other) >= lastChange(placed)
    if (!isOlder) merged.set(id, { id, ...placed })
  })
  return newestFirst([...merged.values()]).slice(0, MOST_KEPT)
}

const lastChange = ({ date, updated }: Pick<KeptEntry, 'date' | 'updated'>) => updated ?? date

/** By date, the newest first; what is as old is put in order by its id, so that no two machines disagree. */
export const newestFirst = <T extends Pick<KeptEntry, 'date' | 'id'>>(entries: readonly T[]): readonly T[] =>
  entries.toSorted((a, b) => (a.date === b.date ? (a.id < b.id ? -1 : 1) : a.date > b.date ? -1 : 1))

/**
 * An id for each entry: its own; without one, its link; without that, a digest of its title or, where it has none, of its text.
 * Several entries with one id and other links or titles are told apart by those: a feed that says of all its entries that they
 * are one has them all the same.
 */
function identify(entries: readonly ReadEntry[], known: ReadonlyMap<string, KeptEntry>): readonly string[] {
  const plain = entries.map(
    ({ id, link, title, content }) => id ?? link ?? `urn:imprimatur:${digest([title ?? content ?? ''])}`,
  )
  const apart = entries.map(({ link = '', title = '' }, n) => `${plain[n]}#${digest([link, title])}`)
  const variants = new Map<string, Set<string>>()
  plain.forEach((id, n) => variants.set(id, (variants.get(id) ?? new Set()).add(apart[n]!)))
  return plain.map((id, n) => {
    if (variants.get(id)!.size > 1 || (known.has(apart[n]!) && !known.has(id))) return apart[n]!
    const moved = otherScheme(id)
    return moved !== undefined && known.has(moved) && !known.has(id) ? moved : id
  })
}

/** A site that learns to speak TLS changes the beginning of all its addresses. */
export function otherScheme(id: string): string | undefined {
  if (id.startsWith('https:')) return `http:${id.slice('https:'.length)}`
  return id.startsWith('http:') ? `https:${id.slice('http:'.length)}` : undefined
}

function place(
  entry: ReadEntry,
  known: KeptEntry | undefined,
  undated: number,
  now: number,
): Omit<KeptEntry, 'id'> {
  const { link, title, author, lang, content } = entry
  const said = entry.published ?? entry.updated
  const first = known ? Date.parse(known.date) : now
  // Without a date of its own, a known entry stays where it is; one of days to come is dated by when it was first seen.
  const date = Math.min(said ?? (known ? first : undated), first)
  const changed = entry.updated ?? date
  const isToCome = changed > now
  const updated = isToCome ? known?.updated : changed > date ? isoTime(changed) : undefined
  return { link, title, author, date: isoTime(date), updated, lang, content }
}

/**
 * The date of an entry that has none: when it was first seen. What a feed has when it is first read may be of any age; that is as
 * old as the feed says of itself. The entries stand a second apart, in the order of the feed.
 */
function datesOfUndated({ updated }: ReadFeed, { now, modified }: ReadingTime, isFirst: boolean) {
  const base = isFirst ? Math.min(updated ?? modified ?? now, now) : now
  return (n: number) => base - n * 1000
}

/** To the second, in UTC. */
const isoTime = (moment: number) => new Date(moment).toISOString().replace(/\.\d+Z$/, 'Z')
