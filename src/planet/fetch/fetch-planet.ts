import { diagnostic } from '../../core/diagnostic.ts'
import { createGate } from '../../core/gate.ts'
import type { Diagnostic } from '../../core/types.ts'
import { readKept, writeKept, type KeptFeed } from '../kept.ts'
import type { ListedFeed, PlanetList } from '../list.ts'
import { mergeEntries } from '../merge.ts'
import { parseFeedDate } from '../read/dates.ts'
import { readFeed } from '../read/read-feed.ts'
import { download, type Obstruction } from './download.ts'

export interface FetchOptions {
  /** The root of the site. */
  readonly root: string
  readonly userAgent: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** Milliseconds for a feed. */
  readonly timeout: number
  /** Called when a feed is done, whether it was had or not. */
  readonly onDone?: (feed: ListedFeed) => void
}

export interface Fetched {
  /** Of every feed, in the order of the list, each at its place there. */
  readonly diagnostics: readonly Diagnostic[]
  /** How many feeds had something new, and how many had nothing new. */
  readonly changed: number
  readonly unchanged: number
  /** Entries that were not known before. */
  readonly added: number
}

/** Bytes; the longest feeds of blogs have two of these megabytes. */
const LARGEST_FEED = 8 * 1024 * 1024

/** So many feeds are on their way at a time, and one of each host. */
const WIDTH = 6

const LONGEST_VALIDATOR = 500

/** Fetches the feeds of a list and keeps what they say. Of a feed that cannot be had, everything stays as it is kept. */
export async function fetchPlanet({ file, feeds }: PlanetList, options: FetchOptions): Promise<Fetched> {
  const pass = createGate(WIDTH)
  const hosts = new Map<string, ReturnType<typeof createGate>>()
  const passHost = (url: string) => {
    const { host } = new URL(url)
    const gate = hosts.get(host) ?? createGate(1)
    hosts.set(host, gate)
    return gate
  }
  const results = await Promise.all(
    feeds.map(feed =>
      passHost(feed.url)(() =>
        pass(async () => {
          const result = await fetchFeed(feed, options)
          options.onDone?.(feed)
          return result
        }),
      ),
    ),
  )
  const diagnostics = results.flatMap(({ findings }, n) =>
    findings.map((each): Diagnostic => ({
      ...each,
      file: each.file ?? file,
      span: each.file ? each.span : feeds[n]!.span,
    })),
  )
  const count = (outcome: FetchedFeed['outcome']) =>
    results.filter(result => result.outcome === outcome).length
  const added = results.reduce((sum, result) => sum + result.added, 0)
  return { diagnostics, changed: count('changed'), unchanged: count('unchanged'), added }
}

interface FetchedFeed {
  readonly outcome: 'changed' | 'unchanged' | 'failed'
  readonly added: number
  /** Those without a file are about the feed’s place in the list. */
  readonly findings: readonly Diagnostic[]
}

const failed = (...findings: readonly Diagnostic[]): FetchedFeed => ({
  outcome: 'failed',
  added: 0,
  findings,
})

async function fetchFeed(feed: ListedFeed, options: FetchOptions): Promise<FetchedFeed> {
  const { root, userAgent, now, timeout } = options
  const { value, diagnostics } = readKept(root, feed.keptPath)
  if (!value) return failed(...diagnostics)
  const { kept } = value
  const validators = kept?.url === feed.url ? kept : {}
  const found = await download(feed.url, { userAgent, validators, timeout, limit: LARGEST_FEED })
  const about = (obstruction: Obstruction) => describe(feed, obstruction)
  if ('code' in found) return failed(about(found))
  const findings: Diagnostic[] = []
  if (found.movedTo !== undefined) {
    const hint = `write it into the list: ${found.movedTo}`
    findings.push(about({ code: 'planet/moved', message: 'The feed has moved for good', hint }))
  }
  if (!found.body) return { outcome: 'unchanged', added: 0, findings }

  const { body, contentType, url } = found
  const read = readFeed({ body, contentType, url })
  if ('code' in read) return failed(...findings, about(read))
  for (const message of read.omissions) {
    findings.push(about({ code: 'planet/entry', message, hint: 'the feed is kept without that' }))
  }
  const { etag, lastModified } = found.validators
  const modified = lastModified === undefined ? undefined : parseFeedDate(lastModified)
  const entries = mergeEntries(kept?.entries ?? [], read, { now, modified })
  const next: KeptFeed = {
    url: feed.url,
    title: read.title ?? kept?.title,
    home: read.home ?? kept?.home,
    etag: bounded(etag),
    lastModified: bounded(lastModified),
    entries,
  }
  const known = new Set(kept?.entries.map(({ id }) => id))
  const added = entries.filter(({ id }) => !known.has(id)).length
  const isSame = JSON.stringify(entries) === JSON.stringify(kept?.entries)
  const unwritten = writeKept(root, feed.keptPath, next)
  if (unwritten.length > 0) return failed(...findings, ...unwritten)
  return { outcome: isSame ? 'unchanged' : 'changed', added, findings }
}

const bounded = (validator: string | undefined) =>
  validator !== undefined && validator.length <= LONGEST_VALIDATOR ? validator : undefined

const describe = ({ name }: ListedFeed, { code, message, hint }: Obstruction): Diagnostic =>
  diagnostic(code, `${name}: ${message}`, { hint })
