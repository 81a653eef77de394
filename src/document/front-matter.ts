// Longer than 250 lines: the table of page fields, a row each, stands beside the checks that read it.
import { distance } from 'fastest-levenshtein'
import { diagnostic } from '../core/diagnostic.ts'
import {
  anything,
  either,
  flag,
  languageTag,
  listOf,
  mapOf,
  oneOf,
  person,
  text,
  wholeNumber,
  type Kind,
} from '../core/value-kinds.ts'
import type { Diagnostic } from '../core/types.ts'
import { checkDay, normalizeDate } from '../core/dates.ts'
import type { Document } from './document.ts'
import type { Fields, FrontMatter } from './field-syntax.ts'

/** A field of a page that the program knows; all others are the author's. The manual's tables are made of these rows. */
interface PageField {
  /** What front matter may say; a field without a kind is computed for every page, and front matter cannot have it. */
  readonly kind?: Kind
  /** What templates see when front matter says nothing: a value … */
  readonly default?: unknown
  /** … or, in words, what it is made of, in read-page.ts. */
  readonly otherwise?: string
  /** For the reference. */
  readonly words: string
  /** As somebody writes it, for a hint. */
  readonly example?: string
  /** Whether it keeps a page back, or decides when it comes and goes: a slip in its name publishes what nobody meant to. */
  readonly isGuard?: boolean
}

/** A list of words, or one. */
const words = listOf(text)

/** A day or a time: text that is read further. */
const date: Kind = { ...text }

const computed = (words: string): PageField => ({ words })

export const pageFields: Readonly<Record<string, PageField>> = {
  title: {
    kind: text,
    words: 'for the page, lists and machines',
    otherwise: 'its first heading, or its `<title>`, or its file’s name',
  },
  description: { kind: text, words: 'for lists and machines' },
  layout: {
    kind: text,
    words: 'a file of `layouts/`, without `.ejs`; `none` for the body alone',
    default: 'default',
    otherwise: '`default`; `none` for a whole HTML document',
  },
  lang: {
    kind: languageTag,
    words: 'the page’s language',
    otherwise: 'that of its file’s name (`a.ru.md`), or the site’s',
    example: 'ru',
  },
  date: {
    kind: date,
    words: '`2026-11-21` or `2026-11-21T10:00:00+03:00`; a page of a time to come is not published yet',
    otherwise: 'its `publishDate`, or the day that its file’s name begins with',
    isGuard: true,
  },
  updated: { kind: date, words: 'when it was last changed, written as `date` is' },
  draft: {
    kind: flag,
    words: '`true` keeps the page back, as a folder `_drafts/` does; `build --drafts` shows it',
    example: 'true',
    isGuard: true,
  },
  published: { kind: flag, words: '`false` keeps it back', example: 'false', isGuard: true },
  hidden: { kind: flag, words: '`true` keeps it back', example: 'true', isGuard: true },
  publishDate: { kind: date, words: 'when it comes, if later than its `date`', isGuard: true },
  unlisted: {
    kind: flag,
    words: '`true`: at its address, but in no list, feed or sitemap, so that you can show it to somebody',
    example: 'true',
    isGuard: true,
  },
  feed: { kind: flag, words: '`false` keeps it out of the feeds', example: 'false' },
  elsewhere: {
    kind: words,
    words: 'as `build.elsewhere` of the configuration, for the links of this page',
    example: '[/webmail/]',
  },
  expiryDate: { kind: date, words: 'when it goes', isGuard: true },
  tags: { kind: words, words: 'a list, or one', default: Object.freeze([]), example: '[typography, keys]' },
  author: {
    kind: person,
    words: 'who wrote it, when not `site.author`: a name or `{ name, url }`, which is what templates see',
    example: '{ name: Ann, url: https://example.org/ }',
  },
  categories: {
    kind: words,
    words: 'more tags, as other generators call them; `category`, too',
    example: '[typography]',
  },
  category: { kind: words, words: 'the same', example: 'typography' },
  section: { kind: text, words: 'what lists file it under', otherwise: 'its first folder' },
  year: {
    kind: wholeNumber,
    words: 'what lists file it under',
    otherwise: 'that of its date, or of its folder',
    example: '2026',
  },
  slug: { kind: text, words: 'the last part of the address', otherwise: 'its file’s name' },
  permalink: {
    kind: text,
    words:
      'the whole address: `/some/where/`, `/feed.xml` or a pattern, of `:year :month :day :slug :filename :section :sections`',
    otherwise: 'its place in `pages/`',
  },
  aliases: { kind: words, words: 'old addresses that lead here', example: '[/old/address/]' },
  redirect_from: { kind: words, words: 'the same, as Jekyll calls them', example: '[/old/address/]' },
  redirectTarget: { kind: text, words: 'with `layout: redirect`, where this address and its aliases lead' },
  translationOf: { kind: text, words: 'the address or file of the page that this one translates' },
  guid: {
    kind: text,
    words: 'what feeds know the page by; when it moves, the address that it had first',
    otherwise: 'its address',
  },
  image: { kind: anything, words: 'a picture for those who link here' },
  css: {
    kind: either(text, listOf(text)),
    words: 'stylesheets of this page alone',
    default: Object.freeze([]),
  },
  ejs: { kind: flag, words: '`true` runs EJS in a Markdown page first' },
  typography: {
    kind: oneOf('off', 'warn', 'error', 'fix'),
    words: 'as `build.typography` of the configuration, for this page',
    otherwise: 'the configuration’s',
  },
  wording: {
    kind: mapOf(text),
    words: 'other words for the parts of a keys page',
    example: '{ open: Open my chat }',
  },
  url: computed('its address, from the root of the site'),
  path: computed('its file in the output folder'),
  source: computed('its source, from the root of the site'),
  body: computed('its HTML without a layout'),
  headings: computed('a list of `{ level, id, text }`'),
  excerpt: computed('the first paragraph, as plain text'),
  words: computed('how many it has'),
  minutes: computed('how long it takes to read'),
  previous: computed('the older page of the same section and language'),
  next: computed('the newer one'),
  translations: computed('the same page in other languages'),
}

/** What every page has whose front matter says nothing. */
export const defaultFields: Readonly<Record<string, unknown>> = Object.fromEntries(
  Object.entries(pageFields).flatMap(([name, field]) => ('default' in field ? [[name, field.default]] : [])),
)

/** Why a document is no page of a site: what keeps it from being read, and every known field that says what it cannot. */
export const checkFields = (document: Document): readonly Diagnostic[] => {
  const { file, frontMatter, diagnostics } = document
  const wrong = Object.entries(settledFields(document)).flatMap(([name, value]) => {
    const found = checkField(document, name, value)
    if (!found) return []
    const { code, message, hint } = found
    const span = frontMatter.span(name, code === 'front-matter/reserved' ? 'key' : 'value')
    return [diagnostic(code, message, { hint, file, span })]
  })
  return wrong.length > 0 ? wrong : diagnostics
}

/**
 * The fields with the values that their authors meant: text may look like a number, a list of one like text, a whole number be between
 * quotation marks. What is no such thing stays as it is.
 */
export function settledFields({ frontMatter }: Document): Fields {
  const { fields } = frontMatter
  // Of most pages every field is what it is meant to be.
  if (Object.keys(fields).every(name => kindToSettle(name, fields[name]) === undefined)) return fields
  const entries = Object.entries(fields).map(([name, value]) => {
    const kind = kindToSettle(name, value)
    const meant = kind && meantBy(name, kind, frontMatter)
    return [name, meant !== undefined && kind?.accepts(meant) ? meant : value] as const
  })
  return Object.fromEntries(entries)
}

/** What a field is to be, when it is something else. */
function kindToSettle(name: string, value: unknown): Kind | undefined {
  const kind = Object.hasOwn(pageFields, name) ? pageFields[name]?.kind : undefined
  return kind && value !== null && !kind.accepts(value) ? kind : undefined
}

function meantBy(name: string, kind: Kind, { fields, written }: FrontMatter): unknown {
  const value = fields[name]
  const isScalar = (each: unknown) => ['string', 'number', 'boolean'].includes(typeof each)
  if (kind === wholeNumber)
    return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined
  // An address, a layout and the like that are true or false are another generator’s switches.
  if (kind === text) return name === 'title' || typeof value === 'number' ? written(name) : undefined
  if (kind !== words) return undefined
  if (value === '') return []
  if (isScalar(value)) return [written(name)]
  return Array.isArray(value) && value.every(isScalar) ? written(name) : undefined
}

/**
 * Fields whose names are nearly those of fields that the program reads: another case, two letters exchanged, or one letter wrong in a
 * name of five or more. `own` are names that the configuration has for the author’s own.
 */
export function checkNames(document: Document, own: readonly string[]): readonly Diagnostic[] {
  const { file, frontMatter } = document
  return Object.keys(frontMatter.fields).flatMap(name => {
    if (name === '__proto__' || Object.hasOwn(pageFields, name) || own.includes(name)) return []
    const meant = similarField(name)
    if (meant === undefined) return []
    const code = pageFields[meant]?.isGuard ? 'front-matter/misspelt' : 'front-matter/similar'
    const message = `“${name}” is a field of your own, and “${meant}” one that is read`
    const hint = `write ${meant}, or fields: ['${name}'] in the configuration when it is yours`
    return [diagnostic(code, message, { hint, file, span: frontMatter.span(name, 'key') })]
  })
}

/** The field that is read whose name this one of an author’s own is nearly. */
export function similarField(name: string): string | undefined {
  const near = readFields.filter(known => isNear(name, known))
  return near.find(known => pageFields[known]?.isGuard) ?? near[0]
}

const readFields = Object.keys(pageFields).filter(name => pageFields[name]?.kind)

const plainName = (name: string) => name.toLowerCase().replace(/[-_]/g, '')

function isNear(name: string, known: string): boolean {
  const [one, other] = [plainName(name), plainName(known)]
  // Several of something are a field of their own, as authors are.
  if (!pageFields[known]?.isGuard && (one === `${other}s` || other === `${one}s`)) return false
  if (one === other || isSwapped(one, other)) return true
  return known.length >= 5 && Math.abs(one.length - other.length) <= 1 && distance(one, other) === 1
}

/** Whether two neighbouring letters have changed places. */
function isSwapped(one: string, other: string): boolean {
  if (one.length !== other.length) return false
  const at = [...one].findIndex((letter, i) => letter !== other[i])
  return at >= 0 && one.slice(0, at) + (one[at + 1] ?? '') + one[at] + one.slice(at + 2) === other
}

/** What other generators mean by it. */
const hints = new Map([
  [
    'permalink: false',
    'a page has an address; hidden: true keeps it back, or move it out of the pages folder',
  ],
  ['layout: false', 'write layout: none for the body alone'],
])

/** A day for a number that was written as a date: a year, `202601`, `20260131`. */
function day(value: number): string {
  const [, year = '2026', month = '01', dayOfMonth = '01'] =
    /^(\d{4})(\d\d)?(\d\d)?$/.exec(String(value)) ?? []
  return `${year}-${month}-${dayOfMonth}`
}

function checkField({ file, frontMatter }: Document, name: string, value: unknown) {
  const field = Object.hasOwn(pageFields, name) ? pageFields[name] : undefined
  if (name === '__proto__' || (field && !field.kind)) {
    const message = `“${name}” is computed for every page; front matter cannot set it`
    const isAddress = /^(?:url|path)$/.test(name) && typeof value === 'string'
    const hint = isAddress
      ? `for another address write permalink: ${value.startsWith('/') ? value : `/${value}`}`
      : name === 'excerpt'
        ? 'it is the first paragraph; for lists and machines write description'
        : 'give your field another name'
    return { code: 'front-matter/reserved', message, hint } as const
  }
  if (!field?.kind || value === null) return undefined
  const { kind, example = 'some words' } = field
  if (!kind.accepts(value)) {
    const message = `“${name}” is ${JSON.stringify(value)}; it must be ${kind.expected}`
    const written = file.text.slice(...frontMatter.span(name, 'value'))
    const known = hints.get(`${name}: ${String(value)}`)
    if (known !== undefined) return { code: 'front-matter/value', message, hint: known } as const
    if (kind === date && typeof value === 'number')
      return {
        code: 'front-matter/value',
        message,
        hint: `write a day, as in ${name}: ${day(value)}`,
      } as const
    if (name === 'published' && checkDay(normalizeDate(String(value))) === undefined)
      return { code: 'front-matter/value', message, hint: `write date: ${String(value)}` } as const
    const quotable = (kind === text || kind === date) && !/[\r\n']/.test(written)
    const hint = quotable ? `quote it: ${name}: '${written}'` : `write, for example, ${name}: ${example}`
    return { code: 'front-matter/value', message, hint } as const
  }
  const wrong = kind === date ? checkDay(normalizeDate(String(value))) : undefined
  if (!wrong) return undefined
  const message = `“${name}” is ${String(value)}, which is no date: ${wrong}`
  const hint = 'write a day as 2026-11-21, a time as 2026-11-21T10:00:00+03:00'
  return { code: 'front-matter/date', message, hint } as const
}
