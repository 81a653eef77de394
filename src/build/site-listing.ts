import type { Maker } from '../core/types.ts'
import type { SitePlan } from './build.ts'
import type { SitePage } from './pages/site-page.ts'

/** A file of the site, before it is made. */
export interface ListedFile {
  /** Its address, decoded: `/posts/2026/some_post/`. */
  readonly address: string
  readonly kind: Maker['kind']
  /** What it is made from, relative to the root; '' when the program makes it of many things. */
  readonly source: string
  /** What a person would not know by that. */
  readonly why: string
}

export interface SiteListing {
  /** In the order of their addresses. */
  readonly files: readonly ListedFile[]
  /** Pages that are not published. */
  readonly heldBack: readonly { readonly source: string; readonly why: string }[]
  /** `Sources.passedOver` */
  readonly passedOver: readonly string[]
}

export function describeSite({ sources, arrangement, prepared: { output, paths } }: SitePlan): SiteListing {
  const files = [...output.values()].map(({ path, maker: { kind, source = '' } }): ListedFile => ({
    address: `/${path.replace(/(^|\/)index\.html$/, '$1')}`,
    kind,
    source,
    why: whyThere(kind, paths.get(path)),
  }))
  return {
    files: files.toSorted((a, b) => (a.address < b.address ? -1 : 1)),
    heldBack: arrangement.heldBack.map(({ source, why }) => ({ source, why })),
    passedOver: sources.passedOver,
  }
}

function whyThere(kind: Maker['kind'], page: SitePage | undefined): string {
  if (kind === 'redirect') return `leads to ${page?.redirectTarget}`
  if (kind === 'archive')
    return page?.layout === 'tags'
      ? 'lists all tags'
      : page?.layout === 'feeds'
        ? 'lists the feeds'
        : `lists ${count(page?.posts)}`
  if (kind === 'page' && page?.unlisted === true) return 'unlisted'
  if (kind === 'picture') return 'a smaller copy'
  if (kind === 'keys') return 'for those who verify keys'
  return ''
}

const count = (posts: unknown) => {
  const { length } = Array.isArray(posts) ? posts : []
  return length === 1 ? 'one page' : `${length} pages`
}
