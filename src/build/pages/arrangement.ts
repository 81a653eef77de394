import type { CopiedFile } from '../../document/find-sources.ts'
import type { Words } from '../../theme/words.ts'
import type { Archives } from './archives.ts'
import type { ArrangementBasis } from './changed-pages.ts'
import type { SiteCollections } from './collections.ts'
import type { HeldBack } from './publication.ts'
import type { SitePage } from './site-page.ts'
import type { SourceAddresses } from './source-addresses.ts'

/** The pages of a site and how they stand to one another, before anything is rendered. */
export interface Arrangement {
  /** Those that have a source. */
  readonly own: readonly SitePage[]
  /** Those that only send a reader on. */
  readonly redirects: readonly SitePage[]
  /** Those that lists and feeds have, newest first. */
  readonly listed: readonly SitePage[]
  readonly collections: SiteCollections
  readonly archives: Archives
  /** One, when the site has a planet. */
  readonly planetPages: readonly SitePage[]
  /** Files that are copied as they are. */
  readonly files: readonly CopiedFile[]
  /** Of the interface. */
  readonly words: Words
  /** Source, relative to the root -> address. */
  readonly addresses: SourceAddresses
  /** By source: `ParsedPage.metadata`. */
  readonly metadata: Pick<ReadonlyMap<string, string>, 'get'>
  /** Pages that are not published: drafts, and pages of days to come or past. */
  readonly heldBack: readonly HeldBack[]
  /** Whether the author has nothing at a path of the output. */
  isFree(path: string): boolean
  /** The page at a path of the output, if it has a source, or leads to one that has. */
  pageAt(path: string): SitePage | undefined
  readonly basis: ArrangementBasis
}
