import type { Fields } from '../../document/field-syntax.ts'
import { tagSlug } from '../../document/place/tag-slug.ts'
import { list, record, type Terms } from './generator.ts'

const USUAL: Terms = { fields: ['tags', 'categories'] }

/** `tags` -> `tag`, `categories` -> `category`: a field of that name has one word, whatever is in it. */
export const singular = (name: string): string => name.replace(/ies$/, 'y').replace(/s$/, '')

/** The words that a page is filed under: tags, categories, and what else its generator is told to make lists of. */
export const termsOf = (fields: Fields, { fields: names, between }: Terms = USUAL): readonly string[] => [
  ...new Set(names.flatMap(name => wordsIn(fields, name, between))),
]

export const wordsIn = (fields: Fields, name: string, between?: RegExp): readonly string[] => [
  // Categories may be rows of one below the other.
  ...[fields[name] ?? []].flat(3).flatMap(each => list(each, between)),
  ...(singular(name) === name ? [] : list(fields[singular(name)])),
  ...list(record(fields.taxonomies)[name]),
]

/** One spelling for tags that differ in what an address does not show, such as case: the one that most pages have. */
export function createSpelling(tags: Iterable<string>): (tag: string) => string {
  const counts = new Map<string, Map<string, number>>()
  for (const tag of tags) {
    const spellings = counts.get(tagSlug(tag)) ?? new Map<string, number>()
    counts.set(tagSlug(tag), spellings.set(tag, (spellings.get(tag) ?? 0) + 1))
  }
  const most = new Map(
    [...counts].map(([slug, spellings]) => [slug, [...spellings].toSorted(([, a], [, b]) => b - a)[0]?.[0]]),
  )
  return tag => most.get(tagSlug(tag)) ?? tag
}
