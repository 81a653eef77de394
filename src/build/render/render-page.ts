import { posix } from 'node:path'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import { readSource } from '../../core/source.ts'
import { templateContext, type Bodies, type Site } from './template-context.ts'
import { bodyStart } from '../../document/document.ts'
import { formatOf, isTemplate } from '../../document/formats.ts'
import { fieldAt } from '../../document/front-matter.ts'
import { markdownFailed } from '../../document/markdown.ts'
import type { Markdown, MarkdownContext } from './render-markdown.ts'
import type { SitePage } from '../pages/site-page.ts'
import { compileTemplate, guard, TemplateFailure } from './ejs.ts'

/** A page in its layouts, ready to be written; or why it cannot be. */
export function renderPage(site: Site, page: SitePage): Result<string> {
  const before = site.assets.diagnostics.length
  const { value, diagnostics } = guard(() => layOut(site, page))
  site.bodies.release(page)
  return value === undefined ? { diagnostics } : { value, diagnostics: site.assets.diagnostics.slice(before) }
}

function layOut(site: Site, page: SitePage): string {
  site.dependencies.record(`source ${page.source}`)
  if (page.posts !== undefined) site.dependencies.record('pages')
  const body = page.body
  let html = body
  const seen = new Set<string>()
  let namedBy = page.source
  for (let name = page.layout; name !== 'none';) {
    site.dependencies.record(`layout ${name}`)
    const { template, outer } = site.layouts.layout(name, namedBy)
    if (seen.has(name)) throw layoutLoop([...seen, name], fieldAt(site.config.root, namedBy, 'layout'))
    seen.add(name)
    const inner = html
    html = site.stopwatch.measure(template.file.path, () =>
      template.run(templateContext(site, page, inner), page.source),
    )
    namedBy = template.file.path
    name = outer
  }
  site.links.page(page, body, html)
  return html
}

const layoutLoop = (names: readonly string[], at: Pick<Diagnostic, 'file' | 'span'>) =>
  new TemplateFailure(
    diagnostic('template/loop', `Layouts lead round in a circle: ${names.join(' → ')}`, {
      hint: 'take “layout” out of the front matter of the outermost one',
      ...at,
    }),
  )

/** Characters of bodies that are kept at most, for lists and feeds that go through many pages. */
const KEPT = 16 * 1024 * 1024

export function createBodies(markdown: Markdown, site: () => Site): Bodies {
  const kept = new Map<SitePage, { readonly value: string; readonly dependencies: ReadonlySet<string> }>()
  const rendering = new Set<SitePage>()
  let size = 0
  const release = (page: SitePage) => {
    size -= kept.get(page)?.value.length ?? 0
    kept.delete(page)
  }
  return {
    get(page) {
      const { dependencies: tracker } = site()
      const known = kept.get(page)
      if (known) {
        for (const dependency of known.dependencies) tracker.record(dependency)
        return known.value
      }
      if (rendering.has(page)) throw bodyLoop([...rendering, page])
      rendering.add(page)
      try {
        const body = tracker.track(() =>
          site().stopwatch.measure(page.source, () => renderBody(site(), markdown, page)),
        )
        kept.set(page, body)
        size += body.value.length
        for (const oldest of kept.keys()) {
          if (size <= KEPT) break
          release(oldest)
        }
        return body.value
      } finally {
        rendering.delete(page)
      }
    },
    release,
    neighboursRead: page => site().dependencies.record(`around ${page.path}`),
    forget(isOutdated) {
      for (const page of kept.keys()) if (isOutdated(page)) release(page)
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

/** Whether a body may depend on anything that templates see. */
export const isTemplated = ({ source, ejs }: SitePage): boolean => isTemplate(source) || ejs === true

function renderBody(site: Site, markdown: Markdown, page: SitePage): string {
  site.dependencies.record(`source ${page.source}`)
  const { value: source, diagnostics } = readSource(site.config.root, page.source)
  if (!source) throw new TemplateFailure(diagnostics[0]!)
  const isMarkdown = formatOf(page.source) === 'markdown'
  const inPlace = isMarkdown && !isTemplated(page)
  const { file, readInline } = site.setPage(source, page, { inPlace })
  const start = bodyStart(file)
  const standIn = site.emptyBodies[page.source]
  if (standIn !== undefined && file.text.slice(start).trim() === '') {
    return compileTemplate({ path: `${page.source} (built in)`, text: standIn }, 0).run(
      templateContext(site, page, ''),
      page.source,
    )
  }
  const text = isTemplated(page)
    ? compileTemplate(file, start).run(templateContext(site, page, ''), page.source)
    : file.text.slice(start)
  if (!isMarkdown) return text
  const context: MarkdownContext = {
    lang: page.lang,
    resolve: destination => resolveDestination(site, page, destination),
    imageSize(url) {
      site.dependencies.record(`image ${url}`)
      return site.assets.imageSize(url)
    },
    readInline,
  }
  try {
    return markdown(text, context)
  } catch (error) {
    if (!site.config.markdown || error instanceof TemplateFailure) throw error
    throw new TemplateFailure(markdownFailed(file, error))
  }
}

/**
 * A destination that names a source, relative to the page's own, as editors show it, becomes that source's address;
 * every other destination stays as it is.
 */
export function resolveDestination(site: Site, page: SitePage, destination: string): string {
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(destination) ?? []
  if (path === '' || /^(?:[a-z][a-z\d+.-]*:|\/)/i.test(path)) return destination
  const named = posix.join(posix.dirname(page.source), decode(path))
  site.dependencies.record(`address ${named}`)
  const url = site.addresses.get(named)
  return url === undefined ? destination : url + rest
}

const decode = (path: string) => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
