import { append } from '../../core/lists/long-lists.ts'
import type { Config } from '../../config/config.ts'
import { diagnostic, hasErrors } from '../../core/diagnostic.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import type { CopiedFile, Sources } from '../../document/find-sources.ts'
import type { ParsedPages } from '../cache/parsed-pages.ts'
import { address, claimPaths, type PathClaims } from '../pages/addresses.ts'
import { feedsPages } from '../feeds/feeds-page.ts'
import { createArchives } from '../pages/archives.ts'
import type { Arrangement } from '../pages/arrangement.ts'
import { collect, fillLists, linkNeighbours, linkTranslations, newestFirst } from '../pages/collections.ts'
import { pathsAlike, tagsAlike } from '../pages/letter-case.ts'
import { isHeldBack, type HeldBack } from '../pages/publication.ts'
import { copyOf, type ParsedPage } from '../pages/read-page.ts'
import { isListed, redirectPage } from '../pages/site-page.ts'
import { pageReader } from './read-pages.ts'
import { STYLES, themeAssets } from '../../theme/assets.ts'
import { SETTINGS } from '../../theme/settings-css.ts'
import { missingWords, readWords } from '../../theme/words.ts'
import type { PlanetList } from '../../planet/list.ts'
import { isOfPlanet, planetPage } from '../planet.ts'
import type { SiteKeys } from './verify-keys.ts'

interface ArrangeInput extends SiteKeys {
  readonly config: Config
  /** Milliseconds since 1970: decides which pages are published. */
  readonly now: number
  readonly sources: Sources
  readonly planet?: PlanetList | undefined
  /** A page that is not among them is read now. */
  readonly parsed: ParsedPages
}

/** Makes a site of the pages: their order, neighbours, translations and archives, and who is where. */
export function arrangePages(input: ArrangeInput): Result<{ readonly arrangement: Arrangement }> {
  const { config, keys, planet } = input
  const { parsed, heldBack, diagnostics } = takePages(input)
  const { files: published = new Map<string, unknown>(), source = '' } = keys ?? {}
  const siteFiles = filesOfSite(input)
  const own = parsed.map(({ page }) => page)
  const redirects = parsed.flatMap(({ page, aliases }) => aliases.map(alias => redirectPage(alias, page)))
  const pages = [...own, ...redirects]
  const written = [...pages, ...siteFiles, ...[...published.keys()].map(path => ({ path, source }))]
  // A page or file of the site takes the place of one of the theme.
  const themed = config.theme ? themeFiles(config.theme, config.site, claimPaths(written)) : []
  const claims = [...written, ...themed]
  const { collisions, isFree } = claimPaths(claims)
  const files = [...siteFiles, ...themed]
  append(
    diagnostics,
    refuseNames(siteFiles),
    collisions,
    pathsAlike(claims),
    linkTranslations(parsed, config.root),
  )
  const { words, diagnostics: wrongWords } = readWords(config)
  append(diagnostics, wrongWords)
  if (hasErrors(diagnostics)) return { diagnostics }

  const laidOut = own.filter(({ layout }) => layout !== 'none').map(({ lang }) => lang)
  append(diagnostics, missingWords(words, config, [...laidOut, ...(config.theme?.languages ?? [])]))
  const listed = newestFirst(pages.filter(isListed), config.site.timeZone)
  linkNeighbours(listed)
  fillLists(own, listed)
  const collections = collect(listed, config.site.lang)
  append(diagnostics, tagsAlike(collections.tags, config.root))
  const archives = createArchives(collections, config, words)
  const arrangement: Arrangement = {
    own,
    redirects,
    listed,
    collections,
    archives: {
      ...archives,
      pages: config.build.extras
        ? [...archives.pages, ...feedsPages(listed, config.site, words)]
        : archives.pages,
    },
    planetPages: planet && config.build.extras ? [planetPage(planet, config)] : [],
    files,
    words,
    addresses: addressesOf(parsed, files, config),
    metadata: new Map(parsed.map(({ page, metadata }) => [page.source, metadata])),
    heldBack,
    isFree,
  }
  return { value: { arrangement }, diagnostics }
}

/** Those of the sources that are copied: of keys and planet something else is published. */
export const filesOfSite = ({
  sources,
  keys,
  planet,
}: Pick<ArrangeInput, 'sources' | 'keys' | 'planet'>): readonly CopiedFile[] =>
  sources.files.filter(
    file => !keys?.originals.includes(file.source) && !(planet && isOfPlanet(planet, file)),
  )

/** Those whose places nothing of the site takes; settings apart are for a stylesheet of its own. */
const themeFiles = (
  theme: NonNullable<Config['theme']>,
  { url }: Config['site'],
  { isFree }: PathClaims,
): readonly CopiedFile[] =>
  themeAssets(theme, url).filter(({ path }) => isFree(path) && (path !== SETTINGS || !isFree(STYLES)))

/** The pages as they were read, each a copy that knows no neighbours yet. */
function takePages(input: ArrangeInput) {
  const { sources, parsed } = input
  const reader = pageReader(input)
  const pages: ParsedPage[] = []
  const diagnostics: Diagnostic[] = [...reader.diagnostics]
  const heldBack: HeldBack[] = []
  for (const path of sources.pages) {
    const { value: page, diagnostics: found } = parsed.get(path, () => reader.read(path))
    append(diagnostics, found)
    if (!page) continue
    if (isHeldBack(page)) heldBack.push(page)
    else pages.push(copyOf(page))
  }
  return { parsed: pages, heldBack, diagnostics }
}

/** A copied file keeps its name, so the name must be one that an address can have. */
const refuseNames = (files: readonly CopiedFile[]): readonly Diagnostic[] =>
  files.flatMap(({ path, source }) => {
    const place = address(path.split('/'))
    if (typeof place !== 'string') return []
    const hint = 'give the file another name'
    return [
      diagnostic('route/address', `This file can have no address: ${place}`, {
        hint,
        file: { path: source, text: '' },
      }),
    ]
  })

/** By source, relative to the root. */
export function addressesOf(
  parsed: readonly ParsedPage[],
  files: readonly CopiedFile[],
  { dirs }: Config,
): ReadonlyMap<string, string> {
  const addresses = new Map(parsed.map(({ page }) => [page.source, page.url]))
  for (const { path, source } of files) {
    if (source.startsWith(`${dirs.pages}/`))
      addresses.set(source, encodeURI(`/${path}`).replace(/[?#]/g, encodeURIComponent))
  }
  // A link may be written in another Unicode form than its file’s name.
  for (const [source, url] of addresses) {
    const usual = source.normalize('NFC')
    if (usual !== source) addresses.set(usual, url)
  }
  return addresses
}
