import type { Fields } from '../../../document/field-syntax.ts'
import { oldDate } from '../dates.ts'
import {
  below,
  dateParts,
  fill,
  isMarkdown,
  isTemplateText,
  list,
  text,
  withoutEnding,
  type Generator,
  type OldFile,
  type OldPage,
} from '../generator.ts'
import { hexoAnchor } from '../slugs.ts'

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
      anchor: hexoAnchor,
      named: destination =>
        all.find(
          ([path]) =>
            path.startsWith('_posts/') && withoutEnding(path.slice('_posts/'.length)) === destination,
        )?.[1],
    }
  },
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
      return fill(pattern, {
        ...dateParts(oldDate(fields.date)),
        title: text(fields.slug) ?? title,
        name,
        post_title: text(fields.title),
        category,
      })
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
