import { append } from '../../core/lists/long-lists.ts'
import type { Config } from '../../config/config.ts'
import { diagnostic, hasErrors } from '../../core/diagnostic.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import type { CopiedFile, Sources } from '../../document/find-sources.ts'
import type { ParsedPages } from '../cache/parsed-pages.ts'
import { address } from '../pages/addresses.ts'
import { feedsPages } from '../feeds/feeds-page.ts'
import { createArchives } from '../pages/archives.ts'
import type { Arrangement } from '../pages/arrangement.ts'
import type { PageChange } from '../pages/collections.ts'
import {
  claimFiles,
  findChange,
  takeStep,
  type ArrangementBasis,
  type ArrangementStep,
} from '../pages/changed-pages.ts'
import { foldedForms, mayBeAlike, pathsAlike, tagsAlike } from '../pages/letter-case.ts'
import type { PathClaim } from '../pages/path-claims.ts'
import { isHeldBack, type HeldBack } from '../pages/publication.ts'
import { findTranslations, linkTranslations, listPages, relistPages } from '../pages/relations.ts'
import { SitePage } from '../pages/site-page.ts'
import { addressesOf, otherAddresses } from '../pages/source-addresses.ts'
import { placesOf, redirectsTo, takePages, type AdmittedPage } from '../pages/taken-pages.ts'
import { pageReader } from './read-pages.ts'
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
  /**
   * The arrangement of the same site, of other sources: where it is sure what a few changed pages make other in it, only that is made
   * anew. It is good for nothing then, but where nothing comes of this one.
   */
  readonly before?: Arrangement | undefined
}

/** Makes a site of the pages: their order, neighbours, translations and archives, and who is where. */
export function arrangePages(input: ArrangeInput): Result<{ readonly arrangement: Arrangement }> {
  const { config, keys, planet } = input
  const { published, heldBack, diagnostics } = readAll(input)
  const siteFiles = filesOfSite(input)
  const made = { config, keys, siteFiles }
  const step = input.before && findChange(input.before.basis, { published, ...made })
  const taken = step?.taken ?? takePages(published)
  const own = taken.map(({ page }) => page)
  const redirects = redirectsTo(taken)
  const claimed = step?.basis ?? claimFiles([...own, ...redirects], made)
  const { claims, files, others } = claimed
  const paths = pathsOf([...own, ...redirects, ...others], step)
  append(diagnostics, refuseNames(siteFiles), claims.collisions, paths.alike)
  const { translated, diagnostics: untranslated } = findTranslations(taken, config.root)
  const { words, diagnostics: wrongWords } = readWords(config)
  append(diagnostics, untranslated, wrongWords)
  if (hasErrors(diagnostics)) return step ? arrangePages({ ...input, before: undefined }) : { diagnostics }

  const laidOut = own.filter(({ layout }) => layout !== 'none').map(({ lang }) => lang)
  append(diagnostics, missingWords(words, config, [...laidOut, ...(config.theme?.languages ?? [])]))
  if (step) takeStep(step)
  const lists = step ? relistPages(step.basis.lists, pagesOf(step), config.site) : listPages(own, config.site)
  linkTranslations(translated, step?.basis.translated)
  const { listed, collections } = lists
  append(diagnostics, tagsAlike(collections.tags, config.root))
  const archives = createArchives(collections, config, words)
  const bySource = step?.basis.bySource ?? new Map(taken.map(each => [each.page.source, each]))
  const addresses = step?.basis.addresses ?? otherAddresses(own, files, config)
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
    addresses: addressesOf(own, source => bySource.get(source)?.page.url, addresses),
    metadata: { get: source => bySource.get(source)?.metadata },
    heldBack,
    isFree: claims.isFree,
    pageAt(path) {
      const claim = claims.at(path)
      return claim instanceof SitePage ? claim : undefined
    },
    basis: { ...made, ...claimed, ...paths, taken, bySource, lists, translated, addresses },
  }
  return { value: { arrangement }, diagnostics }
}

/** Which paths differ in case alone; where none did, only what has come is looked at. */
function pathsOf(
  all: readonly PathClaim[],
  step: ArrangementStep | undefined,
): Pick<ArrangementBasis, 'foldedForms' | 'alike'> {
  const before = step?.basis
  const isPlain = (page: SitePage) => before && !mayBeAlike(page.path, before.foldedForms)
  if (before?.alike.length === 0 && placesOf(step!.come).every(isPlain))
    return { foldedForms: before.foldedForms, alike: before.alike }
  const forms = foldedForms(all)
  return { foldedForms: forms, alike: pathsAlike(all, forms) }
}

const pagesOf = ({ gone, come }: ArrangementStep): PageChange => ({
  gone: gone.map(({ page }) => page),
  come: come.map(({ page }) => page),
})

/** What was read of each page, in the order of the pages. */
function readAll(input: ArrangeInput) {
  const { sources, parsed } = input
  const reader = pageReader(input)
  const published: AdmittedPage[] = []
  const diagnostics: Diagnostic[] = [...reader.diagnostics]
  const heldBack: HeldBack[] = []
  for (const path of sources.pages) {
    const read = parsed.get(path, () => reader.read(path))
    append(diagnostics, read.diagnostics)
    const { value: page } = read
    if (!page) continue
    if (isHeldBack(page)) heldBack.push(page)
    else published.push({ read, parsed: page })
  }
  return { published, heldBack, diagnostics }
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
