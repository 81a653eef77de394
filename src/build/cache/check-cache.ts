/**
 * Whether what was read back has the form of what a `BuildCache` is made of, to its leaves: a file of another program, or one that somebody
 * made, is to be no cache at all, and never a fault in the midst of a build.
 */
export const isCacheHead = (value: unknown): boolean => head(value)

export const isRemembered = (value: unknown): boolean => remembered(value)

type Check = (value: unknown) => boolean

const text: Check = value => typeof value === 'string'
const flag: Check = value => typeof value === 'boolean'
const number: Check = value => typeof value === 'number'
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

const parsedPage = record({
  page: record({
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
  }),
  aliases: list(record({ url: text, path: text })),
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

const links = record({
  addresses: text,
  ids: text,
  unresolved: list(record({ path: text, fragment: text, own: flag })),
  violations: list(violation),
})

const entry = record({
  maker: text,
  dependencies: record({ dependencies: text, fingerprint: text, links: maybe(links) }),
  stamp: text,
  typography: list(diagnostic),
})

const head: Check = value =>
  record({
    paths: list(text),
    stats: list(text),
    digests: list(maybe(text)),
    rest: text,
    end: maybe(
      record({
        files: number,
        made: number,
        unpublished: number,
        diagnostics: list(diagnostic),
        window: list(number),
        given: text,
        outputs: list(text),
        stamps: list(text),
      }),
    ),
  })(value)

const remembered = record({
  places: text,
  pages: map(either(parsedPage, heldBack)),
  entries: map(entry),
})
