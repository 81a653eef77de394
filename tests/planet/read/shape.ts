import type { ReadEntry } from '../../../src/planet/read/read-feed.ts'

/** A feed as somebody’s program writes it, and what is to be read in it: every entry, with the fields that the shape is about. */
export interface Shape {
  readonly name: string
  readonly body: string | Buffer
  readonly contentType?: string
  /** Where it was found. */
  readonly url?: string
  readonly title?: string | undefined
  readonly home?: string | undefined
  readonly entries: readonly ExpectedEntry[]
  readonly omissions?: readonly string[]
}

/** Dates as ISO 8601. */
export type ExpectedEntry = Partial<Omit<ReadEntry, 'published' | 'updated'>> & {
  readonly published?: string | undefined
  readonly updated?: string | undefined
}

export const atom = (inner: string, attributes = ''): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"${attributes}>${inner}</feed>\n`

export const rss = (inner: string, attributes = ''): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"${attributes}><channel><title>Blog</title><link>https://blog.example/</link>${inner}</channel></rss>\n`

export const rdf = (inner: string): string =>
  `<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">${inner}</rdf:RDF>\n`

export const json = (feed: object): string =>
  JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'Blog', ...feed })
