import type { Config } from '../../config/config.ts'
import type { Diagnostic } from '../../core/types.ts'
import type { CopiedFile } from '../../document/find-sources.ts'
import { STYLES, themeAssets } from '../../theme/assets.ts'
import { SETTINGS } from '../../theme/settings-css.ts'
import type { PublishedKeys } from '../published-keys.ts'
import { claimPaths, type PathClaim, type PathClaims } from './path-claims.ts'
import type { PageLists, Translated } from './relations.ts'
import type { SitePage } from './site-page.ts'
import { isUsual } from './source-addresses.ts'
import { placesOf, retakePages, type AdmittedPage, type TakenChange, type TakenPage } from './taken-pages.ts'

/** Of what an arrangement is made, beside its pages. */
interface ArrangedFiles {
  readonly config: Config
  readonly keys: PublishedKeys | undefined
  /** Those of the site that are copied. */
  readonly siteFiles: readonly CopiedFile[]
}

/** Who is where in the output. */
export interface ClaimedFiles {
  readonly claims: PathClaims
  /** All that are copied: of the site, and of the theme. */
  readonly files: readonly CopiedFile[]
  /** What is no page and has a place. */
  readonly others: readonly PathClaim[]
  /** Where files of the theme are, and where they would be if nothing of the site were. */
  readonly themePaths: readonly string[]
}

/** What an arrangement leaves for the next one, which changes it. */
export interface ArrangementBasis extends ArrangedFiles, ClaimedFiles {
  readonly taken: readonly TakenPage[]
  readonly bySource: Map<string, TakenPage>
  /** Of all paths, and maybe more. */
  readonly foldedForms: ReadonlySet<string>
  /** Of paths that differ in case alone. */
  readonly alike: readonly Diagnostic[]
  readonly lists: PageLists
  readonly translated: Translated
  /** `otherAddresses` */
  readonly addresses: ReadonlyMap<string, string>
}

/** Gives each page and file its place; one of the theme where nothing of the site takes it. */
export function claimFiles(
  pages: readonly SitePage[],
  { siteFiles, config: { theme, site }, keys }: ArrangedFiles,
): ClaimedFiles {
  const { files: published = new Map<string, unknown>(), source = '' } = keys ?? {}
  const written = [...siteFiles, ...[...published.keys()].map(path => ({ path, source }))]
  const claims = claimPaths([...pages, ...written])
  const { isFree } = claims
  const assets = theme ? themeAssets(theme, site.url) : []
  // Settings apart are for a stylesheet of its own.
  const themed = assets.filter(({ path }) => isFree(path) && (path !== SETTINGS || !isFree(STYLES)))
  claims.replace([], themed)
  const others = [...written, ...themed]
  return {
    claims,
    files: [...siteFiles, ...themed],
    others,
    themePaths: assets.map(({ path }) => path),
  }
}

/** What makes an arrangement of the one before it. */
export interface ArrangementStep extends TakenChange {
  readonly basis: ArrangementBasis
}

/** More changed pages are arranged with all the others. */
const MOST_CHANGED = 100

/**
 * What has changed since an arrangement. Undefined where more may be other than the pages that have changed and what is told of them
 * alone: their places in lists, their neighbours, who translates them.
 */
export function findChange(
  basis: ArrangementBasis,
  { published, siteFiles, config, keys }: ArrangedFiles & { readonly published: readonly AdmittedPage[] },
): ArrangementStep | undefined {
  if (config !== basis.config || keys !== basis.keys || !areSame(siteFiles, basis.siteFiles)) return undefined
  const change = retakePages(published, basis)
  const { gone, come } = change
  if (gone.length + come.length > MOST_CHANGED) return undefined
  const places = [placesOf(gone), placesOf(come)] as const
  const isSure =
    basis.claims.mayReplace(...places) &&
    [...gone, ...come].every(({ page: { source } }) => isUsual(source)) &&
    !places
      .flat()
      .some(({ path }) => basis.themePaths.some(other => isWithin(path, other) || isWithin(other, path)))
  return isSure ? { ...change, basis } : undefined
}

const areSame = (files: readonly CopiedFile[], others: readonly CopiedFile[]) =>
  files.length === others.length &&
  files.every(({ path, source }, at) => path === others[at]?.path && source === others[at].source)

const isWithin = (path: string, outer: string) => path === outer || path.startsWith(`${outer}/`)

/** Takes the places of those that have come from those that have gone. */
export function takeStep({ basis, gone, come }: ArrangementStep): void {
  basis.claims.replace(placesOf(gone), placesOf(come))
  for (const { page } of gone) basis.bySource.delete(page.source)
  for (const each of come) basis.bySource.set(each.page.source, each)
}
