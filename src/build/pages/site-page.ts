import { enclosed, replaceEnclosed } from '../../core/text/enclosed.ts'
import type { Author, Heading, Page, Typography } from '../../core/types.ts'
import type { Fields } from '../../document/field-syntax.ts'
import { outline, plainText } from '../../document/headings.ts'
import type { Address } from './addresses.ts'

/** What a page has from its site. */
export interface PageHost {
  /** The page's body; it is asked for when a template first wants it. May throw a TemplateFailure. */
  get(page: SitePage): string
  /** Something that is being rendered depends on the pages around this one. */
  neighboursRead(page: SitePage): void
}

/** Of pages without a body, and of those that are not part of a site yet. */
const NO_HOST: PageHost = { get: () => '', neighboursRead: () => {} }

const NO_PAGES: readonly SitePage[] = []

/** A page of the site: what its front matter says, and what can be told of it without rendering. */
export class SitePage implements Page {
  readonly [field: string]: unknown
  declare readonly url: string
  declare readonly path: string
  declare readonly source: string
  declare readonly layout: string
  declare readonly lang: string
  declare readonly title: string
  declare readonly description?: string
  declare readonly guid?: string
  declare readonly tags: readonly string[]
  declare readonly author?: Author
  declare readonly css: readonly string[]
  declare readonly date?: string
  declare readonly updated?: string
  declare readonly section?: string
  declare readonly year?: number
  declare readonly typography?: Typography
  declare readonly redirectTarget?: string
  declare readonly translationOf?: string
  declare readonly unlisted?: boolean
  declare readonly feed?: boolean
  declare readonly elsewhere?: readonly string[]
  declare readonly wording?: Readonly<Record<string, string>>
  #previous: SitePage | undefined
  #next: SitePage | undefined
  #translations: readonly SitePage[] = NO_PAGES
  #host = NO_HOST

  constructor(known: Fields & Address & { readonly source: string }) {
    Object.assign(this, known)
  }

  /** From now on the page has a body. What is not a field is static: a page may have fields of any name. */
  static attach(page: SitePage, host: PageHost): void {
    page.#host = host
  }

  get body(): string {
    return this.#host.get(this)
  }

  /** Its source says something else now, and it stays where it is, among the same pages. */
  static rewrite(page: SitePage, known: SitePage): void {
    for (const field of Object.keys(page)) delete (page as Record<string, unknown>)[field]
    Object.assign(page, known)
  }

  /** From now on nothing lies between these two of a row; undefined is what lies beyond its ends. */
  static link(newer: SitePage | undefined, older: SitePage | undefined): void {
    if (newer) newer.#previous = older
    if (older) older.#next = newer
  }

  static setTranslations(page: SitePage, translations: readonly SitePage[]): void {
    page.#translations = translations
  }

  get previous(): SitePage | undefined {
    this.#host.neighboursRead(this)
    return this.#previous
  }

  get next(): SitePage | undefined {
    this.#host.neighboursRead(this)
    return this.#next
  }

  get translations(): readonly SitePage[] {
    this.#host.neighboursRead(this)
    return this.#translations
  }

  get headings(): readonly Heading[] {
    return outline(this.body)
  }

  get excerpt(): string {
    for (const { close, inner } of enclosed(this.body, /<p\b/gi, () => paragraphClose))
      if (close && inner.includes('>')) return plainText(inner.slice(inner.indexOf('>') + 1))
    return ''
  }

  get words(): number {
    const prose = replaceEnclosed(
      this.body,
      /<(pre|script|style|nav)\b/gi,
      ([, name = '']) => noProseClose.get(name.toLowerCase()),
      ({ close }) => (close ? ' ' : undefined),
    ).replace(/<\/?(?:p|li|h\d|td|th|dd|dt|br|blockquote)\b/gi, ' $&')
    return plainText(prose).match(/[\p{L}\p{N}]+(?:[-'’.][\p{L}\p{N}]+)*/gu)?.length ?? 0
  }

  get minutes(): number {
    return Math.max(1, Math.round(this.words / READING_SPEED))
  }
}

/** Words a minute of somebody who reads at ease. */
const READING_SPEED = 200

const paragraphClose = /<\/p>/gi

const noProseClose = new Map(
  ['pre', 'script', 'style', 'nav'].map(name => [name, new RegExp(`</${name}>`, 'gi')]),
)

/** Whether lists, feeds and neighbours know of it. */
export const isListed = ({ redirectTarget, unlisted, path }: SitePage): boolean =>
  redirectTarget === undefined && unlisted !== true && path !== '404.html' && !path.endsWith('/404.html')

/** A page that sends its reader on: where that page is, or, if it sends him on itself, where it does. */
export const redirectPage = (from: Address, to: SitePage): SitePage =>
  new SitePage({
    ...from,
    source: to.source,
    layout: 'redirect',
    lang: to.lang,
    title: to.title,
    tags: [],
    css: [],
    redirectTarget: to.redirectTarget ?? to.url,
  })
