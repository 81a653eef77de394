import type { Result } from '../../core/types.ts'
import type { ReadPage } from '../cache/parsed-pages.ts'
import type { ParsedPage } from './read-page.ts'
import { redirectPage, SitePage } from './site-page.ts'

/** A page that was read, and is published. */
export interface AdmittedPage {
  readonly read: Result<ReadPage>
  readonly parsed: ParsedPage
}

/** A page in an arrangement. */
export interface TakenPage extends Pick<ParsedPage, 'page' | 'namesake' | 'metadata'> {
  /** What it was made of: another one is of another page. */
  readonly read: Result<ReadPage>
  /** Pages that lead to it. */
  readonly redirects: readonly SitePage[]
}

/** The pages of an arrangement, and what has come and gone since the one before it. */
export interface TakenChange {
  readonly taken: readonly TakenPage[]
  readonly gone: readonly TakenPage[]
  readonly come: readonly TakenPage[]
}

/** A copy of each page, which knows no neighbours and no translations yet. */
export const takePages = (published: readonly AdmittedPage[]): readonly TakenPage[] => published.map(takePage)

function takePage({ read, parsed: { page: known, aliases, namesake, metadata } }: AdmittedPage): TakenPage {
  const page = new SitePage(known)
  return { read, page, namesake, metadata, redirects: aliases.map(alias => redirectPage(alias, page)) }
}

/** The pages of the arrangement before, by source, for as long as they are the same, and a copy of each other one. */
export function retakePages(
  published: readonly AdmittedPage[],
  before: ReadonlyMap<string, TakenPage>,
): TakenChange {
  const come: TakenPage[] = []
  const taken = published.map(each => {
    const known = before.get(each.parsed.page.source)
    if (known?.read === each.read) return known
    const fresh = takePage(each)
    come.push(fresh)
    return fresh
  })
  if (come.length === 0 && taken.length === before.size) return { taken, come, gone: [] }
  const isThere = new Set(taken)
  return { taken, come, gone: [...before.values()].filter(each => !isThere.has(each)) }
}

/** The pages and what leads to them: each wants a place in the output. */
export const placesOf = (taken: readonly TakenPage[]): readonly SitePage[] =>
  taken.flatMap(({ page, redirects }) => [page, ...redirects])

/** What leads to any of these. */
export function redirectsTo(taken: readonly TakenPage[]): readonly SitePage[] {
  const found: SitePage[] = []
  for (const { redirects } of taken) if (redirects.length > 0) found.push(...redirects)
  return found
}
