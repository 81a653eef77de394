/**
 * Whether what was read back has the form of what a `BuildCache` is made of, to its leaves: a file of another program, or one that somebody
 * made, is to be no cache at all, and never a fault in the midst of a build.
 */
export const isCacheHead = (value: unknown): boolean => head(value)

export const isSince = (value: unknown): boolean => since(value)

export const arePageColumns = (value: unknown): boolean => pageColumns(value)

export const areEntryColumns = (value: unknown): boolean => entryColumns(value)

export const areTexts = (value: unknown): boolean => list(maybe(text))(value)

export const areStamps = (value: unknown): boolean => numbers(value)

export const areRepeatedLinks = (value: unknown): boolean => repeatedLinks(value)

type Check = (value: unknown) => boolean

const text: Check = value => typeof value === 'string'
const flag: Check = value => typeof value === 'boolean'
const number: Check = value => typeof value === 'number'
const numbers: Check = value => value instanceof Float64Array
const anything: Check = () => true
const maybe =
  (check: Check): Check =>
  value =>
    value === undefined || check(value)
const list =
  (check: Check): Check =>
  value =>
    Array.isArray(value) && value.every(check)
const either =
  (...checks: readonly Check[]): Check =>
  value =>
    checks.some(check => check(value))
const map =
  (check: Check): Check =>
  value => {
    if (!(value instanceof Map)) return false
    for (const [key, each] of value) if (typeof key !== 'string' || !check(each)) return false
    return true
  }
/** Further fields are an author's. */
const record =
  (fields: Readonly<Record<string, Check>>): Check =>
  value => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    for (const name in fields) if (!fields[name]!((value as Record<string, unknown>)[name])) return false
    return true
  }

const window = maybe(list(number))
const alias = record({ url: text, path: text })

/** What a page has; further fields are an author's. */
const pageFields: Readonly<Record<string, Check>> = {
  url: text,
  path: text,
  source: text,
  layout: text,
  lang: text,
  title: text,
  tags: list(text),
  css: list(text),
  date: maybe(text),
  updated: maybe(text),
  redirectTarget: maybe(text),
  elsewhere: maybe(list(text)),
  section: maybe(text),
  year: maybe(number),
  description: maybe(text),
  guid: maybe(text),
  translationOf: maybe(text),
  typography: maybe(text),
  unlisted: maybe(flag),
  feed: maybe(flag),
  author: maybe(either(text, record({ name: text, url: maybe(text) }))),
}

const parsedPage = record({
  page: record(pageFields),
  aliases: list(alias),
  namesake: maybe(text),
  metadata: text,
  window,
})

const heldBack = record({ source: text, why: text, window })

const diagnostic = record({
  code: text,
  severity: text,
  message: text,
  hint: maybe(text),
  file: maybe(record({ path: text, text })),
  span: maybe(list(number)),
  fix: maybe(anything),
})

const violation = record({ directive: text, source: text, written: text })

const unresolved = list(record({ path: text, fragment: text, own: flag }))

const links = record({
  addresses: text,
  ids: text,
  unresolved,
  violations: list(violation),
})

const stamp = record({ ino: number, size: number, mtimeMs: number, ctimeMs: number })

const entry = record({
  maker: text,
  dependencies: record({ dependencies: text, fingerprint: text, links: maybe(links) }),
  stamp: maybe(stamp),
  typography: list(diagnostic),
})

const head: Check = record({
  paths: list(text),
  stamps: numbers,
  digests: list(maybe(text)),
  columns: list(text),
  since: text,
  end: maybe(
    record({
      files: number,
      made: number,
      unpublished: number,
      diagnostics: list(diagnostic),
      planned: list(diagnostic),
      window: list(number),
      given: text,
      outputs: list(text),
      stamps: numbers,
      redirects: list(text),
      hasPolicy: flag,
    }),
  ),
})

const since: Check = record({
  places: text,
  pages: map(either(parsedPage, heldBack)),
  entries: map(entry),
  gonePages: list(text),
  goneEntries: list(text),
})

type TableLists = Readonly<Record<'fields', readonly string[]>> &
  Readonly<Record<'values', readonly (readonly unknown[])[]>> &
  Readonly<Record<'metadata' | 'aliases' | 'namesakes' | 'windows', readonly unknown[]>>

/** A column for each field, of which those of `pageFields` have what a page has there. */
const pageTable: Check = value => {
  const isTable = record({
    fields: list(text),
    values: list(value => Array.isArray(value)),
    aliases: list(list(alias)),
    namesakes: list(maybe(text)),
    metadata: list(text),
    windows: list(window),
  })
  if (!isTable(value)) return false
  const { fields, values, metadata, ...others } = value as TableLists
  const given = Object.keys(pageFields)
  return (
    values.length === fields.length &&
    [...values, others.aliases, others.namesakes, others.windows].every(
      column => column.length === metadata.length,
    ) &&
    given.every(field => fields.includes(field) || pageFields[field]!(undefined)) &&
    fields.every((field, at) => !Object.hasOwn(pageFields, field) || values[at]!.every(pageFields[field]!))
  )
}

const pageColumns: Check = record({
  paths: list(text),
  tables: list(number),
  columns: list(pageTable),
  others: map(either(parsedPage, heldBack)),
})

const mapByRow =
  (check: Check): Check =>
  value =>
    value instanceof Map && [...value].every(([row, each]) => number(row) && check(each))

const entryColumns: Check = record({
  paths: list(text),
  makers: list(text),
  dependencies: list(text),
  typography: mapByRow(list(diagnostic)),
  violations: mapByRow(list(violation)),
})

const repeatedLinks: Check = record({
  values: list(maybe(unresolved)),
  rows: value => value instanceof Uint32Array,
})
