import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import { basePath } from '../../config/base-path.ts'
import { rebaseHtml } from '../links/rebase.ts'
import { resolveSources } from '../links/resolve-sources.ts'
import { resolveDestination } from './resolve-destination.ts'
import { escape } from '../../core/html.ts'
import { LISTS } from './built-in-layouts.ts'
import type { Site } from '../site.ts'
import { templateContext } from './template-context.ts'
import { fieldAt } from '../../document/place/folder-defaults.ts'
import type { SitePage } from '../pages/site-page.ts'
import { guard, TemplateFailure } from './ejs.ts'

/** A page in its layouts, ready to be written; or why it cannot be. */
export function renderPage(site: Site, page: SitePage): Result<string> {
  const before = site.assets.diagnostics.length
  const { value, diagnostics } = guard(() => layOut(site, page))
  return value === undefined ? { diagnostics } : { value, diagnostics: site.assets.diagnostics.slice(before) }
}

function layOut(site: Site, page: SitePage): string {
  site.dependencies.record(`source ${page.source}`)
  // Its layout, for one, may be what its folder says.
  site.dependencies.record(`self ${page.path}`)
  if (page.posts !== undefined) site.dependencies.record('pages')
  const body = page.body
  let html = wrap(site, page, body)
  // A list in a layout that shows no title would be a page without words.
  if (LISTS.has(page.layout) && !/<h1[\s>]/i.test(html) && isBuiltIn(site, page))
    html = wrap(site, page, body, `<h1>${escape(site.typography.setText(page.title, page.lang))}</h1>\n`)
  if (html !== body) html = resolveSources(html, address => resolveDestination(site, page, address))
  site.links.page(page, body, html, site.planet?.takeShown() === true ? 'own and feeds' : 'own')
  return page.path.endsWith('.html') ? rebaseHtml(html, basePath(site.config.site.url)) : html
}

const isBuiltIn = (site: Site, { layout, source }: SitePage) =>
  site.layouts.layout(layout, source).template.file.path.endsWith('(built in)')

/** The body in its layouts, with something before what the innermost makes of it. */
function wrap(site: Site, page: SitePage, body: string, before = ''): string {
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
    if (seen.size === 1) html = before + html
    namedBy = template.file.path
    name = outer
  }
  return html
}

const layoutLoop = (names: readonly string[], at: Pick<Diagnostic, 'file' | 'span'>) =>
  new TemplateFailure(
    diagnostic('template/loop', `Layouts lead round in a circle: ${names.join(' → ')}`, {
      hint: 'take “layout” out of the front matter of the outermost one',
      ...at,
    }),
  )
