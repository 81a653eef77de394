import { append } from '../../../core/lists/long-lists.ts'
import type { Fields } from '../../../document/field-syntax.ts'
import { oldDate } from '../dates.ts'
import {
  below,
  dateParts,
  fill,
  groupedBy,
  isMarkdown,
  isTemplateText,
  laterPages,
  list,
  record,
  text,
  withoutEnding,
  type Generator,
  type OldFile,
  type OldList,
  type OldPage,
  type OldSite,
  type PublishedPage,
  type Shown,
} from '../generator.ts'
import { hexoAnchor, smartypants } from '../slugs.ts'

/** https://hexo.io/docs/permalinks */
export const hexo: Generator = {
  name: 'Hexo',
  recognises: ({ files, text: read }) =>
    files.includes('_config.yml') &&
    files.some(path => path.startsWith('source/')) &&
    /"hexo"/.test(read('package.json') ?? '"hexo"'),
  read(site) {
    const config = site.settings('_config.yml')
    const source = text(config.source_dir) ?? 'source'
    const pattern = text(config.permalink) ?? ':year/:month/:day/:title/'
    const pages: OldPage[] = []
    const copied: OldFile[] = []
    const templates = site.files.filter(path => /^(?:themes|scaffolds)\//.test(path))
    const posts = new Map<string, OldPage>()
    const all = below(site.files, source)
    append(
      copied,
      below(site.files, `themes/${text(config.theme) ?? 'landscape'}/source`).flatMap(([to, from]) =>
        /\.(?:styl|s[ac]ss|less|ejs|pug)$/.test(to) ? [] : [{ from, to }],
      ),
    )
    for (const [path, from] of all) {
      const [, kind, inner = ''] = /^_(posts|drafts)\/(.*)$/.exec(path) ?? []
      if (isMarkdown(path) && kind !== undefined) {
        const page = postAt(inner, { from, pattern, isDraft: kind === 'drafts' })
        posts.set(withoutEnding(inner), page)
        pages.push(page)
      } else if (isMarkdown(path)) pages.push(pageAt(path, from))
      else if (kind === undefined && path.startsWith('_')) templates.push(from)
      else if (kind === undefined) copied.push({ from, to: path })
    }
    // With `post_asset_folder`, the files of a post lie in a folder of its name, and have its address.
    for (const [path, from] of all) {
      const [, inner = ''] = /^_(?:posts|drafts)\/(.*)$/.exec(path) ?? []
      const folder = inner.slice(0, Math.max(0, inner.lastIndexOf('/')))
      if (inner === '' || isMarkdown(path)) continue
      const page = posts.get(folder)
      const place = page?.address(readFields(site.text(page.from))) ?? `/${folder}/`
      copied.push({ from, to: `${place.replace(/^\/|[^/]*$/g, '')}${inner.slice(folder.length + 1)}` })
    }
    return {
      title: text(config.title),
      url: text(config.url),
      lang: list(config.language)[0],
      description: text(config.description),
      pages,
      copied,
      templates: templates.filter(
        path => isTemplateText(site.text(path)) || /\.(?:ejs|njk|swig|pug|styl)$/.test(path),
      ),
      lists: published => listsOf(published, site, config),
      anchor:
        record(config.marked).smartypants === false
          ? hexoAnchor
          : heading => hexoAnchor(smartypants(heading)),
      publishesDrafts: true,
      named: destination =>
        all.find(
          ([path]) =>
            path.startsWith('_posts/') && withoutEnding(path.slice('_posts/'.length)) === destination,
        )?.[1],
    }
  },
}

/** Of hexo-generator-archive, -category, -feed, -index, -sitemap and -tag, those that the site has. */
function listsOf(
  pages: readonly PublishedPage[],
  site: OldSite,
  config: Readonly<Record<string, unknown>>,
): readonly OldList[] {
  const posts = pages.filter(({ isPost }) => isPost)
  const installed = JSON.stringify(site.settings('package.json').dependencies ?? [...GENERATORS])
  const pager = text(config.pagination_dir) ?? 'page'
  const paged = (address: string, shows: Shown, count: number, kind: string): readonly OldList[] => {
    if (!installed.includes(`hexo-generator-${kind}`)) return []
    const each = Number(record(config[`${kind}_generator`]).per_page ?? config.per_page ?? 10)
    return [address, ...laterPages(count, each, n => `${address}${pager}/${n}/`)].map(page => ({
      address: page,
      shows,
    }))
  }
  const archive = `/${text(config.archive_dir) ?? 'archives'}/`
  const days = [4, 7].map(length =>
    groupedBy(posts, ({ date }) => (date === undefined ? [] : [date.slice(0, length).replace('-', '/')])),
  )
  const tags = groupedBy(posts, ({ fields }) => list(fields.tags ?? fields.tag))
  const categories = groupedBy(posts, ({ fields }) => categoryPaths(fields))
  const feed = text(record(config.feed).path) ?? 'atom.xml'
  return [
    ...paged('/', 'home', posts.length, 'index').slice(1),
    ...paged(archive, 'posts', posts.length, 'archive'),
    ...days.flatMap(by =>
      [...by].flatMap(([day, of]) => paged(`${archive}${day}/`, 'posts', of.length, 'archive')),
    ),
    ...[...tags].flatMap(([tag, of]) =>
      paged(`/${text(config.tag_dir) ?? 'tags'}/${encodeURI(hexoAnchor(tag))}/`, { tag }, of.length, 'tag'),
    ),
    ...[...categories].flatMap(([path, of]) =>
      paged(
        `/${text(config.category_dir) ?? 'categories'}/${path.split('/').map(hexoAnchor).map(encodeURI).join('/')}/`,
        { tag: path.split('/').at(-1) ?? path },
        of.length,
        'category',
      ),
    ),
    ...(installed.includes('hexo-generator-sitemap')
      ? [{ address: '/sitemap.txt', shows: 'nothing' } as const]
      : []),
    ...(installed.includes('hexo-generator-feed')
      ? [{ address: `/${feed}`, shows: 'home', isFeed: true } as const]
      : []),
  ]
}

const GENERATORS = ['archive', 'category', 'index', 'tag'].map(kind => `hexo-generator-${kind}`)

/** Categories are one below the other; a list in the list is another row of them. */
function categoryPaths(fields: Fields): readonly string[] {
  const written = [fields.categories ?? fields.category ?? []].flat(1) as readonly unknown[]
  const rows = written.some(Array.isArray) ? written.map(each => list(each)) : [list(written)]
  return rows.flatMap(row => row.map((_, i) => row.slice(0, i + 1).join('/')))
}

/** The date and the slug of a post: an address needs no more. */
const readFields = (written = ''): Fields =>
  Object.fromEntries(
    ['date', 'permalink', 'slug'].flatMap(name => {
      const value = new RegExp(`^${name}:[ \\t]*(.+?)[ \\t]*$`, 'm').exec(written)?.[1]
      return value === undefined ? [] : [[name, value.replace(/^(['"])(.*)\1$/, '$2')]]
    }),
  )

function postAt(
  inner: string,
  { from, pattern, isDraft }: { readonly from: string; readonly pattern: string; readonly isDraft: boolean },
): OldPage {
  const title = withoutEnding(inner)
  return {
    from,
    to: `posts/${title}.md`,
    isPost: true,
    ...(isDraft && { fields: { draft: true } }),
    address(fields) {
      const own = text(fields.permalink)
      if (own !== undefined) return own.startsWith('/') ? own : `/${own}`
      const name = title.split('/').at(-1) ?? title
      const category = list(fields.categories).join('/') || 'uncategorized'
      const address = fill(pattern, {
        ...dateParts(oldDate(fields.date)),
        title: text(fields.slug) ?? title,
        name,
        post_title: text(fields.title),
        category,
      })
      // It is written so into links, and a browser asks for no more than what stands before a question mark.
      return address.replace(/[?#].*/s, '').replace(/\/?$/, pattern.endsWith('/') ? '/' : '')
    },
  }
}

const pageAt = (path: string, from: string): OldPage => ({
  from,
  to: `${withoutEnding(path)}.md`,
  isPost: false,
  address: fields =>
    text(fields.permalink) ?? `/${withoutEnding(path)}.html`.replace(/(^|\/)index\.html$/, '$1'),
})
