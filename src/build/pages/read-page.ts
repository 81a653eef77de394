import { append } from '../../core/lists/long-lists.ts'
import { posix } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { decodeHTMLStrict } from 'entities/decode'
import type { Config } from '../../config/config.ts'
import { diagnostic, hasErrors } from '../../core/diagnostic.ts'
import type { Author, Diagnostic, ExtendMarkdown, Result, SourceFile } from '../../core/types.ts'
import { markdownFailed, parserFor } from '../../document/markdown.ts'
import { canonicalLanguage } from '../../core/value-kinds.ts'
import { normalizeDate } from '../../core/dates.ts'
import { digest } from '../../core/hash.ts'
import { readDocument, type Document } from '../../document/document.ts'
import { readHtmlDocument } from '../../document/html-tags.ts'
import { languageOfPage } from '../../document/page-language.ts'
import { wrongDay, type FileName } from '../../document/place/file-name.ts'
import { NONE, type PageDefaults } from '../../document/place/folder-defaults.ts'
import type { Fields, FrontMatter } from '../../document/field-syntax.ts'
import { checkFields, checkNames, defaultFields, settledFields } from '../../document/front-matter.ts'
import { splitHeading } from '../../document/heading-attributes.ts'
import { foreignSyntax } from '../../document/opaque/foreign.ts'
import { plainText } from '../../document/headings.ts'
import { ALWAYS, publicationOf, type HeldBack, type Window } from './publication.ts'
import { SitePage } from './site-page.ts'
import { excess } from '../../document/syntax/excess.ts'
import { mathFaults } from '../../document/syntax/math-ml.ts'
import { permalinkAddress } from './permalink.ts'
import { addressOf, writtenAddress, type Address } from './addresses.ts'

/** A page that was read, and waits for the others. */
export interface ParsedPage {
  readonly page: SitePage
  /** Addresses that lead to it. */
  readonly aliases: readonly Address[]
  /** The path of its source without ending and language, when the file’s name says a language: so are its translations called. */
  readonly namesake?: string | undefined
  /** A digest of all that other pages can show of it but its body. */
  readonly metadata: string
  readonly window: Window | undefined
}

interface ReadOptions {
  readonly config: Config
  /** Milliseconds since 1970. */
  readonly now: number
  /** What the page's folders say of it. */
  readonly defaults?: PageDefaults
}

/** Makes a page of a source; `source` is relative to the pages folder. One that is not published at that moment is held back. */
export function readPage(
  file: SourceFile,
  source: string,
  { config, now, defaults = NONE }: ReadOptions,
): Result<ParsedPage | HeldBack> {
  const document = readDocument(file)
  const diagnostics = [...checkFields(document), ...checkNames(document, config.fields)]
  if (hasErrors(diagnostics)) return { diagnostics }
  const { frontMatter, bodyStart, name } = document
  const written = withoutNulls(settledFields(document))
  const all = merged(defaults.fields, written)
  const data = merged(all, {
    date: written.date ?? written.publishDate ?? name.day ?? all.date ?? all.publishDate,
  })
  const publication = config.build.drafts
    ? ALWAYS
    : publicationOf(data, source, { now, timeZone: config.site.timeZone })
  const { window } = publication
  if (publication.why !== undefined)
    return { value: { source: file.path, why: publication.why, window }, diagnostics }

  const problems: Diagnostic[] = [...redirectProblems(file, frontMatter), ...nameProblems(document)]
  const refuse = (field: string, written: string, why: string) => {
    const hint = 'an address looks like /posts/2026/name/ or /name.html'
    const isOwn = Object.hasOwn(frontMatter.fields, field)
    const at = isOwn ? { file, span: frontMatter.span(field, 'value') } : (defaults.at(field) ?? { file })
    problems.push(diagnostic('route/address', `“${written}” can be no address: ${why}`, { hint, ...at }))
  }
  const place =
    data.permalink === undefined
      ? addressOf(source, { name, slug: data.slug as string | undefined, siteLang: config.site.lang })
      : permalinkAddress(String(data.permalink), {
          source,
          name,
          date: dateOf(data.date),
          slug: data.slug as string | undefined,
          section: sectionOf(document, source, data),
        })
  const field = data.permalink === undefined ? 'slug' : 'permalink'
  if (typeof place === 'string') refuse(field, String(data[field] ?? source), place)
  const aliases = ['aliases', 'redirect_from'].flatMap(name =>
    wordsOf(data[name]).flatMap(written => {
      const alias = writtenAddress(written)
      if (typeof alias !== 'string') return [alias]
      refuse(name, written, alias)
      return []
    }),
  )
  if (problems.length > 0 || typeof place === 'string') return { diagnostics: [...problems, ...diagnostics] }

  let fields: ReturnType<typeof describe>
  try {
    fields = describe(document, source, { data, written }, config)
    if (document.format === 'markdown')
      append(diagnostics, excess(document, config.markdown), mathFaults(document, config.markdown))
  } catch (error) {
    if (!config.markdown) throw error
    return { diagnostics: [markdownFailed(file, error)] }
  }
  const page = new SitePage(Object.assign(fields, place, { source: file.path }))
  const metadata = digest([file.text.slice(0, bodyStart), page.title, JSON.stringify(defaults.fields)])
  // What plug-ins make something of is not for this to say.
  const foreign = config.markdown ? [] : foreignSyntax(document)
  const namesake = name.lang === undefined ? undefined : namesakeOf(file.path, name)
  return {
    value: { page, aliases: withoutPaths(aliases, [page.path]), metadata, window, namesake },
    diagnostics: [...diagnostics, ...foreign],
  }
}

/** The page as it was read, for another arrangement: it knows no neighbours and no translations yet. */
export const copyOf = (parsed: ParsedPage): ParsedPage => ({ ...parsed, page: new SitePage(parsed.page) })

/**
 * Whether a page was only given another title or description: where it is, and what it is filed under and listed among, stays
 * as it was. A page that sends readers on from elsewhere has its title from this one.
 */
export function isReworded(before: ParsedPage, after: ParsedPage): boolean {
  const rest = ({ page, aliases }: ParsedPage) => [{ ...page, title: '', description: '' }, aliases]
  return after.aliases.length === 0 && isDeepStrictEqual(rest(before), rest(after))
}

/** `pages/posts/2026-01-02-a.ru.md` -> `pages/posts/a` */
export const namesakeOf = (source: string, { stem }: FileName): string =>
  posix.join(posix.dirname(source), stem)

function nameProblems({ file, name }: Document): readonly Diagnostic[] {
  const why = wrongDay(name)
  if (why === undefined) return []
  const message = `The name of this page begins with ${name.day}, which is no date: ${why}`
  return [diagnostic('front-matter/date', message, { hint: 'give it another name', file, span: [0, 0] })]
}

/** As by spreading, which takes V8 several times as long where it has not seen the fields before: a fifth of the reading of a page. */
const merged = (...fields: readonly Fields[]): Fields => Object.assign({}, ...fields) as Fields

const withoutNulls = (data: Fields): Fields =>
  Object.values(data).includes(null)
    ? Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null))
    : data

function redirectProblems(file: SourceFile, { fields, span }: FrontMatter): readonly Diagnostic[] {
  const { layout, redirectTarget } = withoutNulls(fields)
  const problem = (message: string, hint: string, field: string) => [
    diagnostic('front-matter/redirect', message, { hint, file, span: span(field, 'value') }),
  ]
  if (layout === 'redirect' && redirectTarget === undefined) {
    return problem('A redirect must say where to', 'add redirectTarget: /some/page/', 'layout')
  }
  if (redirectTarget === undefined) return []
  if (layout !== 'redirect')
    return problem(
      'redirectTarget has no effect without its layout',
      'add layout: redirect',
      'redirectTarget',
    )
  const target = String(redirectTarget)
  if (/^(?:\/(?!\/)|https?:\/\/)/.test(target) && URL.canParse(target, 'https://example.org')) return []
  return problem(
    `“${target}” is no place to go`,
    'write /some/page/ or https://example.org/',
    'redirectTarget',
  )
}

/** The fields that every page has, from front matter, from its place or from the site. */
function describe(
  document: Document,
  source: string,
  { data, written }: { readonly data: Fields; readonly written: Fields },
  { site, markdown }: Config,
) {
  const { file, bodyStart } = document
  const date = dateOf(data.date)
  const segments = source.split('/')
  const { stem, isList } = document.name
  const whole = document.format === 'html' ? readHtmlDocument(file.text, bodyStart) : undefined
  const yearFolder = segments.slice(0, -1).find(segment => /^\d{4}$/.test(segment))
  return Object.assign({}, defaultFields, data, {
    layout: String(
      written.layout ??
        (whole ? 'none' : isList && segments.length > 1 ? 'section' : (data.layout ?? defaultFields.layout)),
    ),
    lang: languageOfPage(document, languageIn(data, site)).tag,
    title:
      characters(data.title ?? whole?.title) ??
      firstHeading(file.text, bodyStart, markdown) ??
      (stem === 'index' ? (segments.at(-2) ?? site.title) : stem),
    description: characters(data.description),
    section: sectionOf(document, source, data),
    tags: [...new Set(['tags', 'categories', 'category'].flatMap(field => wordsOf(data[field])))],
    year:
      (data.year as number | undefined) ??
      (date ? Number(date.slice(0, 4)) : yearFolder ? Number(yearFolder) : undefined),
    date,
    updated: dateOf(data.updated),
    author: typeof data.author === 'string' ? { name: data.author } : (data.author as Author | undefined),
    css: [data.css ?? []].flat() as string[],
  })
}

/** What a page is written in that does not say it: what its folder says, or the site. */
const languageIn = ({ lang }: Fields, site: Config['site']) =>
  typeof lang === 'string' ? canonicalLanguage(lang) : site.lang

/** The folder of an index is its own place, unless it shows what is in it. */
function sectionOf({ name: { stem, isList } }: Document, source: string, data: Fields): string | undefined {
  const segments = source.split('/')
  const inFolder = segments.length > (stem === 'index' && !isList ? 2 : 1)
  return (data.section as string | undefined) ?? (inFolder ? segments[0] : undefined)
}

/** Of addresses that are the same file, such as /a and /a/, one; without those of these paths. */
function withoutPaths(addresses: readonly Address[], paths: readonly string[]): readonly Address[] {
  const taken = new Set(paths)
  return addresses.filter(({ path }) => {
    const isNew = !taken.has(path)
    taken.add(path)
    return isNew
  })
}

const wordsOf = (words: unknown) => (words ?? []) as readonly string[]

const dateOf = (written: unknown) => (typeof written === 'string' ? normalizeDate(written) : undefined)

/** An author writes `&nbsp;` so as to see it; machines and readers are given the character. */
const characters = (written: unknown) => (typeof written === 'string' ? decodeHTMLStrict(written) : undefined)

/** The text of the heading that a body begins with, without its markup: by the parser that renders it. */
function firstHeading(text: string, bodyStart: number, extend?: ExtendMarkdown): string | undefined {
  // Behind four blanks it would be code.
  const heading = /\s*#(?=[ \t])[^\r\n]*\S/y
  heading.lastIndex = bodyStart
  const written = heading.exec(text)?.[0]
  if (written === undefined) return undefined
  const html = parserFor(extend).render(written)
  return html.startsWith('<h1') ? splitHeading(plainText(html)).text : undefined
}
