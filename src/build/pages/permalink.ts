import type { FileName } from '../../document/place/file-name.ts'
import { writtenAddress, type Address } from './addresses.ts'

/** What the parts of a permalink such as `/:year/:slug/` may be made of. */
export interface PermalinkParts {
  /** Of the page, relative to the pages folder. */
  readonly source: string
  readonly name: FileName
  /** An ISO day or time. */
  readonly date: string | undefined
  readonly slug: string | undefined
  readonly section: string | undefined
}

/** Behind what a part of an address ends with; `/a:b/` has none. */
const PATTERN = /(?<=^|[/\-_.]):([a-z_]+)/gi

const patterns: Readonly<Record<string, (parts: PermalinkParts) => string | undefined>> = {
  year: ({ date }) => date?.slice(0, 4),
  month: ({ date }) => date?.slice(5, 7),
  day: ({ date }) => date?.slice(8, 10),
  slug: parts => parts.slug ?? fileOf(parts),
  filename: parts => fileOf(parts),
  section: ({ section }) => section,
  sections: ({ source }) => source.split('/').slice(0, -1).join('/'),
}

/** An index is called as its folder is. */
const fileOf = ({ name: { stem }, source }: PermalinkParts) =>
  stem === 'index' ? (source.split('/').at(-2) ?? '') : stem

/** What other generators have, and do not agree about or know of alone. */
const others: Readonly<Record<string, string>> = {
  title:
    'it is the file’s name to Jekyll and the title to Hugo: write :slug, which is the slug or the file’s name',
  categories: 'a page has no categories but tags: write them out',
}

/** The address that a permalink stands for, or why it is none. */
export function permalinkAddress(written: string, parts: PermalinkParts): Address | string {
  let wrong: string | undefined
  const expanded = written.replace(PATTERN, (whole, name: string) => {
    const value = Object.hasOwn(patterns, name) ? patterns[name]?.(parts) : undefined
    if (value !== undefined) return encodeURIComponent(value).replaceAll('%2F', '/')
    wrong ??= whyNot(whole, name)
    return ''
  })
  if (wrong !== undefined) return wrong
  return writtenAddress(expanded.replace(/\/{2,}/g, '/'))
}

function whyNot(whole: string, name: string): string {
  if (/^(?:year|month|day)$/.test(name)) return `the page has no date for ${whole}`
  if (name === 'section') return `the page has no section for ${whole}`
  const known = Object.keys(patterns).map(each => `:${each}`)
  return `${whole} stands for nothing; ${others[name] ?? `what does is ${known.join(' ')}`}`
}
