import { posix } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Config } from '../config/config.ts'
import { diagnostic, hasErrors } from '../core/diagnostic.ts'
import type { Diagnostic, Output, OutputFile, Result } from '../core/types.ts'
import { readSource } from '../core/source.ts'
import { createFingerprint } from './cache/fingerprints.ts'
import { createArchives } from './pages/archives.ts'
import { createAssets } from './pages/assets.ts'
import { collect, linkNeighbours, linkTranslations, newestFirst } from './pages/collections.ts'
import { digest } from '../core/hash.ts'
import { feedsOf } from './feeds/feed.ts'
import { createLayouts } from './render/layouts.ts'
import type { CopiedFile, Sources } from '../document/find-sources.ts'
import { isReworded, readPage, withHost, type ParsedPage } from './pages/read-page.ts'
import { createDependencyTracker } from './cache/dependencies.ts'
import { collectLinks, type LinkFindings } from './links/collect-links.ts'
import { createMarkdown } from './render/render-markdown.ts'
import { createParsedPages, type ParsedPages, type ReadPage, type Reread } from './cache/parsed-pages.ts'
import { isUpToDate, renderFile, type FileDependencies, type RenderedFile } from './cache/render-file.ts'
import { NO_HOST, isListed, redirectPage, type SitePage } from './pages/site-page.ts'
import { planFiles, type KeysOutput } from './output/plan.ts'
import { createBodies, isTemplated } from './render/render-page.ts'
import type { Bodies, Site } from './render/template-context.ts'
import { address, claimPaths } from './pages/addresses.ts'
import { createStopwatch, type Times } from './timings.ts'
import { checkLinks } from './links/check-links.ts'

/** What the build knows and the site's sources do not. */
export interface SiteOptions {
  /** The ISO day after which a dated page is not published yet. */
  readonly today: string
  typeset(text: string, lang: string): string
  /** Whether links that lead out of the site are to be listed. */
  readonly externalLinks?: boolean
  /** A page as it is to be rendered; front matter stays. */
  setPage?: Site['setPage']
  readonly supplement?: KeysOutput | undefined
  /** What is known of the sources from before. Without it, every one is read. */
  readonly parsed?: ParsedPages
  /** The state that a source is in, by its path relative to the root; only notes need it. */
  stateOf?(source: string): string
}

export interface PreparedSite {
  readonly output: Output
  /** Of bodies, by their source, and of layouts, with all that they include. */
  readonly times: Times
  /** Pages that are held back: drafts, and pages of days to come. */
  readonly unpublished: number
  /** The page that is at a path of the output, if it is one. */
  pageAt(path: string): SitePage | undefined
  /** Renders a file and notes what it depends on. */
  render(file: OutputFile): RenderedFile
  /** A digest of every path, and of which of them send a reader on. */
  readonly places: string
  /** Whether a file would be rendered now as it was when the note was taken, by a build that knew these places. */
  isUpToDate(path: string, note: FileDependencies, places: string): boolean
  /** What was found of links in the files that were rendered so far. */
  linkFindings(): LinkFindings
  /**
   * These sources, relative to the root, hold something else now, and no file has come or gone. False when the site has to be
   * prepared anew, since lists or addresses may be other than they were: this press is then good for nothing.
   */
  renew(changed: readonly string[]): boolean
  /** Begins anew with links, as though nothing had been rendered, and gives what there was to whoever wants to know. */
  resetLinks(): () => LinkFindings
  /** What is wrong with links, from the findings of all who rendered. */
  checkLinks(findings: LinkFindings): readonly Diagnostic[]
}

/** From the sources to an output whose files render themselves when they are asked for. */
export function prepareSite(config: Config, all: Sources, options: SiteOptions): Result<PreparedSite> {
  let site: Site
  const { supplement } = options
  const sources = withoutOriginals(all, supplement)
  const bodies = createBodies(createMarkdown(config.markdown), () => site)
  const { drafts, unpublished, diagnostics } = readPages(config, sources.pages, options, bodies)
  const redirects = drafts.flatMap(({ page, aliases }) => aliases.map(alias => redirectPage(alias, page)))
  const pages = [...drafts.map(({ page }) => page), ...redirects]
  const supplied = [...(supplement?.files.keys() ?? [])].map(path => ({ path, source: supplement!.source }))
  const { collisions, isFree } = claimPaths([...pages, ...sources.files, ...supplied])
  diagnostics.push(...refuseNames(sources.files), ...collisions, ...linkTranslations(drafts, config.root))
  if (hasErrors(diagnostics)) return { diagnostics }

  const listed = newestFirst(pages.filter(isListed))
  linkNeighbours(listed)
  const collections = collect(listed)
  const paths = new Map<string, SitePage | undefined>()
  const links = collectLinks({
    origin: config.site.url,
    has: path => paths.has(path),
    isRedirect: path => paths.get(path)?.redirectTarget !== undefined,
    elsewhere: config.build.elsewhere,
    external: options.externalLinks === true,
  })
  const archives = createArchives(collections, config)
  site = {
    config,
    pages: listed,
    collections,
    archives,
    feeds: config.build.extras ? feedsOf(listed, config.site) : [],
    assets: createAssets(config.root, sources.files),
    layouts: createLayouts(config, supplement?.partials),
    bodies,
    links,
    dependencies: createDependencyTracker(),
    stopwatch: createStopwatch(),
    addresses: addressesOf(drafts, sources, config),
    keys: supplement?.keys,
    emptyBodies: supplement?.bodies ?? {},
    typeset: options.typeset,
    setPage: options.setPage ?? (file => ({ file })),
  }
  const output = planFiles(site, pages, sources.files, { supplement, isFree })
  for (const path of output.keys()) paths.set(path, undefined)
  for (const page of [...archives.pages, ...pages]) paths.set(page.path, page)
  const metadata = new Map(drafts.map(draft => [draft.page.source, draft.metadata]))
  const answers = createFingerprint({ site, pages: paths, stateOf: options.stateOf ?? (() => ''), metadata })
  let places: string | undefined
  const digestPlaces = () =>
    (places ??= digest(
      [...paths].map(([path, page]) => (page?.redirectTarget === undefined ? path : `>${path}`)),
    ))
  const prepared = {
    output,
    times: site.stopwatch.times,
    unpublished,
    pageAt: (path: string) => paths.get(path),
    render: (file: OutputFile) => renderFile(site, answers, file, paths.get(file.path)),
    get places() {
      return digestPlaces()
    },
    isUpToDate: (path: string, note: FileDependencies, known: string) =>
      isUpToDate(site, answers, paths.get(path), note, known === digestPlaces()),
    linkFindings: links.findings,
    resetLinks: links.reset,
    renew(changed: readonly string[]) {
      const isCopied = new Set(sources.files.map(({ source }) => source))
      // Of copied files, bodies know the sizes of images.
      const isPictured = changed.some(path => isCopied.has(path) && !path.endsWith('.css'))
      const isChanged = new Set(changed)
      bodies.forget(
        page =>
          isPictured ||
          isChanged.has(page.source) ||
          isTemplated(page) ||
          supplement?.bodies[page.source] !== undefined,
      )
      site.layouts.forget()
      site.assets.forget()
      const { today, parsed: memory = createParsedPages() } = options
      const isPage = new Set(sources.pages)
      return changed
        .map(path => posix.relative(config.dirs.pages, path))
        .filter(path => isPage.has(path))
        .every(path =>
          resume(
            memory.reread(path, () => readPageAt(config, path, today, bodies)),
            paths,
          ),
        )
    },
    checkLinks: (found: LinkFindings) => checkLinks(found, { site, paths }),
  }
  return { value: prepared, diagnostics }
}

/** Goes on with a page that was read again; false when other pages have to be prepared for what it says now. */
function resume({ before, after }: Reread, pages: ReadonlyMap<string, SitePage | undefined>): boolean {
  if (after.diagnostics.length > 0) return false
  if (isDeepStrictEqual(before, after)) return true
  const [old, fresh] = [before?.value, after.value]
  if (before?.diagnostics.length !== 0 || typeof old !== 'object' || typeof fresh !== 'object') return false
  if (!isReworded(old, fresh)) return false
  pages.get(fresh.page.path)?.rewrite(fresh.page)
  return true
}

function readPages(
  config: Config,
  paths: readonly string[],
  { today, parsed: memory }: SiteOptions,
  bodies: Bodies,
) {
  const drafts: ParsedPage[] = []
  const diagnostics: Diagnostic[] = []
  let unpublished = 0
  for (const path of paths) {
    const read = () => readPageAt(config, path, today, bodies)
    const { value: draft, diagnostics: found } = memory ? memory.get(path, read) : read()
    diagnostics.push(...found)
    if (draft === 'unpublished') unpublished++
    else if (draft) drafts.push(memory ? withHost(draft, bodies) : draft)
  }
  return { drafts, unpublished, diagnostics }
}

/** Reads a page by its path in the pages folder. */
export function readPageAt(config: Config, path: string, today: string, host = NO_HOST): Result<ReadPage> {
  const { value: file, diagnostics } = readSource(config.root, `${config.dirs.pages}/${path}`)
  return file ? readPage(file, path, { config, today }, host) : { diagnostics }
}

const withoutOriginals = (sources: Sources, supplement: KeysOutput | undefined): Sources =>
  supplement
    ? { ...sources, files: sources.files.filter(({ source }) => !supplement.originals.includes(source)) }
    : sources

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

function addressesOf(
  drafts: readonly ParsedPage[],
  { files }: Sources,
  { dirs }: Config,
): ReadonlyMap<string, string> {
  const addresses = new Map(drafts.map(({ page }) => [page.source, page.url]))
  for (const { path, source } of files) {
    if (source.startsWith(`${dirs.pages}/`))
      addresses.set(source, encodeURI(`/${path}`).replace(/[?#]/g, encodeURIComponent))
  }
  return addresses
}
