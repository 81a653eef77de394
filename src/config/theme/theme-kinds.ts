import { suggestion } from '../../core/diagnostic.ts'
import { languageTag, type Kind } from '../../core/value-kinds.ts'

/** A text, or one for each language: `{ en: 'About', ru: 'О сайте' }`. */
export type ByLanguage = string | Readonly<Record<string, string>>

/** A page of the site, by its address, or whatever an address leads to; without a title it has that of the page. */
export type NavigationItem = string | { readonly url: string; readonly title?: ByLanguage | undefined }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const byLanguage: Kind = {
  expected: "text, or text by language, such as { en: 'About', ru: 'О сайте' }",
  jsonSchema: {
    anyOf: [
      { type: 'string' },
      { type: 'object', additionalProperties: { type: 'string' }, minProperties: 1 },
    ],
  },
  accepts: value => typeof value === 'string' || faultByLanguage(value) === undefined,
  why: value => (isObject(value) ? faultByLanguage(value) : undefined),
}

function faultByLanguage(value: unknown): string | undefined {
  if (!isObject(value)) return 'it is no text'
  const entries = Object.entries(value)
  if (entries.length === 0) return 'it has no language'
  for (const [lang, text] of entries) {
    if (!languageTag.accepts(lang)) return `“${lang}” is no language`
    if (typeof text !== 'string') return `what it says in ${lang} is no text`
  }
  return undefined
}

const ADDRESS = '^(/|https?://|mailto:|xmpp:)'

export const navigationItem: Kind = {
  expected: "an address such as /about/, or { url: '/about/', title: 'About' }",
  jsonSchema: {
    anyOf: [
      { type: 'string', pattern: ADDRESS },
      {
        type: 'object',
        properties: { url: { type: 'string', pattern: ADDRESS }, title: byLanguage.jsonSchema },
        required: ['url'],
        additionalProperties: false,
      },
    ],
  },
  accepts: value => faultOfItem(value) === undefined,
  why: faultOfItem,
}

function faultOfItem(item: unknown): string | undefined {
  if (typeof item === 'string') return faultOfAddress(item)
  if (!isObject(item)) return 'an item is neither an address nor an object'
  const { url, title, ...others } = item
  const [unknown] = Object.keys(others)
  if (unknown !== undefined)
    return `“${unknown}” is no key of an item: ${suggestion(unknown, ['url', 'title'])}`.trim()
  if (typeof url !== 'string') return 'an item has no url'
  if (title !== undefined && !byLanguage.accepts(title))
    return `the title of ${url} must be ${byLanguage.expected}`
  return faultOfAddress(url)
}

const faultOfAddress = (address: string) =>
  new RegExp(ADDRESS).test(address)
    ? undefined
    : `“${address}” begins neither with a slash, as an address of this site does, nor with https://`

/** The text in a language, or in the nearest to it that there is: `pt-BR`, `pt`, the site's, the first. */
export function inLanguage(
  text: ByLanguage,
  lang: string,
  siteLanguage: string,
): { text: string; lang: string } {
  if (typeof text === 'string') return { text, lang: siteLanguage }
  const tags = new Map(
    Object.entries(text).map(([tag, each]) => [tag.replaceAll('_', '-').toLowerCase(), [tag, each]] as const),
  )
  for (const wanted of [lang, lang.split('-')[0] ?? '', siteLanguage, siteLanguage.split('-')[0] ?? '']) {
    const found = tags.get(wanted.toLowerCase())
    if (found) return { text: found[1], lang: found[0] }
  }
  const [[tag, first] = ['', '']] = Object.entries(text)
  return { text: first, lang: tag }
}
