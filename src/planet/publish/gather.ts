import { append } from '../../core/lists/long-lists.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import { readKept, type KeptEntry, type KeptFeed } from '../kept.ts'
import type { ListedFeed, PlanetList } from '../list.ts'
import { newestFirst, otherScheme } from '../merge.ts'
import { plainLine } from '../read/plain-text.ts'
import { sanitizeHtml, textOf } from '../read/sanitize.ts'

/** Where an entry comes from. */
export interface PlanetSource {
  /** As the list calls it. */
  readonly name: string
  readonly feed: string
  /** The page that the feed is of, when it says. */
  readonly home: string | undefined
}

/** An entry as the planet shows it. Everything but the two texts in HTML is plain text, and to be escaped. */
export interface PlanetEntry {
  /** An IRI; no two entries of a planet have one. */
  readonly id: string
  readonly link: string | undefined
  /** Never empty: where the entry has none, how its text begins, or else its source. */
  readonly title: string
  readonly author: string | undefined
  readonly source: PlanetSource
  /** ISO 8601, in UTC, to the second. */
  readonly date: string
  readonly updated: string
  readonly lang: string | undefined
  /** Sanitised HTML, in which headings begin at the fourth level: below the day and the title. */
  readonly body: string
  /** The same with headings as they were, for feeds. */
  readonly content: string
}

export interface PlanetDay {
  /** `2026-01-09` */
  readonly date: string
  readonly entries: readonly PlanetEntry[]
}

export interface Planet {
  readonly title: string
  /** Newest first; a day, in UTC, has at least one entry. */
  readonly days: readonly PlanetDay[]
  readonly sources: readonly PlanetSource[]
  /** Newest first. */
  readonly entries: readonly PlanetEntry[]
}

/** So many entries a planet shows, and so many of one feed. */
const MOST_SHOWN = 60
const MOST_OF_ONE_FEED = 20

const LONGEST_TITLE = 80

/** Puts together what is kept of the feeds of a list; nothing is fetched. `root` is the root of the site. */
export function gatherPlanet(root: string, list: PlanetList): Result<Planet> {
  const diagnostics: Diagnostic[] = []
  const kept: (readonly [ListedFeed, KeptFeed])[] = []
  for (const feed of list.feeds) {
    const { value, diagnostics: found } = readKept(root, feed.keptPath)
    append(diagnostics, found)
    if (value?.kept) kept.push([feed, value.kept])
  }
  if (diagnostics.length > 0) return { diagnostics }
  const sources = new Map(list.feeds.map(feed => [feed, sourceOf(feed, undefined)] as const))
  for (const [feed, { home }] of kept) sources.set(feed, sourceOf(feed, home))
  const shown = onlySome(newestFirst(distinct(kept, sources)))
  const entries = shown.map(present)
  const value = { title: list.title, sources: [...sources.values()], entries, days: byDay(entries) }
  return { value, diagnostics: [] }
}

function byDay(entries: readonly PlanetEntry[]): readonly PlanetDay[] {
  const days = new Map<string, PlanetEntry[]>()
  for (const entry of entries) {
    const date = entry.date.slice(0, 10)
    days.set(date, [...(days.get(date) ?? []), entry])
  }
  return [...days].map(([date, of]) => ({ date, entries: of }))
}

const sourceOf = ({ name, url }: ListedFeed, home: string | undefined): PlanetSource => ({
  name,
  feed: url,
  home,
})

interface Candidate {
  readonly id: string
  readonly date: string
  readonly entry: KeptEntry
  readonly source: PlanetSource
}

/**
 * Each entry once: what two feeds have under one id is of the feed that stands first in the list. An id that is no IRI is unique
 * only within its feed (RSS 2.0 asks no more of a guid), and is made one.
 */
function distinct(
  kept: readonly (readonly [ListedFeed, KeptFeed])[],
  sources: ReadonlyMap<ListedFeed, PlanetSource>,
): readonly Candidate[] {
  const known = new Map<string, Candidate>()
  for (const [feed, { entries }] of kept) {
    const source = sources.get(feed)!
    for (const entry of entries) {
      const id = isIri(entry.id) ? entry.id : `${feed.url}#${encodeURIComponent(entry.id.toWellFormed())}`
      if (known.has(id) || known.has(otherScheme(id) ?? id)) continue
      known.set(id, { id, date: entry.date, entry, source })
    }
  }
  return [...known.values()]
}

const isIri = (id: string) => /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]+$/i.test(id)

function onlySome(entries: readonly Candidate[]): readonly Candidate[] {
  const shown: Candidate[] = []
  const counts = new Map<PlanetSource, number>()
  for (const entry of entries) {
    const count = counts.get(entry.source) ?? 0
    if (count >= MOST_OF_ONE_FEED) continue
    counts.set(entry.source, count + 1)
    shown.push(entry)
    if (shown.length === MOST_SHOWN) break
  }
  return shown
}

function present({ id, entry, source }: Candidate): PlanetEntry {
  const { link, title, author, date, updated, lang, content: kept = '' } = entry
  const base = link ?? source.home ?? source.feed
  return {
    id,
    link,
    title: title ?? titleFrom(kept, source),
    author: author === source.name ? undefined : author,
    source,
    date,
    updated: updated ?? date,
    lang,
    // Whoever shows one of them pays for it.
    get body() {
      return sanitizeHtml(kept, { base, demote: 3, boxTables: true })
    },
    get content() {
      return sanitizeHtml(kept, { base })
    },
  }
}

function titleFrom(html: string, { name }: PlanetSource): string {
  const text = plainLine(textOf(html), LONGEST_TITLE)
  return text ?? name
}
