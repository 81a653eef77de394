import type { Config } from '../config/config.ts'
import { readSource } from '../core/read-file.ts'
import type { Diagnostic, OutputFile } from '../core/types.ts'
import type { ParsedPages } from '../build/cache/parsed-pages.ts'
import { renderAndCheck } from '../build/links/check-file.ts'
import type { Arrangement } from '../build/pages/arrangement.ts'
import type { PreparedSite } from '../build/prepare-site.ts'
import type { SitePage } from '../build/pages/site-page.ts'
import type { Typesetter } from '../build/render/typography.ts'
import type { ServedFile } from './server/served-site.ts'

/** What one configuration brings along, for one day. */
export interface SiteSetup {
  readonly config: Config
  /** An ISO day, in UTC. */
  readonly today: string
  readonly typesetter: Typesetter
  readonly parsed: ParsedPages
}

/** A site that is served. */
export interface LiveSite {
  readonly setup: SiteSetup
  readonly arrangement: Arrangement
  readonly prepared: PreparedSite
  /** Paths of the files that are copied. */
  readonly copied: ReadonlySet<string>
  /** What was found before any page was rendered, and is no obstacle. */
  readonly warnings: readonly Diagnostic[]
}

/** A page as it is now; `lastGood` is what it was when it was last rendered without an error. */
export function servePage(
  { prepared, setup, warnings }: LiveSite,
  file: OutputFile,
  lastGood: string | Uint8Array | undefined,
): ServedFile {
  const { value, diagnostics: found, checkLinks, breaksPolicy } = renderAndCheck(prepared, file)
  const page = prepared.paths.get(file.path)
  const badlySet = () => (page && page.redirectTarget === undefined ? typographyOf(setup, page) : [])
  const wrongRules = setup.typesetter.diagnostics
  // What is said of another page is said there.
  const isElsewhere = (path: string) => path !== page?.source && prepared.site.addresses.has(path)
  const own = warnings.filter(({ file: about }) => !about || !isElsewhere(about.path))
  const diagnostics = once(() => [...wrongRules, ...own, ...found, ...checkLinks(), ...badlySet()])
  if (value === undefined) return { contents: lastGood, diagnostics, isFailed: true }
  return { contents: value, diagnostics, breaksPolicy, isFailed: false }
}

/** A file that is no page. One that is copied is itself, whatever is wrong with the rest. */
export function serveFile(file: OutputFile, problems: readonly Diagnostic[]): ServedFile {
  const { value, diagnostics } = file.contents()
  const isCopied = typeof value !== 'string'
  if (value === undefined || (problems.length > 0 && !isCopied))
    return { diagnostics: () => [...problems, ...diagnostics], isFailed: true }
  return { contents: value, diagnostics: () => diagnostics, isFailed: false }
}

/** Every place where a page is badly set, as grave as a build takes it. */
function typographyOf({ config, typesetter }: SiteSetup, page: SitePage): readonly Diagnostic[] {
  const { typography = config.build.typography } = page
  if (typography === 'off') return []
  if (typography === 'fix') return typesetter.withheld(page.source) ?? []
  const file = readSource(config.root, page.source).value
  const found = file ? typesetter.lint(file, page.lang) : []
  return typography === 'error'
    ? found.map(each => withSeverity(each, 'error'))
    : found.map(each => (each.severity === 'error' ? withSeverity(each, 'warning') : each))
}

const withSeverity = (
  { code, message, hint, file, span, fix }: Diagnostic,
  severity: Diagnostic['severity'],
): Diagnostic => ({ code, severity, message, hint, file, span, fix })

function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined
  return () => (done ??= { value: work() }).value
}
