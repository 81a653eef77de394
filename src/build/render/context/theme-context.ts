import { inLanguage, type NavigationItem } from '../../../config/theme/theme-kinds.ts'
import { scriptOf } from '../../../document/page-language.ts'
import type { Site } from '../../site.ts'
import type { SitePage } from '../../pages/site-page.ts'

/** A link of the theme's. */
export interface ThemeLink {
  /** Root-relative or absolute. */
  readonly url: string
  readonly title: string
  /** Of the title. */
  readonly lang: string
  /** Whether it leads to the page that it is on. */
  readonly isHere: boolean
}

/** What the settings of the theme come to on a page: `theme` of templates. */
export interface ThemeContext {
  /** The address of the home page, in the page's language if there is one; undefined where there is none. */
  readonly home: string | undefined
  /** Whether the page is the home page of a language. */
  readonly isHome: boolean
  readonly navigation: readonly ThemeLink[]
  /** The page in other languages or, where it is not, their home. */
  readonly languages: readonly ThemeLink[]
  readonly footer: { readonly text: string; readonly lang: string } | undefined
  /** The address of the list of posts, in the page’s language if there is one; undefined where there is none. */
  readonly posts: string | undefined
  /** Addresses of the fonts that the page shows first. */
  readonly fonts: readonly string[]
  /** Whether a post belongs into the lists of the page's language: those of the site's own language have all. */
  lists(post: SitePage): boolean
  /** What a language is called by those who speak it. */
  nameOf(lang: string): string
}

/** Undefined for a site without the theme. What is asked of other pages is recorded. */
export function themeContext(site: Site, page: SitePage): ThemeContext | undefined {
  const { theme, site: about } = site.config
  if (!theme) return undefined
  const isOwn = (lang: string) => lang === about.lang
  const homeOf = (lang: string): string | undefined => {
    if (isOwn(lang)) return pageAt(site, '/')?.url
    return pageAt(site, `/${lang}/`)?.url ?? translationOf(pageAt(site, '/'), lang)?.url
  }
  return {
    get home() {
      return homeOf(page.lang) ?? homeOf(about.lang)
    },
    get isHome() {
      return page.url === homeOf(page.lang)
    },
    get navigation() {
      const items = theme.navigation ?? ['/posts/', '/tags/', '/about/'].filter(url => pageAt(site, url))
      return items.map(item => linkTo(site, page, item))
    },
    get languages() {
      return theme.languages.flatMap(lang => {
        if (lang === page.lang || theme.languages.length < 2) return []
        const url = page.translations.find(each => each.lang === lang)?.url ?? homeOf(lang)
        return url === undefined ? [] : [{ url, title: nameOf(lang), lang, isHere: false }]
      })
    },
    get footer() {
      const text = theme.footer ?? about.description
      return text === undefined || text === '' ? undefined : inLanguage(text, page.lang, about.lang)
    },
    get posts() {
      const list = pageAt(site, '/posts/')
      return list && (translationOf(list, page.lang) ?? list).url
    },
    fonts: fontsOf(page, theme.face),
    lists: post => isOwn(page.lang) || post.lang === page.lang,
    nameOf,
  }
}

function pageAt({ dependencies, pageAt: find }: Site, url: string): SitePage | undefined {
  dependencies.record(`at ${url}`)
  return find(url)
}

const translationOf = (page: SitePage | undefined, lang: string) =>
  page?.translations.find(each => each.lang === lang)

function linkTo(site: Site, page: SitePage, item: NavigationItem): ThemeLink {
  const { url, title } = typeof item === 'string' ? { url: item, title: undefined } : item
  const there = url.startsWith('/') ? pageAt(site, url) : undefined
  const target = there?.lang === page.lang ? there : (translationOf(there, page.lang) ?? there)
  const address = target?.url ?? url
  const shown =
    title === undefined
      ? titleOf(site, target, { url, page })
      : inLanguage(title, page.lang, site.config.site.lang)
  return { url: address, title: shown.text, lang: shown.lang, isHere: address === page.url }
}

/** What a site has by custom, and words for. */
const PLACES: ReadonlySet<string> = new Set(['posts', 'tags', 'about'])

/** That of the page, in the page's language; for a page in another one, and those that nobody wrote, the word of its name. */
function titleOf(
  { words, dependencies }: Site,
  target: SitePage | undefined,
  { url, page }: { readonly url: string; readonly page: SitePage },
): { readonly text: string; readonly lang: string } {
  const { lang } = page
  const isWritten = target !== undefined && !target.source.endsWith('(made by the program)')
  if (isWritten && target.lang === lang) return { text: target.title, lang }
  const name = /([^/]+)\/?$/.exec(url)?.[1] ?? ''
  dependencies.record(`word ${lang} ${name}`)
  const word = PLACES.has(name) ? words.findIn(name, lang) : undefined
  if (word !== undefined) return { text: word, lang }
  return { text: target?.title ?? url, lang: target?.lang ?? lang }
}

/** The name that its speakers give it; to ask Intl takes 10 ms a language. */
function nameOf(lang: string): string {
  let name = names.get(lang)
  if (name === undefined) {
    const found = new Intl.DisplayNames(lang, { type: 'language' }).of(lang) ?? lang
    name = found.slice(0, 1).toLocaleUpperCase(lang) + found.slice(1)
    names.set(lang, name)
  }
  return name
}

const names = new Map<string, string>()

/** A post begins with small capitals, of its own script. */
function fontsOf({ lang, layout }: SitePage, face: string): readonly string[] {
  const isCyrillic = scriptOf(lang) === 'Cyrl'
  const caps = layout === 'post' ? [isCyrillic ? 'caps-cyrillic' : 'caps-latin'] : []
  return ['latin', ...(isCyrillic ? ['cyrillic'] : []), ...caps].map(name => `/fonts/${face}/${name}.woff2`)
}
