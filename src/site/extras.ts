import type { OutputFile } from '../model.ts'
import type { Site } from './contract.ts'
import { feedFiles } from './feeds.ts'
import type { SitePage } from './page.ts'
import { sitemaps } from './sitemap.ts'
import { headers, robots, securityText } from './wellknown.ts'

/** Files that nobody wrote and every site has; `archives` are the pages of that sort. */
export function extraFiles(site: Site, archives: readonly SitePage[]): readonly OutputFile[] {
  const security = securityText(site.config)
  const texts = [
    ['robots.txt', robots(site.config)] as const,
    ['_headers', headers()] as const,
    ...(security === undefined ? [] : [['.well-known/security.txt', security] as const]),
  ]
  return [
    ...feedFiles(site),
    ...sitemaps(site, [...site.pages, ...archives]),
    ...texts.map(([path, text]) => ({ path, contents: () => ({ value: text, diagnostics: [] }) })),
  ]
}

/** Tells which paths the author's own files leave free: neither taken, nor a folder of theirs, nor below a file. */
export function freePlaces(taken: Iterable<string>): (path: string) => boolean {
  const files = new Set(taken)
  const folders = new Set<string>()
  for (const path of files) {
    for (const folder of foldersOf(path)) {
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  return path =>
    !files.has(path) && !folders.has(path) && ![...foldersOf(path)].some(folder => files.has(folder))
}

/** The innermost first. */
function* foldersOf(path: string): Generator<string> {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
    yield path.slice(0, end)
}
