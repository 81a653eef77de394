import {
  fill,
  groupedBy,
  laterPages,
  list,
  record,
  text,
  type OldList,
  type OldSite,
  type PublishedPage,
} from '../generator.ts'
import { jekyllSlug } from '../slugs.ts'
import { wordsIn } from '../terms.ts'

/** Of the plugins that make lists: jekyll-feed, jekyll-paginate, jekyll-archives. */
export function jekyllLists(
  pages: readonly PublishedPage[],
  { files, text: read }: OldSite,
  config: Readonly<Record<string, unknown>>,
): readonly OldList[] {
  const plugins = `${list(config.plugins ?? config.gems).join(' ')} ${read('Gemfile') ?? ''}`
  const posts = pages.filter(({ isPost }) => isPost)
  const each = Number(config.paginate ?? 0)
  const path = text(config.paginate_path) ?? '/page:num'
  const { permalinks, enabled } = record(config['jekyll-archives'])
  const archives = plugins.includes('jekyll-archives') && enabled !== undefined ? record(permalinks) : {}
  const filed = ([kind, names]: readonly [string, string]) =>
    [...groupedBy(posts, ({ fields }) => wordsIn(fields, names, /[\s,]+/)).keys()].flatMap(tag => {
      const pattern = text(archives[kind])
      return pattern === undefined
        ? []
        : [{ address: fill(pattern, { name: jekyllSlug(tag) }), shows: { tag } }]
    })
  return [
    ...(plugins.includes('jekyll-redirect-from')
      ? [{ address: '/redirects.json', shows: 'nothing' } as const]
      : []),
    ...(plugins.includes('jekyll-feed') && !files.includes('feed.xml')
      ? [
          {
            address: `/${text(record(config.feed).path) ?? 'feed.xml'}`,
            shows: 'home',
            isFeed: true,
          } as const,
        ]
      : []),
    ...laterPages(posts.length, each, n =>
      `/${path.replace(':num', String(n))}/`.replace(/\/{2,}/g, '/'),
    ).map(address => ({ address, shows: 'home' }) as const),
    ...[['tag', 'tags'] as const, ['category', 'categories'] as const].flatMap(filed),
  ]
}
