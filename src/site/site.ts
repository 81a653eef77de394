import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { diagnostic, hasErrors } from '../diagnostic.ts'
import type { Diagnostic, Output, OutputFile, Result, SourceFile } from '../model.ts'
import { readSource, unreadable } from '../source.ts'
import { createAssets } from './assets.ts'
import { collect, linkNeighbours, linkTranslations, newestFirst } from './collections.ts'
import { createLayouts } from './layout.ts'
import type { CopiedFile, Sources } from './load.ts'
import { createMarkdown } from './markdown.ts'
import { isListed, readPage, redirectPage, type Draft, type SitePage } from './page.ts'
import { createBodies, renderPage } from './render.ts'
import type { Bodies, Site } from './contract.ts'
import { address, findCollisions, type Claim } from './route.ts'

/** What the build knows and the site's sources do not. */
export interface Circumstances {
  /** The ISO day after which a dated page is not published yet. */
  readonly today: string
  typeset(text: string, lang: string): string
  /** A page's source as it is to be rendered; front matter stays. */
  setPage?(file: SourceFile, page: SitePage): SourceFile
  readonly supplement?: Supplement | undefined
}

/** What the site gets from elsewhere and knows nothing of: pages about keys are made so. It can be cloned. */
export interface Supplement {
  /** Templates see it as `keys`. */
  readonly keys: unknown
  /** Templates for `include`, by name; one of the site’s own layouts takes the place of its namesake. */
  readonly partials: Readonly<Record<string, string>>
  /** For pages without a body, by source: the template that stands in for it. */
  readonly bodies: Readonly<Record<string, string>>
  /** Output path -> contents. */
  readonly files: ReadonlyMap<string, string | Uint8Array>
  /** What the files are made from, for the report; `files` has what is published of these sources. */
  readonly source: string
  readonly originals: readonly string[]
}

export interface Press {
  readonly output: Output
  /** Pages that are held back: drafts, and pages of days to come. */
  readonly unpublished: number
}

/** From the sources to an output whose files render themselves when they are asked for. */
export function prepareSite(config: Config, all: Sources, circumstances: Circumstances): Result<Press> {
  let site: Site
  const { supplement } = circumstances
  const sources = withoutOriginals(all, supplement)
  const bodies = createBodies(createMarkdown(), () => site)
  const { drafts, unpublished, diagnostics } = readPages(config, sources.pages, circumstances.today, bodies)
  const redirects = drafts.flatMap(({ page, aliases }) => aliases.map(alias => redirectPage(alias, page)))
  const pages = [...drafts.map(({ page }) => page), ...redirects]
  diagnostics.push(
    ...refuseNames(sources.files),
    ...findCollisions(claims(pages, sources.files, supplement)),
    ...linkTranslations(drafts, config.root),
  )
  if (hasErrors(diagnostics)) return { diagnostics }

  const listed = pages.filter(isListed).toSorted(newestFirst)
  linkNeighbours(listed)
  site = {
    config,
    pages: listed,
    collections: collect(listed),
    assets: createAssets(config.root, sources.files),
    layouts: createLayouts(config, supplement?.partials),
    bodies,
    addresses: addressesOf(drafts, sources, config),
    keys: supplement?.keys,
    emptyBodies: supplement?.bodies ?? {},
    typeset: circumstances.typeset,
    setPage: circumstances.setPage ?? (file => file),
  }
  return { value: { output: outputOf(site, pages, sources.files, supplement), unpublished }, diagnostics }
}

function readPages(config: Config, paths: readonly string[], today: string, bodies: Bodies) {
  const drafts: Draft[] = []
  const diagnostics: Diagnostic[] = []
  let unpublished = 0
  for (const path of paths) {
    const { value: file, diagnostics: unread } = readSource(config.root, `${config.dirs.pages}/${path}`)
    diagnostics.push(...unread)
    if (!file) continue
    const { value: draft, diagnostics: found } = readPage(file, path, { config, today }, bodies.get)
    diagnostics.push(...found)
    if (draft === 'unpublished') unpublished++
    else if (draft) drafts.push(draft)
  }
  return { drafts, unpublished, diagnostics }
}

const withoutOriginals = (sources: Sources, supplement: Supplement | undefined): Sources =>
  supplement
    ? { ...sources, files: sources.files.filter(({ source }) => !supplement.originals.includes(source)) }
    : sources

const claims = (
  pages: readonly SitePage[],
  files: readonly CopiedFile[],
  supplement: Supplement | undefined,
): readonly Claim[] => [
  ...pages.map(({ path, source }) => ({ path, source })),
  ...files,
  ...[...(supplement?.files.keys() ?? [])].map(path => ({ path, source: supplement!.source })),
]

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
  drafts: readonly Draft[],
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

function outputOf(
  site: Site,
  pages: readonly SitePage[],
  files: readonly CopiedFile[],
  supplement: Supplement | undefined,
): Output {
  const output = new Map<string, OutputFile>()
  for (const page of pages) output.set(page.path, { path: page.path, contents: () => renderPage(site, page) })
  for (const file of files)
    output.set(file.path, { path: file.path, contents: () => readCopied(site.config.root, file) })
  for (const [path, value] of supplement?.files ?? [])
    output.set(path, { path, contents: () => ({ value, diagnostics: [] }) })
  return output
}

function readCopied(root: string, { source }: CopiedFile): Result<Uint8Array> {
  try {
    return { value: readFileSync(join(root, source)), diagnostics: [] }
  } catch (error) {
    return { diagnostics: [unreadable(source, error)] }
  }
}
