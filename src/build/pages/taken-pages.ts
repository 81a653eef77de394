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

/** The pages of an arrangement for as long as they are the same, and a copy of each other one. */
export function retakePages(
  admitted: readonly AdmittedPage[],
  {
    taken: before,
    bySource,
  }: { readonly taken: readonly TakenPage[]; readonly bySource: ReadonlyMap<string, TakenPage> },
): TakenChange {
  const come: TakenPage[] = []
  const replaced: TakenPage[] = []
  // Nearly all stand behind the one that they stood behind: to look there takes a fifth of looking each up.
  let next = 0
  const taken = admitted.map(each => {
    const here = before[next]
    if (here?.read === each.read) {
      next++
      return here
    }
    const known = bySource.get(each.parsed.page.source)
    if (known && known !== here) next = Math.max(next, before.indexOf(known, next))
    if (known) next++
    if (known?.read === each.read) return known
    if (known) replaced.push(known)
    const fresh = takePage(each)
    come.push(fresh)
    return fresh
  })
  if (taken.length - come.length + replaced.length === before.length) return { taken, come, gone: replaced }
  const isThere = new Set(taken)
  return { taken, come, gone: before.filter(each => !isThere.has(each)) }
}

/** The pages and what leads to them: each wants a place in the output. */
export const placesOf = (taken: readonly TakenPage[]): readonly SitePage[] =>
  taken.flatMap(({ page, redirects }) => [page, ...redirects])

/** What leads to any of these. */
export const redirectsTo = (taken: readonly TakenPage[]): readonly SitePage[] =>
  taken.filter(({ redirects }) => redirects.length > 0).flatMap(({ redirects }) => redirects)
