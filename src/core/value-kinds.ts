import { checkDay, isTimeZone } from './dates.ts'
import { suggestion } from './diagnostic.ts'

/** A part of a JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** A kind of value that an author may write, in front matter or in the configuration. */
export interface Kind {
  /** Completes the sentence "it must be …". */
  readonly expected: string
  accepts(value: unknown): boolean
  /** The same for editors, in JSON Schema (2020-12), as far as that can say it: whatever is accepted is valid. */
  readonly jsonSchema: JsonSchema
  /** Why a value that has the right form is refused all the same. */
  why?(value: unknown): string | undefined
}

export const text: Kind = {
  expected: 'text',
  jsonSchema: { type: 'string' },
  accepts: value => typeof value === 'string',
}

export const flag: Kind = {
  expected: 'true or false',
  jsonSchema: { type: 'boolean' },
  accepts: value => typeof value === 'boolean',
}

export const positiveNumber: Kind = {
  expected: 'a number above 0',
  jsonSchema: { type: 'number', exclusiveMinimum: 0, maximum: 1_000_000 },
  accepts: value => typeof value === 'number' && value > 0 && value <= 1_000_000,
}

export const numberWithin = (least: number, most: number): Kind => ({
  expected: `a number from ${least} to ${most}`,
  jsonSchema: { type: 'number', minimum: least, maximum: most },
  accepts: value => typeof value === 'number' && value >= least && value <= most,
})

export const wholeNumber: Kind = {
  expected: 'a whole number',
  jsonSchema: { type: 'integer' },
  accepts: value => Number.isInteger(value),
}

/** POSIX writes `ru_RU` where BCP 47 has `ru-RU`. */
export const canonicalLanguage = (tag: string): string => tag.replaceAll('_', '-')

/** BCP 47, as `Intl` reads it, which takes its time; most sites have one or two. */
export const languageTag: Kind = {
  expected: 'a language tag such as en, ru or pt-BR',
  jsonSchema: { type: 'string', pattern: '^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$' },
  accepts(value) {
    try {
      if (typeof value !== 'string') return false
      if (!languageTags.has(value))
        languageTags.set(value, Intl.getCanonicalLocales(canonicalLanguage(value)).length === 1)
      return languageTags.get(value) === true
    } catch {
      return false
    }
  },
}

const languageTags = new Map<string, boolean>()

export const webAddress: Kind = {
  expected: 'an address such as https://example.org',
  jsonSchema: { type: 'string', pattern: '^https?://' },
  accepts: value => typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value),
}

/** Where a site begins: everything of it lies below this address. */
export const siteAddress: Kind = {
  expected: 'an address such as https://example.org or https://user.example/blog/',
  jsonSchema: { type: 'string', pattern: '^https?://' },
  accepts: value => webAddress.accepts(value) && partBesidesPath(String(value)) === undefined,
  why(value) {
    const part = webAddress.accepts(value) ? partBesidesPath(String(value)) : undefined
    return part && `${part} can be no part of the address of every page`
  },
}

function partBesidesPath(address: string): string | undefined {
  const { username, password, pathname } = new URL(address)
  if (username !== '' || password !== '') return 'a name or password'
  const rest = /[?#].*$/s.exec(address)?.[0]
  if (rest !== undefined) return `“${rest}”`
  const file = /(?<![^/])[^/]+\.html?$/i.exec(pathname)?.[0]
  return file === undefined ? undefined : `the file ${file}`
}

/** Any absolute address, a person's too. */
export const address: Kind = {
  expected: 'an address such as mailto:me@example.org or https://example.org',
  jsonSchema: { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9+.-]*:' },
  accepts: value => typeof value === 'string' && /^[a-z][a-z\d+.-]*:\S+$/i.test(value) && URL.canParse(value),
}

export const timeZone: Kind = {
  expected: 'the name of a time zone such as Europe/Moscow',
  jsonSchema: { type: 'string' },
  accepts: value => typeof value === 'string' && /^[a-z]/i.test(value) && isTimeZone(value),
}

export const day: Kind = {
  expected: 'a day such as 2027-11-21',
  jsonSchema: { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}' },
  accepts: value => typeof value === 'string' && checkDay(value) === undefined,
  why: value => (typeof value === 'string' && /^\d/.test(value) ? checkDay(value) : undefined),
}

export const oneOf = (...choices: readonly string[]): Kind => ({
  expected: `one of ${choices.join(', ')}`,
  jsonSchema: { enum: choices },
  accepts: value => typeof value === 'string' && choices.includes(value),
  why: value => (typeof value === 'string' && suggestion(value, choices).trim()) || undefined,
})

export const listOf = (item: Kind): Kind => ({
  expected: `a list, each item ${item.expected}`,
  jsonSchema: { type: 'array', items: item.jsonSchema },
  accepts: value => Array.isArray(value) && value.every(each => item.accepts(each)),
  why(value) {
    const wrong = Array.isArray(value) ? value.find(each => !item.accepts(each)) : undefined
    return wrong === undefined ? undefined : item.why?.(wrong)
  },
})

export const either = (one: Kind, other: Kind): Kind => ({
  expected: `${one.expected} or ${other.expected}`,
  jsonSchema: { anyOf: [one.jsonSchema, other.jsonSchema] },
  accepts: value => one.accepts(value) || other.accepts(value),
})

export const mapOf = (item: Kind): Kind => ({
  expected: `names, each with ${item.expected}`,
  jsonSchema: { type: 'object', additionalProperties: item.jsonSchema },
  accepts: value =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(each => item.accepts(each)),
})

/** Who wrote something: a name, or a name and an address, which may be one within the site. */
export const person: Kind = {
  expected: 'a name, or { name, url }',
  jsonSchema: {
    anyOf: [
      { type: 'string' },
      {
        type: 'object',
        properties: { name: { type: 'string' }, url: { type: 'string' } },
        required: ['name'],
        additionalProperties: false,
      },
    ],
  },
  accepts(value) {
    if (typeof value === 'string') return value.trim() !== ''
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    const { name, url, ...others } = value as Record<string, unknown>
    const hasAddress =
      url === undefined ||
      (typeof url === 'string' && /^(?:https?:\/\/|\/|mailto:)/.test(url) && URL.canParse(url, 'https://a'))
    return typeof name === 'string' && name.trim() !== '' && hasAddress && Object.keys(others).length === 0
  },
}

/** Directives of a Content-Security-Policy that say what may be loaded or done, with more sources for each; or none at all. */
export const policy: Kind = {
  expected: "false, or directives with sources, such as { 'script-src': ['https://example.org'] }",
  jsonSchema: {
    anyOf: [
      { const: false },
      { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
    ],
  },
  accepts: value =>
    value === false ||
    (mapOf(listOf(text)).accepts(value) &&
      Object.entries(value as object).every(
        ([name, sources]) =>
          DIRECTIVE.test(name) && (sources as string[]).every(each => /^[^\s;,]+$/.test(each)),
      )),
}

const DIRECTIVE =
  /^(?:(?:default|child|connect|font|frame|img|manifest|media|object|worker)-src|(?:script|style)-src(?:-elem|-attr)?|base-uri|form-action|frame-ancestors)$/

/** Whatever the author likes. */
export const anything: Kind = { expected: 'anything', jsonSchema: {}, accepts: () => true }
