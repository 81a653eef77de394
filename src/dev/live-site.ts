import type { Config } from '../config/config.ts'
import { join } from 'node:path'
import { overlayOf, overlaySource, readSource } from '../core/read-file.ts'
import type { Diagnostic, OutputFile, SourceFile } from '../core/types.ts'
import { bodyStart } from '../document/document.ts'
import { once } from '../build/cache/columns.ts'
import type { ParsedPages } from '../build/cache/parsed-pages.ts'
import { renderAndCheck } from '../build/links/check-file.ts'
import type { Arrangement } from '../build/pages/arrangement.ts'
import type { prepareSite, PreparedSite } from '../build/prepare-site.ts'
import type { SitePage } from '../build/pages/site-page.ts'
import { isTemplated } from '../build/render/bodies.ts'
import type { arrangePages } from '../build/steps/arrange-pages.ts'
import { ruleFailures, type Typesetter } from '../build/render/typography.ts'
import { NOTHING_SHOWN, showFindings, type PageReview } from './fixes/page-review.ts'
import { locatePlaces } from './marks/locate-places.ts'
import { isOfKeys } from './source-changes.ts'
import type { Site } from '../build/site.ts'
import type { ServedFile } from './server/served-site.ts'
import { withClient } from './server/with-client.ts'

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
  /** What it was made of. */
  readonly made: {
    readonly arrange: Parameters<typeof arrangePages>[0]
    readonly prepare: Parameters<typeof prepareSite>[0]
  }
  /** Paths of the files that are copied. */
  readonly copied: ReadonlySet<string>
  /** What was found before any page was rendered, and is no obstacle. */
  readonly warnings: readonly Diagnostic[]
}

/** A page as it is now; `lastGood` is what it was when it was last rendered without an error. */
export function servePage(
  live: LiveSite,
  file: OutputFile,
  lastGood: string | Uint8Array | undefined,
): ServedFile {
  const { prepared, setup, warnings } = live
  const { value, diagnostics: found, checkLinks, breaksPolicy } = renderAndCheck(prepared, file)
  const page = prepared.paths.get(file.path)
  const review = once(() => (page ? reviewPage(live, { page, file, html: value }) : undefined))
  const wrongRules = setup.typesetter.diagnostics
  const own = warnings.filter(({ file: about }) => !about || !isElsewhere(about.path, page, prepared.site))
  const diagnostics = once(() => [
    ...wrongRules,
    ...own,
    ...found,
    ...checkLinks(),
    ...(review()?.findings ?? []),
  ])
  if (value === undefined) return { contents: lastGood, diagnostics, isFailed: true }
  return { contents: value, diagnostics, breaksPolicy, review, isFailed: false }
}

/** What is said of another page is said there, and what is said of keys where they are shown. */
function isElsewhere(path: string, page: SitePage | undefined, { addresses, config }: Site): boolean {
  if (path === page?.source) return false
  if (addresses.has(path)) return true
  return isOfKeys(config, path) && !isKeysPage(config, page)
}

const isKeysPage = ({ keys: { manifest = '' } }: Config, page: SitePage | undefined) =>
  page?.source.replace(/\.[^./]*$/, '') === manifest.replace(/\.ya?ml$/, '')

interface PageMade {
  readonly page: SitePage
  readonly file: OutputFile
  readonly html: string | Uint8Array | undefined
}

/** What the linter finds in the source of a page; undefined when it is not to look. */
function reviewPage(live: LiveSite, { page, file, html }: PageMade): PageReview | undefined {
  const { root } = live.setup.config
  const source = readSource(root, page.source).value
  if (!source || page.redirectTarget !== undefined) return undefined
  const findings = typographyOf(live.setup, page, source)
  const render = (text: string) => renderedAs(live.prepared, { page, file, text })
  const show = () =>
    showFindings(findings, bodyStart(source), places =>
      locatePlaces({ text: source.text, places, html: withClient(html as string), render }),
    )
  return { source, findings, shown: once(() => (typeof html === 'string' ? show() : NOTHING_SHOWN)) }
}

interface TriedText {
  readonly page: SitePage
  readonly file: OutputFile
  readonly text: string
}

/** The page as another text would make it. Nothing of it is kept: bodies that may have used it are forgotten. */
function renderedAs(prepared: PreparedSite, { page, file, text }: TriedText): string | undefined {
  const { site, bodies } = prepared
  const path = join(site.config.root, page.source)
  const before = overlayOf(path)
  const forget = () =>
    bodies.forget(each => each === page || isTemplated(each) || site.emptyBodies[each.source] !== undefined)
  forget()
  overlaySource(path, text)
  try {
    const { value } = renderAndCheck(prepared, file)
    return typeof value === 'string' ? withClient(value) : undefined
  } finally {
    overlaySource(path, before)
    forget()
  }
}

/** A file that is no page. One that is copied is itself, whatever is wrong with the rest. */
export function serveFile(file: OutputFile, problems: readonly Diagnostic[]): ServedFile {
  const { value, diagnostics } = file.contents()
  const isCopied = typeof value !== 'string'
  if (value === undefined || (problems.length > 0 && !isCopied))
    return { diagnostics: () => [...problems, ...diagnostics], isFailed: true }
  return { contents: value, diagnostics: () => diagnostics, isFailed: false }
}

/** Every place where a page is badly set, as grave as a build takes it; where a build sets what it can, what it cannot. */
function typographyOf(
  { config, typesetter }: SiteSetup,
  page: SitePage,
  source: SourceFile,
): readonly Diagnostic[] {
  const { typography = config.build.typography } = page
  if (typography === 'off') return []
  const found = typesetter.lint(source, page.lang)
  if (typography === 'error') return found.map(each => withSeverity(each, 'error'))
  const tolerated = found.map(each => (each.severity === 'error' ? withSeverity(each, 'warning') : each))
  if (typography === 'warn') return tolerated
  const failures = new Set(ruleFailures(tolerated))
  const isSet = typesetter.setByBuild(source, page.lang, tolerated)
  return [
    ...(typesetter.withheld(page.source) ?? []),
    ...tolerated.filter(each => !isSet(each) && !failures.has(each)),
  ]
}

const withSeverity = (
  { code, message, hint, file, span, fix, isWithheld }: Diagnostic,
  severity: Diagnostic['severity'],
): Diagnostic => ({ code, severity, message, hint, file, span, fix, isWithheld })
