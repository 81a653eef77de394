import { createHash, type Hash } from 'node:crypto'
import { posix } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { loadConfig, type Config, type UserConfig } from '../config/config.ts'
import type { Diagnostic, OutputFile, Result } from '../core/types.ts'
import type { ServedSite, ServedFile } from './server/served-site.ts'
import { createParsedPages, type ParsedPages } from '../build/cache/parsed-pages.ts'
import type { KeysOutput } from '../build/output/plan.ts'
import { renderAndCheck } from '../build/links/check-file.ts'
import { prepareSite, type PreparedSite } from '../build/site.ts'
import { changesBetween, rescanSources, scanSources, type SourceScan } from '../build/cache/file-states.ts'
import { readSource } from '../core/source.ts'
import { prepareKeys } from '../build/keys-page.ts'
import { createProofreader, type Proofreader } from './typography.ts'
import { createPageCache } from './page-cache.ts'
import { serialize } from './serialize.ts'

/** The site as its sources are at this moment. Nothing of it is written; a page is rendered when it is asked for. */
export interface DevSession extends ServedSite {
  /** The newest that could be read. */
  readonly config: Config | undefined
  /** Why there is no site at the moment. */
  readonly problems: readonly Diagnostic[]
  /**
   * Looks at the sources again, at all or only at these (relative to the root), and tells whether anything has changed. A
   * change outside the folders of the site may concern the configuration, which may read any file.
   */
  refresh(paths?: readonly string[]): Promise<boolean>
}

export interface DevSessionOptions {
  readonly root: string
  readonly overrides: UserConfig
  now(): Date
}

/** What one configuration brings along, for one day. */
interface SiteSetup {
  readonly config: Config
  readonly day: string
  readonly proofreader: Proofreader
  readonly memory: ParsedPages
}

/** What is on show. */
interface LiveSite {
  readonly site: PreparedSite
  readonly setup: SiteSetup
  /** Paths of the files that are copied. */
  readonly copied: ReadonlySet<string>
  /** What is wrong with no page in particular, and yet no obstacle. */
  readonly remarks: readonly Diagnostic[]
}

export function createDevSession({ root, overrides, now }: DevSessionOptions): DevSession {
  let desk: SiteSetup | undefined
  let seen: SourceScan | undefined
  let keys: Result<{ readonly supplement: KeysOutput | undefined }> | undefined
  let live: LiveSite | undefined
  let problems: readonly Diagnostic[] = []
  let versions = { styles: '', assets: '' }
  const pageCache = createPageCache()

  /** Without a site of today, pages stay as they were, with a word about it. */
  function fail(diagnostics: readonly Diagnostic[]): boolean {
    if (isDeepStrictEqual(diagnostics, problems)) return false
    problems = diagnostics
    seen = undefined
    pageCache.invalidate()
    return true
  }

  /** The desk for the configuration as it is: the old one, if it would be no other. */
  async function loadSetup(): Promise<Result<SiteSetup>> {
    const { value: config, diagnostics } = await loadConfig(root, overrides, { modules: 'fresh' })
    if (!config) return { diagnostics }
    const day = now().toISOString().slice(0, 10)
    if (desk && desk.day === day && isDeepStrictEqual(config, desk.config))
      return { value: desk, diagnostics }
    seen = undefined
    return {
      value: { config, day, proofreader: createProofreader(config), memory: createParsedPages() },
      diagnostics,
    }
  }

  async function look(paths: readonly string[] | undefined): Promise<boolean> {
    const looked = desk && lookAround(desk.config, paths)
    const changes = looked?.value && changesBetween(seen, looked.value)
    const isStrange = (path: string) => !desk || !isWithin(desk.config, path)
    const isToday = desk?.day === now().toISOString().slice(0, 10)
    const isDue = !seen || !isToday || paths?.some(isStrange) === true || changes?.some(isStrange) === true
    if (looked?.value && !isDue) return changes?.length ? print(desk!, looked.value, changes) : false

    const furnished = await loadSetup()
    if (!furnished.value) return fail(furnished.diagnostics)
    desk = furnished.value
    keys = undefined
    const { value, diagnostics } = scanSources(desk.config, looked?.value ?? seen)
    // What changed while the configuration was read may concern it.
    if (looked?.value && value && changesBetween(looked.value, value).some(isStrange)) return look(undefined)
    return value ? print(desk, value, changesBetween(seen, value)) : fail(diagnostics)
  }

  function lookAround(config: Config, paths: readonly string[] | undefined): Result<SourceScan> {
    return seen && paths ? rescanSources(config, seen, paths) : scanSources(config, seen)
  }

  function stop(diagnostics: readonly Diagnostic[]): true {
    problems = diagnostics
    return true
  }

  async function print(on: SiteSetup, next: SourceScan, changes: readonly string[]): Promise<true> {
    const { config, day, proofreader, memory } = on
    if (changes.some(path => isOfKeys(config, path))) keys = undefined
    const isRenewed =
      keys &&
      problems.length === 0 &&
      live?.setup === on &&
      hasSameFiles(seen, next) &&
      live.site.renew(changes)
    seen = next
    versions = versionsOf(next)
    pageCache.invalidate()
    if (isRenewed) return true
    for (const path of changes) memory.forget(posix.relative(config.dirs.pages, path))
    keys ??= await prepareKeys({ config, now: now().getTime() }, next.sources)
    if (!keys.value) return stop(keys.diagnostics)
    const { value: press, diagnostics } = prepareSite(config, next.sources, {
      today: day,
      typeset: proofreader.setText,
      setPage: proofreader.setPage,
      supplement: keys.value.supplement,
      parsed: memory,
    })
    if (!press) return stop([...keys.diagnostics, ...diagnostics])
    problems = []
    const { originals = [] } = keys.value.supplement ?? {}
    const copied = next.sources.files.filter(({ source }) => !originals.includes(source))
    live = {
      site: press,
      setup: on,
      copied: new Set(copied.map(({ path }) => path)),
      remarks: [...proofreader.diagnostics, ...keys.diagnostics, ...diagnostics],
    }
    return true
  }

  return {
    get config() {
      return desk?.config
    },
    get problems() {
      return problems
    },
    get styles() {
      return versions.styles
    },
    get assets() {
      return versions.assets
    },
    refresh: serialize(async paths => {
      try {
        return await look(paths)
      } catch (error) {
        // Whatever went wrong is to go wrong again, and not to be taken for the site as it is.
        seen = undefined
        throw error
      }
    }),
    has: path => live?.site.output.has(path) ?? false,
    isCopied: path => live?.copied.has(path) ?? false,
    read(path) {
      const file = live?.site.output.get(path)
      if (!path.endsWith('.html')) return file && readFile(file, problems)
      const lastGood = pageCache.lastGood(path)
      const wrong = problems
      if (wrong.length > 0) return { contents: lastGood, diagnostics: () => wrong, isFailed: true }
      const on = live
      return on && file && pageCache.get(path, () => renderPage(on, file, lastGood))
    },
  }
}

/** Of what is not shown in a page. A file that is copied is itself, whatever is wrong with the rest. */
function readFile(file: OutputFile, problems: readonly Diagnostic[]): ServedFile {
  const { value, diagnostics } = file.contents()
  const isCopied = typeof value !== 'string'
  if (value === undefined || (problems.length > 0 && !isCopied))
    return { diagnostics: () => [...problems, ...diagnostics], isFailed: true }
  return { contents: value, diagnostics: () => diagnostics, isFailed: false }
}

function renderPage(
  { site: press, setup: desk, remarks }: LiveSite,
  file: OutputFile,
  lastGood: string | Uint8Array | undefined,
): ServedFile {
  const { value, diagnostics: found, checkLinks } = renderAndCheck(press, file)
  const badlySet = () => {
    const page = press.pageAt(file.path)
    if (!page || page.redirectTarget !== undefined) return []
    const source = readSource(desk.config.root, page.source).value
    return source ? desk.proofreader.findings(source, page) : []
  }
  const diagnostics = once(() => [...remarks, ...found, ...checkLinks(), ...badlySet()])
  if (value === undefined) return { contents: lastGood, diagnostics, isFailed: true }
  return { contents: value, diagnostics, isFailed: false }
}

function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined
  return () => (done ??= { value: work() }).value
}

/** Whether a file belongs to the site’s folders, so that only pages depend on it. */
const isWithin = ({ dirs }: Config, path: string) =>
  [dirs.pages, dirs.layouts, dirs.assets].some(dir => dir !== undefined && path.startsWith(`${dir}/`))

/** Whether the page about keys, or anything beside it, may depend on a file. */
function isOfKeys({ keys: { manifest, allowedSigners } }: Config, path: string): boolean {
  if (manifest === undefined) return false
  const name = posix.basename(manifest).replace(/\.ya?ml$/, '')
  return (
    path === allowedSigners ||
    path.startsWith(`${posix.dirname(manifest)}/`) ||
    posix.basename(path).startsWith(`${name}.`)
  )
}

const hasSameFiles = (before: SourceScan | undefined, { sources, sources: { pages, files } }: SourceScan) =>
  before?.sources === sources ||
  (before !== undefined &&
    pages.length === before.sources.pages.length &&
    files.length === before.sources.files.length &&
    pages.every((path, i) => path === before.sources.pages[i]) &&
    files.every(({ source }, i) => source === before.sources.files[i]?.source))

function versionsOf({ sources: { files }, states }: SourceScan): { styles: string; assets: string } {
  const [styles, assets] = [createHash('sha256'), createHash('sha256')]
  for (const { source } of files) {
    const hash = source.endsWith('.css') ? styles : assets
    hash.update(`${source}\0${states.get(source)?.stat}\0`)
  }
  return { styles: brief(styles), assets: brief(assets) }
}

const brief = (hash: Hash) => hash.digest('base64url').slice(0, 12)
