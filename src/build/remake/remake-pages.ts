import { posix } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { hasErrors } from '../../core/diagnostic.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import type { BuildEnd } from '../cache/build-end.ts'
import { endsSo } from '../cache/build-end.ts'
import { dependsOn, isSamePage } from '../cache/changed-bodies.ts'
import { describeState } from '../cache/file-states.ts'
import { createParsedPages, type ReadPage } from '../cache/parsed-pages.ts'
import { describeMaker, type CacheEntry } from '../cache/render-file.ts'
import { checkLinks } from '../links/check-links.ts'
import { existing } from '../links/collect-links.ts'
import { mergeDiagnostics } from '../merge-diagnostics.ts'
import type { OutputFolder } from '../output/output-folder.ts'
import { isHeldBack } from '../pages/publication.ts'
import { copyOf } from '../pages/read-page.ts'
import { preparePart, WholeSiteWanted, type PartOfSite } from './part-of-site.ts'
import type { Progress } from '../progress.ts'
import { loadTypography } from '../render/load-typography.ts'
import type { TypographyReport } from '../render/typography-report.ts'
import type { BuildJob, RenderedShare } from '../workers/job.ts'
import { renderShare } from '../workers/render-share.ts'
import { createWorkQueue } from '../workers/work-queue.ts'
import type { FoundSources } from '../steps/find-sources.ts'
import { pageReader } from '../steps/read-pages.ts'
import type { ListedPlanet } from '../steps/read-planet.ts'
import type { SiteKeys } from '../steps/verify-keys.ts'

/** Pages of which the body alone has changed since the last build, and what that build has left of all others. */
export interface ChangedBodies extends PartOfSite {
  /** By path in the pages folder, as they are now. */
  readonly pages: ReadonlyMap<string, ReadPage>
  /** The paths of the files that depend on these bodies. */
  readonly due: readonly string[]
  readonly end: BuildEnd
  /** Of the other files. */
  readonly entries: ReadonlyMap<string, CacheEntry>
  readonly typography: TypographyReport
}

export interface RemakeInput extends BuildJob, FoundSources, SiteKeys, ListedPlanet {
  readonly folder: OutputFolder
  readonly builder: string
  readonly progress: Progress
  readonly worker: number
  /** `BuildEnd.given`, as it is now. */
  readonly given: string | undefined
}

/** What takes these steps no further: the site is to be looked at as a whole. */
const WHOLE_SITE = { diagnostics: [] } as const

/** What a file may depend on that is known without the other pages; more is found out when it is asked for. */
const OF_ITSELF = /^(?:source|self|layout|partial|asset|image|address|word) /

/**
 * Takes what the last build has left, when nothing has changed since but bodies of a few pages that can be made without the others. Then
 * no page has another address, place or neighbour than it had, and all files but the few that depend on these bodies are as they were.
 */
export async function takeChangedBodies(input: RemakeInput): Promise<Result<ChangedBodies>> {
  const { config, now, cache, changed, folder, given, states } = input
  const { end } = cache
  const files = cache.atHand()
  const kept = files?.entries()
  if (!end || !kept || given === undefined) return WHOLE_SITE
  const pages = readAgain(input, path => files?.page(path))
  if (!pages) return WHOLE_SITE
  const isTouched = dependsOn(changed)
  const due = [...kept].filter(([, { dependencies }]) => isTouched(dependencies))
  const isOfItself = ([, { dependencies }]: (typeof due)[number]) =>
    dependencies.dependencies.split('\n').every(each => OF_ITSELF.test(each))
  const paths = new Set(due.map(([path]) => path))
  if (!due.every(isOfItself) || !endsSo(end, now, folder, { fingerprint: given, due: paths }))
    return WHOLE_SITE
  // What else was found is found again by making the files that it was found in.
  const found = [...end.planned, ...typographyOf(kept)]
  if (!isDeepStrictEqual(mergeDiagnostics(found), end.diagnostics)) return WHOLE_SITE
  const parsed = createParsedPages([...pages].map(([path, value]) => [path, { value, diagnostics: [] }]))
  const typography = await loadTypography({ ...input, parsed })
  const redirects = new Set(end.redirects)
  const part = preparePart({
    ...input,
    typography,
    pages: [...pages.values()].flatMap(page => (isHeldBack(page) ? [] : [copyOf(page)])),
    addressOf(source) {
      const page = files?.page(posix.relative(config.dirs.pages, source))
      return page && !isHeldBack(page) ? page.page.url : undefined
    },
    has: path => folder.owned.has(path),
    isRedirect: path => redirects.has(path),
    hasPolicy: end.hasPolicy,
    stateOf: source => describeState(states.get(source)),
  })
  const { output } = part.prepared
  if (due.some(([path, { maker }]) => describeMaker(output.get(path)) !== maker)) return WHOLE_SITE
  const entries = new Map([...kept].filter(([path]) => !paths.has(path)))
  return { value: { ...part, pages, due: [...paths], end, entries, typography }, diagnostics: [] }
}

/** The pages that have changed; undefined when something else has, or more of one than its body. */
function readAgain(
  input: RemakeInput,
  keptPage: (path: string) => ReadPage | undefined,
): ReadonlyMap<string, ReadPage> | undefined {
  const { config, changed } = input
  const reader = pageReader(input)
  const pages = new Map<string, ReadPage>()
  for (const source of changed) {
    const path = posix.relative(config.dirs.pages, source)
    const known = input.states.has(source) ? keptPage(path) : undefined
    const read = known && reader.read(path)
    if (!read?.value || !isSamePage(known, read)) return undefined
    pages.set(path, read.value)
  }
  return pages
}

const typographyOf = (entries: ReadonlyMap<string, CacheEntry>): readonly Diagnostic[] =>
  [...entries.values()].flatMap(({ typography }) => typography)

/** Renders the files of those pages, and judges links as after rendering all. */
export function remakePages(
  input: RemakeInput & ChangedBodies,
): Result<{ readonly rendered: RenderedShare }> {
  const { linked, due, end, entries, folder, isEnough } = input
  try {
    const { value: share, diagnostics: found } = renderShare(input, createWorkQueue(due))
    if (!share || !isEnough() || share.entries.size < due.length) return WHOLE_SITE
    const links = withOthers(input, share)
    const wrong = checkLinks(links, linked)
    if (!isEnough() || links.violations.length > 0 || hasErrors(wrong)) return WHOLE_SITE
    const staged = { ...share.staged, paths: [...folder.owned] }
    const diagnostics = [...end.planned, ...typographyOf(entries), ...found, ...wrong]
    return { value: { rendered: { ...share, links, staged } }, diagnostics }
  } catch (error) {
    if (error instanceof WholeSiteWanted) return WHOLE_SITE
    throw error
  }
}

/**
 * With those links of the other files that their own page does not settle, each once, and the ids of the pages that any leads to: of a
 * link that is wrong the whole site is asked, all others say nothing.
 */
function withOthers(
  { prepared: { site, paths }, entries }: ChangedBodies,
  { links }: RenderedShare,
): RenderedShare['links'] {
  const restored = new Set<string>()
  const restore = (path: string, { maker, dependencies }: CacheEntry) => {
    if (!dependencies.links || restored.has(path)) return
    restored.add(path)
    site.links.restore({ path, url: '', source: sourceIn(maker) }, dependencies.links, true)
  }
  const met = new Set<unknown>()
  for (const [path, entry] of entries) {
    const { unresolved } = entry.dependencies.links ?? {}
    if (unresolved === undefined || met.has(unresolved)) continue
    met.add(unresolved)
    if (unresolved.length > 0) restore(path, entry)
  }
  const targets = [...links.unresolved, ...site.links.findings().unresolved]
  for (const { path } of targets) {
    const there = existing(path, paths)
    const entry = there === undefined ? undefined : entries.get(there)
    if (there !== undefined && entry) restore(there, entry)
  }
  return site.links.findings()
}

/** As `describeMaker` has it. */
const sourceIn = (maker: string) => maker.slice(maker.indexOf(' ') + 1)
