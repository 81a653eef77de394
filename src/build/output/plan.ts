import { posix } from 'node:path'
import { basePath } from '../../config/base-path.ts'
import { rebaseCss, rebaseHtml } from '../links/rebase.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic, Maker, Output, OutputFile, Result } from '../../core/types.ts'
import { unreadable } from '../../core/source.ts'
import type { PublishedKeys } from '../published-keys.ts'
import { writtenAddress } from '../pages/addresses.ts'
import type { Arrangement } from '../pages/arrangement.ts'
import { readCopied } from '../pages/assets.ts'
import type { Bodies } from '../render/bodies.ts'
import type { Site } from '../site.ts'
import { extraFiles } from '../feeds/extras.ts'
import type { CopiedFile } from '../../document/find-sources.ts'
import type { SitePage } from '../pages/site-page.ts'
import { hasLocation, isPicture, withoutLocation } from './picture-location.ts'
import { hasSealedLocation } from './sealed-location.ts'
import { refuseSecrets } from './refuse-secrets.ts'
import { renderPage } from '../render/render-page.ts'

/** Every file of the site, which renders itself when asked. An author's own page or file wins over one that the program would make. */
export function planOutput(
  site: Site,
  bodies: Bodies,
  arrangement: Arrangement,
  keys: PublishedKeys | undefined,
): Output {
  const refuse = refuseSecrets(site.config)
  const pageFile = (page: SitePage, kind?: Maker['kind']) => refuse(fileOf(page, { site, bodies, kind }))
  const { isFree } = arrangement
  const own: readonly OutputFile[] = [
    ...[...arrangement.own, ...arrangement.redirects].map(page => pageFile(page)),
    ...arrangement.files.map(file => {
      const maker = { kind: 'copied', source: file.source } as const
      return refuse({ path: file.path, maker, contents: () => copyFile(site, file) })
    }),
    ...(site.pictures?.files ?? []),
    ...[...(keys?.files ?? [])].map(([path, value]) => {
      const maker = { kind: 'keys', source: keys?.source ?? '' } as const
      return refuse({ path, maker, contents: () => ({ value, diagnostics: [] }) })
    }),
  ]
  const output = new Map<string, OutputFile>()
  for (const file of own) output.set(file.path, file)
  if (!site.config.build.extras) return withMoved(output, arrangement)
  const made = [
    ...arrangement.archives.pages.map(page => ({ page, kind: 'archive' as const })),
    ...arrangement.planetPages.map(page => ({ page, kind: 'planet' as const })),
  ].filter(({ page }) => isFree(page.path))
  for (const { page, kind } of made) output.set(page.path, pageFile(page, kind))
  const archives = made.map(({ page }) => page)
  for (const file of extraFiles(site, archives)) if (isFree(file.path)) output.set(file.path, file)
  return withMoved(output, arrangement)
}

interface FileInput {
  readonly site: Site
  readonly bodies: Bodies
  /** Default: that of a page that has a source. */
  readonly kind?: Maker['kind'] | undefined
}

/** The file that a page is. */
export function fileOf(page: SitePage, { site, bodies, kind = kindOf(page) }: FileInput): OutputFile {
  const contents = () => {
    const result = renderPage(site, page)
    bodies.release(page)
    return result
  }
  const source = kind === 'page' || kind === 'redirect' ? { source: page.source } : {}
  return { path: page.path, maker: { kind, ...source }, contents }
}

/**
 * A redirect is a page, which no program takes for the feed or the picture that it asked for: where its address is none of a page, and
 * that of its target is none either, the file there is what the target is.
 */
function withMoved(output: Map<string, OutputFile>, { own, redirects }: Arrangement): Output {
  const moved = [...own, ...redirects].flatMap(({ path, redirectTarget }) => {
    const place = redirectTarget?.startsWith('/') ? writtenAddress(redirectTarget) : undefined
    if (typeof place !== 'object' || isHtml(path)) return []
    const [file, target] = [output.get(path), output.get(place.path)]
    return file && target && !PAGES.has(target.maker.kind) ? [[file, target] as const] : []
  })
  for (const [file, target] of moved) {
    const contents = () => {
      const result = target.contents()
      // For its own links: the target is one.
      const { diagnostics } = file.contents()
      return { ...result, diagnostics: [...result.diagnostics, ...diagnostics] }
    }
    output.set(file.path, { ...file, maker: { ...file.maker, target: target.maker }, contents })
  }
  return output
}

const PAGES: ReadonlySet<Maker['kind']> = new Set(['page', 'redirect', 'archive'])

const isHtml = (path: string) => /\.html?$/.test(path)

const kindOf = ({ redirectTarget }: SitePage) => (redirectTarget === undefined ? 'page' : 'redirect')

/** What is copied has addresses, too. */
const REBASED = new Map([
  ['.css', rebaseCss],
  ['.html', rebaseHtml],
])

function copyFile({ config, links, dependencies: tracker }: Site, file: CopiedFile): Result<Uint8Array> {
  const { path, source } = file
  try {
    const value = Buffer.from(readCopied(config.root, file))
    const base = basePath(config.site.url)
    // Of a stylesheet, each build reads the links.
    if (path.endsWith('.css')) links.stylesheet(path, source, value.toString('utf8'))
    // What is no file of the site has no state that a build could compare.
    else if (!file.read) tracker.record(`source ${source}`)
    const sealed = hasSealedLocation(path, value) ? [sealedIn(source)] : []
    if (isPicture(path) && hasLocation(value))
      return config.build.stripLocation
        ? { value: withoutLocation(value), diagnostics: sealed }
        : { value, diagnostics: [located(source)] }
    if (sealed.length > 0) return { value, diagnostics: sealed }
    const rebase = base === '' ? undefined : REBASED.get(posix.extname(path))
    return {
      value: rebase ? Buffer.from(rebase(value.toString('utf8'), base)) : value,
      diagnostics: [],
    }
  } catch (error) {
    return { diagnostics: [unreadable(source, error)] }
  }
}

const sealedIn = (source: string): Diagnostic =>
  diagnostic('publish/location', 'This file says where it was taken', {
    hint: 'it is in a form that build.stripLocation cannot take out: use a program such as exiftool, or publish another file',
    file: { path: source, text: '' },
  })

const located = (source: string): Diagnostic =>
  diagnostic('publish/location', 'This picture says where it was taken', {
    hint: 'build: { stripLocation: true } publishes all pictures without that, and leaves your files as they are',
    file: { path: source, text: '' },
  })
