import type { OutputFile } from '../../core/types.ts'
import { once } from '../cache/columns.ts'
import type { Site } from '../site.ts'
import type { SitePage } from '../pages/site-page.ts'
import { element, emptyElement } from '../../core/xml.ts'

/** https://www.sitemaps.org/protocol.html allows one file this many addresses. */
const MOST = 50_000

/** The sitemap; of a very large site an index of several. */
export function sitemaps(
  { config, dependencies: tracker }: Site,
  pages: readonly SitePage[],
): readonly OutputFile[] {
  const html = once(() => pages.filter(({ path }) => path.endsWith('.html')))
  const { url: origin } = config.site
  const file = (path: string, text: () => string): OutputFile => ({
    path,
    maker: { kind: 'sitemap' },
    contents() {
      tracker.record('pages')
      return { value: text(), diagnostics: [] }
    },
  })
  if (pages.length <= MOST || html().length <= MOST)
    return [file('sitemap.xml', () => sitemap(html(), origin))]
  const parts = Array.from({ length: Math.ceil(html().length / MOST) }, (_, i) =>
    file(`sitemap-${i + 1}.xml`, () => sitemap(html().slice(i * MOST, (i + 1) * MOST), origin)),
  )
  const index = parts.map(({ path }) => `<sitemap>\n${element('loc', `${origin}/${path}`)}</sitemap>\n`)
  return [
    file('sitemap.xml', () => `${HEAD}<sitemapindex xmlns="${SITEMAP}">\n${index.join('')}</sitemapindex>\n`),
    ...parts,
  ]
}

const HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
const SITEMAP = 'http://www.sitemaps.org/schemas/sitemap/0.9'

const sitemap = (pages: readonly SitePage[], origin: string) =>
  [
    `${HEAD}<urlset xmlns="${SITEMAP}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n`,
    ...pages.map(page => place(page, origin)),
    '</urlset>\n',
  ].join('')

const place = (page: SitePage, origin: string) =>
  [
    '<url>\n',
    element('loc', origin + page.url),
    element('lastmod', page.updated ?? page.date),
    ...(page.translations.length > 0 ? [page, ...page.translations] : []).map(({ lang, url }) =>
      emptyElement('xhtml:link', { rel: 'alternate', hreflang: lang, href: origin + url }),
    ),
    '</url>\n',
  ].join('')
