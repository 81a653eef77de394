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

/** What the names of a template are about. */
interface ContextState {
  readonly site: Site
  readonly page: SitePage
  /** The context itself: what a partial inherits from, whoever includes it. */
  readonly names: object
  /** The partials that are being included. */
  readonly included: string[]
  theme?: { readonly context: ThemeContext | undefined }
}

const STATE = Symbol('what the names are about')

const stateOf = (context: object) => (context as { readonly [STATE]: ContextState })[STATE]

/**
 * The names that a template has. All but three are on one prototype: V8 keeps the accessors of an object literal in the old generation,
 * where those of each page would keep its body and HTML alive until the next full collection.
 */
export function templateContext(site: Site, page: SitePage, body: string): object {
  const names = Object.create(shared) as object
  Object.assign(names, { site: site.config.site, page, body })
  const state: ContextState = { site, page, names, included: [] }
  // A symbol that is not enumerable is no name.
  return Object.defineProperty(names, STATE, { value: state })
}

const shared = {
  __proto__: null,
  get pages() {
    const { site } = stateOf(this)
    site.dependencies.record('pages')
    return site.pages
  },
  get collections() {
    const { site } = stateOf(this)
    site.dependencies.record('pages')
    return site.collections
  },
  get keys() {
    const { site, page } = stateOf(this)
    site.dependencies.record('keys')
    return site.keys?.show(page)
  },
  get theme() {
    const state = stateOf(this)
    return (state.theme ??= { context: themeContext(state.site, state.page) }).context
  },
  get word() {
    const { site, page } = stateOf(this)
    return (name: string, values: WordValues = {}, lang: string = page.lang) => {
      site.dependencies.record(`word ${lang} ${name}`)
      const text = site.words.find(name, lang)
      if (text === undefined) throw unknownWord(site, name)
      return text.replace(/\{(\w+)\}/g, (all, value: string) => String(values[value] ?? all))
    }
  },
  get feeds() {
    const { site, page } = stateOf(this)
    return feedsContext(site, page)
  },
  get planet() {
    const { site } = stateOf(this)
    site.dependencies.record('planet')
    return site.planet?.show()
  },
  get archive() {
    const { site } = stateOf(this)
    return (name: ArchiveName) => {
      site.dependencies.record(`archive ${JSON.stringify(name)}`)
      return site.archives.address(name)
    }
  },
  get metadata() {
    const { site, page } = stateOf(this)
    return () => {
      site.dependencies.record('feeds')
      site.dependencies.record(`feed-of-list ${page.url}`)
      return metadata(site, page)
    }
  },
  get asset() {
    const { site } = stateOf(this)
    return (name: string) => {
      site.dependencies.record(`asset ${name}`)
      return asset(site, name)
    }
  },
  get withBase() {
    const { site } = stateOf(this)
    return (address: string) => withBase(site.config.site.url, address)
  },
  get absolute() {
    const { site, page } = stateOf(this)
    return (address: string) => absoluteAddress(site.config.site.url, address, page.url)
  },
  get date() {
    const { page } = stateOf(this)
    return (value: string, style: DateStyle = 'long', lang: string = page.lang) =>
      formatDate(value, style, lang)
  },
  get typeset() {
    const { site, page } = stateOf(this)
    return (text: string, lang: string = page.lang) => site.typography.setText(text, lang)
  },
  get include() {
    const { site, page, names, included } = stateOf(this)
    return (name: string, data: object = {}): string => {
      if (included.length >= DEEPEST_INCLUDE) throw includeLoop([...included, name])
      included.push(name)
      try {
        site.dependencies.record(`partial ${name}`)
        const all = Object.create(names, Object.getOwnPropertyDescriptors(data)) as object
        return site.layouts.partial(name).run(all, page.source)
      } finally {
        included.pop()
      }
    }
  },
} satisfies Omit<TemplateNames, 'site' | 'page' | 'body'> & { readonly __proto__: null }

/** A template may use these names for values of its own, as in `<% var date = page.date %>`; what the others stand for it cannot change. */
const functions = 'word archive metadata asset withBase absolute date typeset include'.split(' ')
for (const name of functions)
  Object.defineProperty(shared, name, {
    set(value: unknown) {
      Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true })
    },
  })

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
