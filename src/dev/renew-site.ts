import { posix } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Config } from '../config/config.ts'
import type { Sources } from '../document/find-sources.ts'
import type { ParsedPages, Reread } from '../build/cache/parsed-pages.ts'
import { isHeldBack } from '../build/pages/publication.ts'
import { isReworded } from '../build/pages/read-page.ts'
import { SitePage } from '../build/pages/site-page.ts'
import type { PreparedSite } from '../build/prepare-site.ts'
import { isTemplated } from '../build/render/bodies.ts'
import { isDefaults } from '../document/place/folder-defaults.ts'
import { isWords } from '../theme/words.ts'
import { pageReader } from '../build/steps/read-pages.ts'

interface RenewInput {
  readonly config: Config
  /** Milliseconds since 1970. */
  readonly now: number
  readonly sources: Sources
  readonly parsed: ParsedPages
}

/**
 * Brings a site up to date in which these sources, relative to the root, hold something else now, and no file has come or gone. False
 * when it has to be prepared anew, since lists or addresses may be other than they were: it is then good for nothing.
 */
export function renewSite(
  { site, bodies, paths }: PreparedSite,
  changed: readonly string[],
  { config, now, sources, parsed }: RenewInput,
): boolean {
  const isCopied = new Set(sources.files.map(({ source }) => source))
  // Of copied files, bodies know the sizes of images.
  const isPictured = changed.some(path => isCopied.has(path) && !path.endsWith('.css'))
  // Which smaller copies there are goes by its size.
  if (isPictured && site.pictures) return false
  const isChanged = new Set(changed)
  bodies.forget(
    page =>
      isPictured ||
      isChanged.has(page.source) ||
      isTemplated(page) ||
      site.emptyBodies[page.source] !== undefined,
  )
  site.layouts.forget()
  site.assets.forget()
  const isPage = new Set(sources.pages)
  if (changed.some(path => isDefaults(path) || isWords(config, path))) return false
  const reader = pageReader({ config, now, sources })
  return changed
    .map(path => posix.relative(config.dirs.pages, path))
    .filter(path => isPage.has(path))
    .every(path => {
      const reread = parsed.reread(path, () => reader.read(path))
      return renewPage(reread, page => paths.get(page))
    })
}

/** False when what the page says now concerns other pages too. */
function renewPage(
  { before, after }: Reread,
  pageAt: (path: string) => ReturnType<PreparedSite['paths']['get']>,
): boolean {
  if (after.diagnostics.length > 0) return false
  if (isDeepStrictEqual(before, after)) return true
  const [old, fresh] = [before?.value, after.value]
  if (before?.diagnostics.length !== 0 || !old || !fresh) return false
  if (isHeldBack(old) || isHeldBack(fresh)) return false
  if (!isReworded(old, fresh)) return false
  const page = pageAt(fresh.page.path)
  // What it lists is no part of its source.
  if (page?.posts !== undefined) return false
  if (page) SitePage.rewrite(page, fresh.page)
  return true
}
