import { diagnostic, suggestion } from '../../core/diagnostic.ts'
import type { ArchiveName } from '../pages/archives.ts'
import { absoluteAddress, withBase } from '../../config/base-path.ts'
import type { Site } from '../site.ts'
import { formatDate, type DateStyle } from '../../core/dates.ts'
import { metadata } from './metadata.ts'
import type { SitePage } from '../pages/site-page.ts'
import { feedsContext } from './context/feeds-context.ts'
import type { TemplateNames } from './context/template-names.ts'
import { themeContext, type ThemeContext } from './context/theme-context.ts'
import { assetAddress } from '../pages/addresses.ts'
import { TemplateFailure } from './ejs.ts'

/** The greatest depth of partials that include one another: recursion that ends is allowed. */
const DEEPEST_INCLUDE = 64

/** The names that a template has. */
export function templateContext(site: Site, page: SitePage, body: string): object {
  const path: string[] = []
  const { record } = site.dependencies
  let theme: { readonly context: ThemeContext | undefined } | undefined
  const locals = {
    __proto__: null,
    site: site.config.site,
    page,
    body,
    get pages() {
      record('pages')
      return site.pages
    },
    get collections() {
      record('pages')
      return site.collections
    },
    get keys() {
      record('keys')
      return site.keys?.show(page)
    },
    get theme() {
      return (theme ??= { context: themeContext(site, page) }).context
    },
    word(name: string, values: WordValues = {}, lang: string = page.lang) {
      record(`word ${lang} ${name}`)
      const text = site.words.find(name, lang)
      if (text === undefined) throw unknownWord(site, name)
      return text.replace(/\{(\w+)\}/g, (all, value: string) => String(values[value] ?? all))
    },
    get feeds() {
      return feedsContext(site, page)
    },
    get planet() {
      record('planet')
      return site.planet?.show()
    },
    archive(name: ArchiveName) {
      record(`archive ${JSON.stringify(name)}`)
      return site.archives.address(name)
    },
    metadata() {
      record('feeds')
      record(`feed-of-list ${page.url}`)
      return metadata(site, page)
    },
    asset(name: string) {
      record(`asset ${name}`)
      return asset(site, name)
    },
    withBase: (address: string) => withBase(site.config.site.url, address),
    absolute: (address: string) => absoluteAddress(site.config.site.url, address, page.url),
    date: (value: string, style: DateStyle = 'long', lang: string = page.lang) =>
      formatDate(value, style, lang),
    typeset: (text: string, lang: string = page.lang) => site.typography.setText(text, lang),
    include(name: string, data: object = {}): string {
      if (path.length >= DEEPEST_INCLUDE) throw includeLoop([...path, name])
      path.push(name)
      try {
        record(`partial ${name}`)
        const all = Object.create(locals, Object.getOwnPropertyDescriptors(data)) as object
        return site.layouts.partial(name).run(all, page.source)
      } finally {
        path.pop()
      }
    },
  } satisfies TemplateNames & { readonly __proto__: null }
  return locals
}

type WordValues = Readonly<Record<string, string | number>>

function unknownWord({ words, config }: Site, name: string): TemplateFailure {
  const hint = `${suggestion(name, words.names)}words are those of the theme, and of ${config.dirs.layouts}/words/LANGUAGE.yaml`
  return new TemplateFailure(diagnostic('words/unknown', `There is no word “${name}”`, { hint }))
}

const includeLoop = (names: readonly string[]) =>
  new TemplateFailure(
    diagnostic('template/loop', `Partials include one another without end: ${names.slice(-4).join(' → ')}`, {
      hint: 'one of them must stop: <% if (…) { %><%- include(…) %><% } %>',
    }),
  )

function asset(site: Site, name: string): string {
  const found = site.assets.hashed(assetAddress(name) ?? '')
  if (found !== undefined) return found
  const hint = `${suggestion(name.startsWith('/') ? name : `/${name}`, site.assets.addresses)}assets are the files below ${site.config.dirs.pages}/ that are not pages`
  throw new TemplateFailure(diagnostic('template/asset', `There is no asset “${name}”`, { hint }))
}
