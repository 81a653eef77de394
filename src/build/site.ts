import type { Config } from '../config/config.ts'
import type { DependencyTracker } from './cache/dependencies.ts'
import type { Feed, ListFeed } from './feeds/feed.ts'
import type { ShownKeys } from './keys.ts'
import type { LinkCollector } from './links/collect-links.ts'
import type { Archives } from './pages/archives.ts'
import type { Assets } from './pages/assets.ts'
import type { SiteCollections } from './pages/collections.ts'
import type { SitePage } from './pages/site-page.ts'
import type { SourceAddresses } from './pages/source-addresses.ts'
import type { PictureCopies } from './pictures/copies.ts'
import type { Policy } from './policy/policy.ts'
import type { SitePlanet } from './planet.ts'
import type { Layouts } from './render/layouts.ts'
import type { TextSetter } from './render/typography.ts'
import type { Words } from '../theme/words.ts'
import type { Stopwatch } from './timings.ts'

export interface PolicyState {
  /** Whether a page does what the policy forbids: then no policy is written. */
  isBroken: boolean
}

/** Everything that is known before the first page is rendered. */
export interface Site {
  readonly config: Config
  /** The pages that lists know of, newest first. */
  readonly pages: readonly SitePage[]
  readonly collections: SiteCollections
  readonly archives: Archives
  readonly feeds: readonly Feed[]
  /** Those of sections and tags, by the address of the list. */
  readonly listFeeds: ReadonlyMap<string, ListFeed>
  readonly assets: Assets
  readonly layouts: Layouts
  readonly links: LinkCollector
  /** What `_headers` is to say; undefined when the program makes none, or none is wanted. */
  readonly policy: Policy | undefined
  /** Told once every page is rendered. */
  readonly policyState: PolicyState
  /** Records what is used of the site while something is rendered. */
  readonly dependencies: DependencyTracker
  readonly stopwatch: Stopwatch
  /** Source, relative to the root -> address. */
  readonly addresses: SourceAddresses
  /** Undefined when there is none. */
  readonly planet: SitePlanet | undefined
  /** Undefined when none are wanted. */
  readonly pictures: PictureCopies | undefined
  /** The verified manifest, when there is one. */
  readonly keys: ShownKeys | undefined
  /** Templates that stand in for an empty body, by the page’s source. */
  readonly emptyBodies: Readonly<Record<string, string>>
  readonly typography: TextSetter
  /** Of the interface. */
  readonly words: Words
  /** The page at an address of the site, whoever made it. */
  pageAt(url: string): SitePage | undefined
}
