import { beginning, normalizeDate } from '../../core/dates.ts'
import type { Fields } from '../../document/field-syntax.ts'

/** The instants between which nothing changes by itself about a page: from the first on, before the second. Milliseconds since 1970. */
export type Window = readonly [from: number, until: number]

/** A page that is not published. */
export interface HeldBack {
  /** Relative to the root. */
  readonly source: string
  /** As in “pages/a.md: a draft”. */
  readonly why: string
  readonly window: Window | undefined
}

export const isHeldBack = (page: object): page is HeldBack => 'why' in page

/** Whether what was read of a page is what reading it at that moment would give. */
export const isStillSo = ({ window }: { readonly window: Window | undefined }, now: number): boolean =>
  window === undefined || (window[0] <= now && now < window[1])

export interface PublicationTime {
  /** Why the page is not published; undefined when it is. */
  readonly why?: string
  readonly window: Window | undefined
}

/** Of every page, when drafts are shown. */
export const ALWAYS: PublicationTime = { window: undefined }

interface Moment {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly timeZone: string | undefined
}

/**
 * Whether a page is published at a moment. Times with an offset are instants; days, and times without one, are those of the site’s time
 * zone or, when it names none, have come as soon as they have anywhere on Earth.
 */
export function publicationOf(data: Fields, source: string, { now, timeZone }: Moment): PublicationTime {
  const why = whyNever(data, source)
  if (why !== undefined) return { why, window: undefined }
  const at = (name: string, otherwise: number) => {
    const written = data[name]
    return typeof written === 'string' ? beginning(normalizeDate(written), timeZone) : otherwise
  }
  const comes = Math.max(at('date', -Infinity), at('publishDate', -Infinity))
  const goes = at('expiryDate', Infinity)
  if (now >= goes) return { why: `past its expiryDate, ${String(data.expiryDate)}`, window: [goes, Infinity] }
  if (now < comes) {
    const name = at('publishDate', -Infinity) > now ? 'publishDate' : 'date'
    return {
      why: `its ${name}, ${String(data[name])}, is still to come`,
      window: [-Infinity, Math.min(comes, goes)],
    }
  }
  const isBounded = comes > -Infinity || goes < Infinity
  return { window: isBounded ? [comes, goes] : undefined }
}

function whyNever({ draft, published, hidden }: Fields, source: string): string | undefined {
  if (draft === true) return 'a draft'
  if (published === false) return 'published: false'
  if (hidden === true) return 'hidden: true'
  return source.split('/').slice(0, -1).includes('_drafts') ? 'in a folder _drafts/' : undefined
}
