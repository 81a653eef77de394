import type { parseFeed } from 'feedsmith'

/** What the parser gives, by format. */
export type AnyFeed = ReturnType<typeof parseFeed<string>>
type Of<Format extends AnyFeed['format']> = Extract<AnyFeed, { format: Format }>['feed']
export type AtomFeed = Of<'atom'>
export type RssFeed = Of<'rss'>
export type RdfFeed = Of<'rdf'>
export type JsonFeed = Of<'json'>
