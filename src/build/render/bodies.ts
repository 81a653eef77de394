import { diagnostic } from '../../core/diagnostic.ts'
import { readSource } from '../../core/read-file.ts'
import type { SourceFile } from '../../core/types.ts'
import { bodyStart } from '../../document/document.ts'
import { formatOf, isTemplate } from '../../document/formats.ts'
import { markdownFailed } from '../../document/markdown.ts'
import { resolveSources } from '../links/resolve-sources.ts'
import type { PageHost, SitePage } from '../pages/site-page.ts'
import { pictureSources } from '../pictures/picture-html.ts'
import { compileTemplate, TemplateFailure } from './ejs.ts'
import { markdownFor, type Markdown, type MarkdownContext } from './render-markdown.ts'
import { resolveDestination } from './resolve-destination.ts'
import type { Site } from '../site.ts'
import { templateContext } from './template-context.ts'

/** The bodies of pages, rendered when first asked for. */
export interface Bodies extends PageHost {
  /** The page is written: only another page, or a feed that has it, could ask for its body now. */
  release(page: SitePage): void
  /** After work that was ended midway: no body is being rendered. */
  reset(): void
  /** Sources have changed: these bodies are to be rendered again. */
  forget(isOutdated: (page: SitePage) => boolean): void
  /** The same HTML with the places of its source, for who reads it on. May throw a TemplateFailure. */
  locate(page: SitePage): LocatedBody
}

export interface LocatedBody {
  readonly html: string
  /** The source, as it is written. */
  readonly file: SourceFile
  /** Offset of the body in it. */
  readonly start: number
  /**
   * How its places are told: by offsets from `start`, the HTML being the source itself, or by its lines alone, where addresses were
   * resolved; by comments `<!--MARK N-->`, what follows being from line N, from 0, of the body; or not at all, when a template made it.
   */
  readonly places: 'offsets' | 'lines of HTML' | 'lines' | 'none'
  /** No comment of the author’s begins with it. */
  readonly mark: string
}

/** Characters of bodies that are kept at most, for lists and feeds that go through many pages. */
const KEPT = 16 * 1024 * 1024

/** Bodies of a site’s pages; `inFeeds` are the pages that are asked for once more when all are written. */
export function createBodies(site: Site, inFeeds: ReadonlySet<SitePage> = new Set()): Bodies {
  const markdown = markdownFor(site.config.markdown)
  const kept = new Map<SitePage, { readonly value: string; readonly dependencies: ReadonlySet<string> }>()
  const rendering = new Set<SitePage>()
  let size = 0
  const drop = (page: SitePage) => {
    size -= kept.get(page)?.value.length ?? 0
    kept.delete(page)
  }
  return {
    get(page) {
      const tracker = site.dependencies
      const known = kept.get(page)
      if (known) {
        for (const dependency of known.dependencies) tracker.record(dependency)
        return known.value
      }
      if (rendering.has(page)) throw bodyLoop([...rendering, page])
      rendering.add(page)
      try {
        const body = tracker.track(() =>
          site.stopwatch.measure(page.source, () => renderBody(site, markdown, page).html),
        )
        kept.set(page, body)
        size += body.value.length
        for (const oldest of kept.keys()) {
          if (size <= KEPT) break
          drop(oldest)
        }
        return body.value
      } finally {
        rendering.delete(page)
      }
    },
    release(page) {
      if (!inFeeds.has(page)) drop(page)
    },
    reset: () => rendering.clear(),
    locate: page => renderBody(site, markdown, page, { isLocated: true }),
    neighboursRead: page => site.dependencies.record(`around ${page.path}`),
    forget(isOutdated) {
      for (const page of kept.keys()) if (isOutdated(page)) drop(page)
    },
  }
}

const bodyLoop = (pages: readonly SitePage[]) =>
  new TemplateFailure(
    diagnostic(
      'template/loop',
      `Pages need one another’s body: ${pages.map(({ source }) => source).join(' → ')}`,
      {
        hint: 'leave the page itself out where it goes through other pages',
      },
    ),
  )

const codeRefused = (file: SourceFile) =>
  new TemplateFailure(
    diagnostic('template/code', 'This page is a template, and --no-config runs no code of the site', {
      hint: 'read the site first; if you trust it, leave --no-config out',
      file,
      span: [0, 0],
    }),
  )

/** What no comment in a text begins with. */
function unusedMark(text: string): string {
  let mark = 'line'
  while (text.includes(`<!--${mark}`)) mark += '-'
  return mark
}

/** Whether a body may depend on the template context. */
export const isTemplated = ({ source, ejs }: SitePage): boolean => isTemplate(source) || ejs === true

function renderBody(site: Site, markdown: Markdown, page: SitePage, { isLocated = false } = {}): LocatedBody {
  site.dependencies.record(`source ${page.source}`)
  const { value: source, diagnostics } = readSource(site.config.root, page.source)
  if (!source) throw new TemplateFailure(diagnostics[0]!)
  const isMarkdown = formatOf(page.source) === 'markdown'
  const inPlace = isMarkdown && !isTemplated(page)
  const { file, readInline } = site.typography.setPage(source, page, { inPlace })
  const start = bodyStart(file)
  const located = (html: string, places: LocatedBody['places']): LocatedBody => ({
    html,
    file: source,
    start: file === source ? start : bodyStart(source),
    places,
    mark,
  })
  const mark = isLocated ? unusedMark(source.text) : ''
  const written = file.text.slice(start)
  const standIn = written.trim() === '' ? site.emptyBodies[page.source] : undefined
  if (standIn !== undefined) {
    const template = compileTemplate({ path: `${page.source} (built in)`, text: standIn }, 0)
    return located(template.run(templateContext(site, page, ''), page.source), 'none')
  }
  if (isTemplated(page) && site.config.siteCode === 'none') throw codeRefused(file)
  const text = isTemplated(page)
    ? compileTemplate(file, start).run(templateContext(site, page, ''), page.source)
    : written
  const resolve = (destination: string) => resolveDestination(site, page, destination)
  const isOwnText = !isTemplated(page)
  if (!isMarkdown) {
    const html = resolveSources(text, resolve)
    return located(html, !isOwnText ? 'none' : html === text ? 'offsets' : 'lines of HTML')
  }
  const context: MarkdownContext = {
    lang: page.lang,
    resolve,
    imageSize(url) {
      site.dependencies.record(`image ${url}`)
      return site.assets.imageSize(url)
    },
    sourcesOf: (url, width) => site.pictures && pictureSources(site.pictures, url, width),
    readInline,
    ...((page.typography ?? site.config.build.typography) !== 'off' && {
      typeset: (caption: string) => site.typography.setText(caption, page.lang),
    }),
    ...(isLocated && isOwnText && { mark }),
  }
  try {
    return located(resolveSources(markdown(text, context), resolve), isOwnText ? 'lines' : 'none')
  } catch (error) {
    if (!site.config.markdown || error instanceof TemplateFailure) throw error
    throw new TemplateFailure(markdownFailed(file, error))
  }
}
