import type { Config } from '../../config/config.ts'
import { uniqueIds } from '../../document/headings.ts'
import { tagSlug } from '../../document/place/tag-slug.ts'
import { group, type SiteCollections } from './collections.ts'
import { SitePage } from './site-page.ts'
import type { Words } from '../../theme/words.ts'
import { address } from './addresses.ts'

/** Which archive a template asks for: a tag's, a section's, or a year's within a section. */
export interface ArchiveName {
  readonly tag?: string
  readonly section?: string
  readonly year?: number
}

export interface Archives {
  /** The address of an archive, whoever made its page, or undefined when nothing is filed there. */
  address(name: ArchiveName): string | undefined
  /** Every archive as a page with `posts`; an author’s own page at the same address is to win over it. */
  readonly pages: readonly SitePage[]
}

/** Words for the only page whose title is nobody’s. */
const TAGS: Readonly<Record<string, string>> = { ru: 'Темы', en: 'Tags' }

/** The pages that list dated posts by section and year, and all pages by tag, so that nobody keeps a list by hand. */
export function createArchives(
  { sections, tags }: SiteCollections,
  { site, build }: Config,
  words: Words,
): Archives {
  const addresses = new Map<string, string>()
  const pages: SitePage[] = []
  const add = (
    layout: string,
    segments: readonly string[],
    name: ArchiveName | undefined,
    fields: ListFields,
  ) => {
    const place = address([...segments, 'index.html'])
    if (typeof place === 'string') return
    if (name) addresses.set(keyOf(name), place.url)
    const source = `${place.url} (made by the program)`
    const { title, posts } = fields
    const lang = languageOf(posts) ?? site.lang
    const description = `${title} · ${site.title}`
    pages.push(new SitePage({ layout, lang, description, tags: [], css: [], ...fields, ...place, source }))
  }

  if (!build.extras) return { address: () => undefined, pages }
  for (const [section, filed] of sections) {
    const dated = filed.filter(({ date }) => date !== undefined)
    if (dated.length === 0) continue
    const lang = languageOf(dated) ?? site.lang
    const title = (section === 'posts' && words.find(section, lang)) || section
    add('section', [section], { section }, { title, section, posts: dated })
    for (const [year, posts] of group(dated, page => page.year)) {
      add('year', [section, String(year)], { section, year }, { title: String(year), section, year, posts })
    }
  }
  const slugs = uniqueSlugs([...tags.keys()])
  if (tags.size > 0)
    add('tags', ['tags'], undefined, {
      title: words.find('tags', site.lang) ?? TAGS[site.lang.slice(0, 2)] ?? 'Tags',
      posts: [],
    })
  for (const [tag, posts] of tags)
    add('tag', ['tags', slugs.get(tag) ?? tag], { tag }, { title: tag, tag, posts })
  return { address: name => addresses.get(keyOf(name)), pages }
}

interface ListFields {
  readonly title: string
  readonly posts: readonly SitePage[]
  readonly [field: string]: unknown
}

/** The one that all of them are in. */
function languageOf(posts: readonly SitePage[]): string | undefined {
  const first = posts[0]?.lang
  return posts.every(({ lang }) => lang === first) ? first : undefined
}

const keyOf = ({ tag, section, year }: ArchiveName) =>
  tag === undefined ? `section ${section ?? ''} ${year ?? ''}` : `tag ${tag}`

/** Tags that differ only in case are told apart by a number. */
function uniqueSlugs(tags: readonly string[]): ReadonlyMap<string, string> {
  const unique = uniqueIds()
  return new Map(tags.map(tag => [tag, unique(tagSlug(tag))]))
}
