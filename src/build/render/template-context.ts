import type { Config } from '../../config/config.ts'
import { diagnostic, suggestion } from '../../core/diagnostic.ts'
import type { SourceFile } from '../../core/types.ts'
import type { SetPage } from '../../document/markdown.ts'
import type { Archives, ArchiveName } from '../pages/archives.ts'
import type { Assets } from '../pages/assets.ts'
import type { SiteCollections } from '../pages/collections.ts'
import { formatDate, type DateStyle } from '../../core/dates.ts'
import type { Feed } from '../feeds/feed.ts'
import type { DependencyTracker } from '../cache/dependencies.ts'
import type { Layouts } from './layouts.ts'
import type { LinkCollector } from '../links/collect-links.ts'
import { metadata } from './metadata.ts'
import type { PageHost, SitePage } from '../pages/site-page.ts'
import { assetAddress } from '../pages/addresses.ts'
import { TemplateFailure } from './ejs.ts'
import type { Stopwatch } from '../timings.ts'

/** Everything that is known before the first page is rendered. */
export interface Site {
  readonly config: Config
  /** The pages that lists know of, newest first. */
  readonly pages: readonly SitePage[]
  readonly collections: SiteCollections
  readonly archives: Archives
  readonly feeds: readonly Feed[]
  readonly assets: Assets
  readonly layouts: Layouts
  readonly bodies: Bodies
  readonly links: LinkCollector
  /** Hears what is asked of the site while something is rendered. */
  readonly dependencies: DependencyTracker
  readonly stopwatch: Stopwatch
  /** Source, relative to the root -> address. */
  readonly addresses: ReadonlyMap<string, string>
  /** The verified manifest, when there is one. */
  readonly keys: unknown
  /** Templates that stand in for an empty body, by the page’s source. */
  readonly emptyBodies: Readonly<Record<string, string>>
  typeset(text: string, lang: string): string
  /** A page as it is to be rendered; `inPlace` when the text of its source is the text that the reader gets. */
  setPage(file: SourceFile, page: SitePage, how: { readonly inPlace: boolean }): SetPage
}

/** The bodies of pages, rendered when first asked for. */
export interface Bodies extends PageHost {
  /** The page is written: only another page could ask for its body now. */
  release(page: SitePage): void
  /** Sources have changed: these bodies are to be rendered again. */
  forget(isOutdated: (page: SitePage) => boolean): void
}

/** How deep partials may include one another: a tree may, a circle has no end. */
const DEEPEST_INCLUDE = 64

/** Everything a template sees. The README lists it; nothing else is to be had. */
export function templateContext(site: Site, page: SitePage, body: string): object {
  const path: string[] = []
  const { record } = site.dependencies
  const locals = {
    __proto__: null,
    site: site.config.site,
    page,
    body,
    get pages() {
      record('pages')
      return site.pages
    },
    get collections() {
      record('pages')
      return site.collections
    },
    get keys() {
      record('keys')
      return site.keys
    },
    archive(name: ArchiveName) {
      record(`archive ${JSON.stringify(name)}`)
      return site.archives.address(name)
    },
    metadata() {
      record('feeds')
      return metadata(site, page)
    },
    asset(name: string) {
      record(`asset ${name}`)
      return asset(site, name)
    },
    date: (value: string, style: DateStyle = 'long', lang: string = page.lang) =>
      formatDate(value, style, lang),
    typeset: (text: string, lang: string = page.lang) => site.typeset(text, lang),
    include(name: string, data: object = {}): string {
      if (path.length >= DEEPEST_INCLUDE) throw includeLoop([...path, name])
      path.push(name)
      try {
        record(`partial ${name}`)
        const all = Object.create(locals, Object.getOwnPropertyDescriptors(data)) as object
        return site.layouts.partial(name).run(all, page.source)
      } finally {
        path.pop()
      }
    },
  }
  return locals
}

const includeLoop = (names: readonly string[]) =>
  new TemplateFailure(
    diagnostic('template/loop', `Partials include one another without end: ${names.slice(-4).join(' → ')}`, {
      hint: 'one of them must stop: <% if (…) { %><%- include(…) %><% } %>',
    }),
  )

function asset(site: Site, name: string): string {
  const found = site.assets.hashed(assetAddress(name) ?? '')
  if (found !== undefined) return found
  const hint = `${suggestion(name.startsWith('/') ? name : `/${name}`, site.assets.addresses)}assets are the files below ${site.config.dirs.pages}/ that are not pages`
  throw new TemplateFailure(diagnostic('template/asset', `There is no asset “${name}”`, { hint }))
}
