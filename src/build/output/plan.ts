import { posix } from 'node:path'
import { basePath } from '../../config/base-path.ts'
import { rebaseCss, rebaseHtml } from '../links/rebase.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import { LazyMap } from '../../core/lists/lazy-map.ts'
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
  const { isFree, own, redirects, pageAt } = arrangement
  const others = new Map<string, OutputFile>()
  const add = (file: OutputFile) => others.set(file.path, file)
  for (const file of arrangement.files) {
    const maker = { kind: 'copied', source: file.source } as const
    add(refuse({ path: file.path, maker, contents: () => copyFile(site, file) }))
  }
  for (const file of site.pictures?.files ?? []) add(file)
  for (const [path, value] of keys?.files ?? []) {
    const maker = { kind: 'keys', source: keys?.source ?? '' } as const
    add(refuse({ path, maker, contents: () => ({ value, diagnostics: [] }) }))
  }
  if (site.config.build.extras) {
    const made = [
      ...arrangement.archives.pages.map(page => ({ page, kind: 'archive' as const })),
      ...arrangement.planetPages.map(page => ({ page, kind: 'planet' as const })),
    ].filter(({ page }) => isFree(page.path))
    for (const { page, kind } of made) add(pageFile(page, kind))
    const archives = made.map(({ page }) => page)
    for (const file of extraFiles(site, archives)) if (isFree(file.path)) add(file)
  }
  /** In the places of redirects. */
  const moved = new Map<string, OutputFile>()
  const output = new LazyMap<string, OutputFile>({
    *keys() {
      for (const { path } of own) yield path
      for (const { path } of redirects) yield path
      yield* others.keys()
    },
    has: path => others.has(path) || pageAt(path) !== undefined,
    get(path) {
      const page = pageAt(path)
      return moved.get(path) ?? others.get(path) ?? (page && pageFile(page))
    },
  })
  for (const file of movedFiles(output, arrangement)) moved.set(file.path, file)
  return output
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
function movedFiles(output: Output, { own, redirects }: Arrangement): readonly OutputFile[] {
  const leading = [...own, ...redirects].filter(({ redirectTarget }) => redirectTarget?.startsWith('/'))
  return leading.flatMap(({ path, redirectTarget = '' }) => {
    const place = writtenAddress(redirectTarget)
    if (typeof place !== 'object' || isHtml(path)) return []
    const [file, target] = [output.get(path), output.get(place.path)]
    if (!file || !target || PAGES.has(target.maker.kind)) return []
    const contents = () => {
      const result = target.contents()
      // For its own links: the target is one.
      const { diagnostics } = file.contents()
      return { ...result, diagnostics: [...result.diagnostics, ...diagnostics] }
    }
    return [{ ...file, maker: { ...file.maker, target: target.maker }, contents }]
  })
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
