import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Output, OutputFile, Result } from '../../core/types.ts'
import { unreadable } from '../../core/source.ts'
import type { Site } from '../render/template-context.ts'
import { extraFiles } from '../feeds/extras.ts'
import type { CopiedFile } from '../../document/find-sources.ts'
import type { SitePage } from '../pages/site-page.ts'
import { renderPage } from '../render/render-page.ts'

/** What the site gets from elsewhere and knows nothing of: pages about keys are made so. It can be cloned. */
export interface KeysOutput {
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

interface Rest {
  readonly supplement: KeysOutput | undefined
  /** Whether the author has nothing there. */
  isFree(path: string): boolean
}

/** Every file of the site. An author's own page or file wins over one that the program would make. */
export function planFiles(
  site: Site,
  pages: readonly SitePage[],
  files: readonly CopiedFile[],
  { supplement, isFree }: Rest,
): Output {
  const pageFile = (page: SitePage): OutputFile => ({
    path: page.path,
    contents: () => renderPage(site, page),
  })
  const own: readonly OutputFile[] = [
    ...pages.map(pageFile),
    ...files.map(file => ({ path: file.path, contents: () => readCopied(site, file) })),
    ...[...(supplement?.files ?? [])].map(([path, value]) => ({
      path,
      contents: () => ({ value, diagnostics: [] }),
    })),
  ]
  const output = new Map<string, OutputFile>()
  for (const file of own) output.set(file.path, file)
  if (!site.config.build.extras) return output
  const archives = site.archives.pages.filter(({ path }) => isFree(path))
  for (const file of archives.map(pageFile)) output.set(file.path, file)
  for (const file of extraFiles(site, archives)) if (isFree(file.path)) output.set(file.path, file)
  return output
}

function readCopied(
  { config, links, dependencies: tracker }: Site,
  { path, source }: CopiedFile,
): Result<Uint8Array> {
  try {
    const value = readFileSync(join(config.root, source))
    // Of a stylesheet, each build reads the links.
    if (path.endsWith('.css')) links.stylesheet(path, source, value.toString('utf8'))
    else tracker.record(`source ${source}`)
    return { value, diagnostics: [] }
  } catch (error) {
    return { diagnostics: [unreadable(source, error)] }
  }
}
