import type { Token } from 'markdown-it'
import type { ExtendMarkdown, Heading, SourceFile, Span } from '../../core/types.ts'
import { lineSpan, position } from '../../core/source.ts'
import { readSource } from '../../core/read-file.ts'
import { destination } from '../../build/links/destination.ts'
import { existing } from '../../build/links/collect-links.ts'
import { writtenAddresses, type WrittenAddress } from '../../build/links/written.ts'
import type { SiteCollections } from '../../build/pages/collections.ts'
import type { SitePage } from '../../build/pages/site-page.ts'
import { namedSource, resolveFrom } from '../../build/render/resolve-destination.ts'
import type { LiveSite } from '../../dev/live-site.ts'
import { readDocument } from '../../document/document.ts'
import { formatOf } from '../../document/formats.ts'
import { splitHeading } from '../../document/heading-attributes.ts'
import { identifyHeadings } from '../../document/headings.ts'
import { parserFor } from '../../document/markdown.ts'

/** A heading where its author wrote it. */
export interface WrittenHeading extends Heading {
  /** Of its words, without marks before and behind. */
  readonly span: Span
}

/** A link, and the page of this site that it leads to. */
export interface WrittenLink extends WrittenAddress {
  readonly file: SourceFile
  readonly target: SitePage
  /** Decoded; '' when there is none. */
  readonly fragment: string
}

/** The headings of a Markdown page, in order; of others none is known to stand where one could write. */
export function writtenHeadings(
  file: SourceFile,
  extend: ExtendMarkdown | undefined,
): readonly WrittenHeading[] {
  if (formatOf(file.path) !== 'markdown') return []
  const { bodyStart, frontMatter } = readDocument(file)
  if (frontMatter.fields.ejs === true) return []
  const env: { headings?: readonly Heading[] } = {}
  const tokens = parserFor(extend).parse(file.text.slice(bodyStart), env)
  identifyHeadings({ tokens, env })
  const opening = tokens.flatMap((token, i) =>
    token.type === 'heading_open' ? [[token, tokens[i + 1]] as const] : [],
  )
  const firstLine = position(file.text, bodyStart).line
  return opening.flatMap(([{ map }, inline], i) => {
    const heading = env.headings?.[i]
    return heading && map ? [{ ...heading, span: spanOfWords(file.text, firstLine + map[0], inline) }] : []
  })
}

/** Where a heading’s words stand in its line: behind the signs of an ATX heading, and before an attribute list. */
function spanOfWords(text: string, line: number, inline: Token | undefined): Span {
  const [start, end] = lineSpan(text, line)
  const content = inline?.content.split('\n', 1)[0] ?? ''
  const at = start + Math.max(text.slice(start, end).indexOf(content), 0)
  return [at, at + splitHeading(content).text.length]
}

/** What is known of a site’s sources: pages, and the links between them as they are written. */
export interface SiteIndex {
  readonly pages: readonly SitePage[]
  readonly collections: SiteCollections
  /** Paths of all sources that have an address, pages and what is copied, from the root. */
  readonly sources: readonly string[]
  /** Pages by address, and by source. */
  readonly byName: ReadonlyMap<string, SitePage>
  pageAt(source: string): SitePage | undefined
  /** The source that a relative path names, seen from another. */
  sourceNamed(from: string, path: string): string | undefined
  addressesIn(file: SourceFile): readonly WrittenAddress[]
  /** Where an address that is written in a source leads, if to a page of this site. */
  targetOf(
    source: string,
    address: string,
  ): { readonly target: SitePage; readonly fragment: string } | undefined
  linksIn(file: SourceFile): readonly WrittenLink[]
  /** The links of all pages. */
  allLinks(): readonly WrittenLink[]
  read(source: string): SourceFile | undefined
  headings(file: SourceFile): readonly WrittenHeading[]
}

/** The index of a site as it is now; what was read of a text before is kept with `texts` for the next one. */
export function createSiteIndex(
  { prepared, arrangement, setup: { config } }: LiveSite,
  texts: ReadTexts,
): SiteIndex {
  const { site, paths } = prepared
  const bySource = new Map(arrangement.own.map(page => [page.source, page]))
  const read = (source: string) => readSource(config.root, source).value
  const targetOf = (source: string, address: string) => {
    // A page that is not in a file yet has neighbours, too.
    const resolved = resolveFrom(site, source, address)
    const to = destination(resolved, bySource.get(source)?.url ?? '/', config.site.url)
    if (to?.kind !== 'internal') return undefined
    const there = existing(to.path, paths)
    const target = there === undefined ? undefined : paths.get(there)
    return target && { target, fragment: to.fragment }
  }
  const addressesIn = (file: SourceFile) => texts.addresses(file, config.markdown)
  const linksIn = (file: SourceFile) =>
    addressesIn(file).flatMap(written => {
      const to = targetOf(file.path, written.address)
      return to ? [{ ...written, ...to, file }] : []
    })
  return {
    pages: arrangement.own,
    collections: arrangement.collections,
    sources: [...site.addresses.keys()],
    byName: new Map(
      arrangement.own.flatMap(page => [
        [page.url, page],
        [page.source, page],
      ]),
    ),
    pageAt: source => bySource.get(source),
    sourceNamed: (from, path) => namedSource(site, from, path),
    addressesIn,
    targetOf,
    linksIn,
    allLinks: () =>
      [...bySource.keys()].flatMap(source => {
        const file = read(source)
        return file ? linksIn(file) : []
      }),
    read,
    headings: file => texts.headings(file, config.markdown),
  }
}

/** What texts have in them, read once for each. */
export interface ReadTexts {
  addresses(file: SourceFile, extend: ExtendMarkdown | undefined): readonly WrittenAddress[]
  headings(file: SourceFile, extend: ExtendMarkdown | undefined): readonly WrittenHeading[]
}

export function createReadTexts(): ReadTexts {
  return { addresses: once(writtenAddresses), headings: once(writtenHeadings) }
}

type Read<T> = (file: SourceFile, extend: ExtendMarkdown | undefined) => readonly T[]

function once<T>(read: Read<T>): Read<T> {
  const known = new Map<
    string,
    { readonly text: string; readonly extend: unknown; readonly found: readonly T[] }
  >()
  return (file, extend) => {
    const before = known.get(file.path)
    if (before && before.text === file.text && before.extend === extend) return before.found
    const found = read(file, extend)
    known.set(file.path, { text: file.text, extend, found })
    return found
  }
}
