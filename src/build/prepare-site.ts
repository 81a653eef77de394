import type { Config } from '../config/config.ts'
import { digest } from '../core/hash.ts'
import { LazyMap } from '../core/lists/lazy-map.ts'
import type { Output } from '../core/types.ts'
import { HEADERS } from './feeds/well-known.ts'
import { sitePolicy } from './policy/policy.ts'
import { checkPolicy } from './policy/violations.ts'
import { createDependencyTracker } from './cache/dependencies.ts'
import { createFingerprint, type Fingerprint } from './cache/fingerprints.ts'
import { feedIcon, feedsOf, listFeedsOf } from './feeds/feed.ts'
import type { PublishedKeys } from './published-keys.ts'
import type { ShownKeys } from './keys.ts'
import { collectLinks } from './links/collect-links.ts'
import { planOutput } from './output/plan.ts'
import type { SitePlanet } from './planet.ts'
import type { Arrangement } from './pages/arrangement.ts'
import { createPictureCopies } from './pictures/copies.ts'
import { writtenAddress } from './pages/addresses.ts'
import { createAssets } from './pages/assets.ts'
import { SitePage } from './pages/site-page.ts'
import { createBodies, type Bodies } from './render/bodies.ts'
import { createLayouts } from './render/layouts.ts'
import type { TextSetter } from './render/typography.ts'
import type { Site } from './site.ts'
import { createStopwatch, UNTIMED } from './timings.ts'

/** Every path of the output, and the page that is there, if it is one. */
export type SitePaths = Pick<
  ReadonlyMap<string, SitePage | undefined>,
  'has' | 'get' | 'keys' | 'values' | typeof Symbol.iterator
>

/** A site whose files render themselves when they are asked for, in one thread. */
export interface PreparedSite {
  /** What templates and pages are rendered with. */
  readonly site: Site
  readonly bodies: Bodies
  readonly output: Output
  readonly paths: SitePaths
  /** Of dependencies, as they are now. */
  readonly fingerprint: Fingerprint
}

export interface SiteInput {
  readonly config: Config
  readonly arrangement: Arrangement
  readonly keys: PublishedKeys | undefined
  /** The same, as pages show it. */
  readonly shownKeys?: ShownKeys | undefined
  readonly planet?: SitePlanet | undefined
  readonly typography: TextSetter
  /** Whether copies of pictures that an earlier build made may be taken. */
  readonly isCached?: boolean
  /** Whether links that lead out of the site are to be listed. */
  readonly externalLinks?: boolean
  /** Whether it is measured how long each page and layout takes. */
  readonly profile?: boolean
  /** The state that a source is in, by its path relative to the root; only fingerprints need it. */
  stateOf?(source: string): string
}

export function prepareSite(input: SiteInput): PreparedSite {
  const {
    config,
    arrangement,
    keys,
    planet,
    typography,
    externalLinks = false,
    isCached = true,
    stateOf = () => '',
  } = input
  const { own, listed, collections, archives, planetPages, files, addresses, metadata, words } = arrangement
  /** Pages without a source, those of whose places others have taken too. */
  const made = new Map([...archives.pages, ...planetPages].map(page => [page.path, page]))
  const assets = createAssets(config.root, files)
  const icon = feedIcon(config.site, assets.addresses)
  const feeds = config.build.extras ? feedsOf(listed, config.site, icon) : []
  const policy = config.build.extras && arrangement.isFree(HEADERS) ? sitePolicy(config) : undefined
  const dependencies = createDependencyTracker()
  const paths: SitePaths = new LazyMap({
    *keys() {
      yield* output.keys()
      for (const path of made.keys()) if (!output.has(path)) yield path
    },
    has: path => output.has(path) || made.has(path),
    get: path => arrangement.pageAt(path) ?? made.get(path),
  })
  const site: Site = {
    config,
    pages: listed,
    collections,
    archives,
    feeds,
    listFeeds: listFeedsOf(archives, feeds, { site: config.site, pageAt: arrangement.pageAt, icon }),
    assets,
    layouts: createLayouts(config, keys?.partials),
    links: collectLinks({
      origin: config.site.url,
      has: path => paths.has(path),
      isRedirect: path => paths.get(path)?.redirectTarget !== undefined,
      elsewhere: config.build.elsewhere,
      external: externalLinks,
      policy: checkPolicy(policy, config.site.url),
    }),
    policy,
    policyState: { isBroken: false },
    dependencies,
    stopwatch: input.profile ? createStopwatch() : UNTIMED,
    addresses,
    planet,
    pictures: createPictureCopies({ config, files, isFree: arrangement.isFree, dependencies, isCached }),
    keys: input.shownKeys,
    emptyBodies: keys?.bodies ?? {},
    typography,
    words,
    pageAt(url) {
      const place = writtenAddress(url)
      return typeof place === 'string' ? undefined : paths.get(place.path)
    },
  }
  const bodies = createBodies(site, new Set(feeds.flatMap(({ pages }) => pages)))
  for (const page of own) SitePage.attach(page, bodies)
  const output = planOutput(site, bodies, arrangement, keys)
  const fingerprint = createFingerprint({ site, pages: paths, stateOf, metadata })
  return { site, bodies, output, paths, fingerprint }
}

/** Stands for what links may lead to: every path, and which of them only send a reader on. */
export const digestPaths = ({ paths }: Pick<PreparedSite, 'paths'>): string =>
  digest([...paths].map(([path, page]) => (page?.redirectTarget === undefined ? path : `>${path}`)))
