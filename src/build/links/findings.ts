import type { Diagnostic } from '../../core/types.ts'
import type { Violation } from '../policy/violations.ts'

/** A link whose target cannot be checked from its page alone. */
export interface UnresolvedLink {
  readonly path: string
  readonly fragment: string
  /** Whether the page's own body has it, and not only its layout. */
  readonly own: boolean
}

/** The same, with the page that has it. */
export interface LocatedLink extends UnresolvedLink {
  /** The source of the page or stylesheet, relative to the root. */
  readonly source: string
  /** The page's address. */
  readonly from: string
  /** Its span in the source, when that is known already. */
  readonly offset?: number
  readonly length?: number
}

/** What was found while pages were rendered. All of it can be cloned into another thread. */
export interface LinkFindings {
  readonly unresolved: readonly LocatedLink[]
  /** Output path -> ids with `\0` between, of every page that was rendered. */
  readonly ids: readonly (readonly [path: string, ids: string])[]
  readonly external: readonly (readonly [url: string, source: string, from: string])[]
  /** What the policy of the site forbids. */
  readonly violations: readonly LocatedViolation[]
}

/** What was collected of some pages. */
export interface TakenLinks {
  /** All of it; the last page is read now. */
  findings(): LinkFindings
  /** The last page, of which nothing is known before that. */
  readonly last: { readonly url: string; readonly html: string } | undefined
  /** Of the pages before the last. */
  readonly before: LinkFindings
}

/** With the page or the stylesheet that has it. */
export interface LocatedViolation extends Violation {
  /** Where it is written, in a stylesheet. */
  readonly offset?: number
  /** Its source, relative to the root. */
  readonly page: string
}

export const mergeFindings = (all: readonly LinkFindings[]): LinkFindings => ({
  unresolved: all.flatMap(({ unresolved }) => unresolved),
  ids: all.flatMap(({ ids }) => ids),
  external: all.flatMap(({ external }) => external),
  violations: all.flatMap(({ violations }) => violations),
})

/** Where something stands in a source: what a diagnostic needs to point at it. */
export type At = Pick<Diagnostic, 'file' | 'span'>
