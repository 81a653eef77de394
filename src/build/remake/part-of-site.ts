import type { Config } from '../../config/config.ts'
import { once } from '../cache/columns.ts'
import type { OutputFile } from '../../core/types.ts'
import type { Sources } from '../../document/find-sources.ts'
import type { PlanetList } from '../../planet/list.ts'
import { readWords } from '../../theme/words.ts'
import { createDependencyTracker } from '../cache/dependencies.ts'
import { createFingerprint } from '../cache/fingerprints.ts'
import { collectLinks } from '../links/collect-links.ts'
import { fileOf } from '../output/plan.ts'
import { refuseSecrets } from '../output/refuse-secrets.ts'
import { createAssets } from '../pages/assets.ts'
import type { ParsedPage } from '../pages/read-page.ts'
import { redirectPage, SitePage } from '../pages/site-page.ts'
import { otherAddresses } from '../pages/source-addresses.ts'
import { checkPolicy } from '../policy/violations.ts'
import { sitePolicy } from '../policy/policy.ts'
import type { PreparedSite, SitePaths } from '../prepare-site.ts'
import type { PublishedKeys } from '../published-keys.ts'
import { createBodies } from '../render/bodies.ts'
import { createLayouts } from '../render/layouts.ts'
import type { TextSetter } from '../render/typography.ts'
import type { Site } from '../site.ts'
import { filesOfSite } from '../steps/arrange-pages.ts'
import { UNTIMED } from '../timings.ts'

/** A site of which a few pages are known, and of all others only where they are. */
export interface PartOfSite {
  /** Its output has the files of these pages alone. */
  readonly prepared: PreparedSite
  /** The same for who checks links: of the page that one leads to, he asks only whether it sends a reader on. */
  readonly linked: PreparedSite
  /** False as soon as something was asked for that is made of all pages: what was made since is good for nothing. */
  isEnough(): boolean
}

/** Thrown at whoever asks a part of a site for the whole. */
export class WholeSiteWanted extends Error {}

interface PartInput {
  readonly config: Config
  readonly sources: Sources
  readonly keys: PublishedKeys | undefined
  readonly planet: PlanetList | undefined
  readonly typography: TextSetter
  /** Those that are known. None of them lists others. */
  readonly pages: readonly ParsedPage[]
  /** Of all other pages: by source, relative to the root; undefined where it is not known. */
  addressOf(source: string): string | undefined
  /** Whether the site has a file at a path of the output. */
  has(path: string): boolean
  /** Whether the page at this path only sends a reader on. */
  isRedirect(path: string): boolean
  /** `BuildEnd.hasPolicy` */
  readonly hasPolicy: boolean
  /** The state that a source is in, by its path relative to the root. */
  stateOf(source: string): string
}

export function preparePart(input: PartInput): PartOfSite {
  const { config, keys, has, isRedirect, stateOf, typography } = input
  let isEnough = true
  const whole = (): never => {
    isEnough = false
    throw new WholeSiteWanted()
  }
  const pages = input.pages.flatMap(({ page, aliases }) => [
    page,
    ...aliases.map(alias => redirectPage(alias, page)),
  ])
  const byPath = new Map(pages.map(page => [page.path, page]))
  const paths: SitePaths = {
    has,
    get: path => byPath.get(path) ?? whole(),
    keys: whole,
    values: whole,
    [Symbol.iterator]: whole,
  }
  const files = once(() => filesOfSite(input))
  const fileAddresses = once(() => otherAddresses([], files(), config))
  const addressOf = (source: string): string =>
    fileAddresses().get(source) ?? input.addressOf(source) ?? whole()
  const words = once(() => readWords(config).words)
  // Which of the theme’s files there are goes by those of the site.
  const assets = once(() => (config.theme ? whole() : createAssets(config.root, files())))
  const policy = input.hasPolicy ? sitePolicy(config) : undefined
  const site: Site = {
    config,
    layouts: createLayouts(config, keys?.partials),
    links: collectLinks({
      origin: config.site.url,
      has,
      isRedirect,
      elsewhere: config.build.elsewhere,
      external: false,
      policy: checkPolicy(policy, config.site.url),
    }),
    policy,
    policyState: { isBroken: false },
    dependencies: createDependencyTracker(),
    stopwatch: UNTIMED,
    addresses: { get: addressOf, has: source => addressOf(source) !== '', keys: whole },
    pictures: undefined,
    emptyBodies: keys?.bodies ?? {},
    typography,
    pageAt: whole,
    get assets() {
      return assets()
    },
    get words() {
      return words()
    },
    get keys() {
      return keys ? whole() : undefined
    },
    get planet() {
      return input.planet ? whole() : undefined
    },
    get pages() {
      return whole()
    },
    get collections() {
      return whole()
    },
    get archives() {
      return whole()
    },
    get feeds() {
      return whole()
    },
    get listFeeds() {
      return whole()
    },
  }
  const bodies = createBodies(site)
  for (const { page } of input.pages) SitePage.attach(page, { get: bodies.get, neighboursRead: whole })
  const refuse = refuseSecrets(config)
  const output = new Map<string, OutputFile>()
  for (const page of pages) output.set(page.path, refuse(fileOf(page, { site, bodies })))
  const metadata = new Map(input.pages.map(each => [each.page.source, each.metadata]))
  const fingerprint = createFingerprint({ site, pages: paths, stateOf, metadata })
  const prepared = { site, bodies, output, paths, fingerprint }
  const linked: SitePaths = { ...paths, get: path => (isRedirect(path) ? whole() : byPath.get(path)) }
  return { prepared, linked: { ...prepared, paths: linked }, isEnough: () => isEnough }
}
