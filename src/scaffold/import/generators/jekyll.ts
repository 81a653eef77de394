import type { Fields } from '../../../document/field-syntax.ts'
import { oldDate } from '../dates.ts'
import {
  dateParts,
  fill,
  isMarkdown,
  isTemplateText,
  list,
  record,
  text,
  withoutEnding,
  type Generator,
  type OldFile,
  type OldPage,
} from '../generator.ts'
import { githubAnchor, jekyllSlug } from '../slugs.ts'

const STYLES: Readonly<Record<string, string>> = {
  date: '/:categories/:year/:month/:day/:title:output_ext',
  pretty: '/:categories/:year/:month/:day/:title/',
  ordinal: '/:categories/:year/:y_day/:title:output_ext',
  none: '/:categories/:title:output_ext',
}

const POST = /(?:^|\/)_(?:posts|drafts)\/(?:.*\/)?(?:(\d{4}-\d{1,2}-\d{1,2})-)?([^/]*)$/

/** https://jekyllrb.com/docs/permalinks/ */
export const jekyll: Generator = {
  name: 'Jekyll',
  recognises: ({ files }) =>
    files.includes('_config.yml') && files.some(path => /^(?:.*\/)?_(?:posts|layouts|includes)\//.test(path)),
  read(site) {
    const config = site.settings('_config.yml')
    const excluded = list(config.exclude).map(each => each.replace(/\/+$/, ''))
    const isLeftOut = (path: string) =>
      excluded.some(each => path === each || path.startsWith(`${each}/`)) ||
      /^(?:Gemfile.*|Rakefile|README[^/]*|LICEN[CS]E[^/]*|CHANGELOG[^/]*|.*\.gemspec|package(?:-lock)?\.json|_config.*)$/i.test(
        path,
      )
    const pages: OldPage[] = []
    const copied: OldFile[] = []
    const templates: string[] = []
    for (const from of site.files.filter(path => !isLeftOut(path))) {
      const post = POST.exec(from)
      if (post && isMarkdown(from)) pages.push(postAt(from, post, config))
      else if (post || /(?:^|\/)_[^/]*\//.test(from)) templates.push(from)
      else if (isMarkdown(from) && /^\uFEFF?---/.test(site.text(from) ?? '')) pages.push(pageAt(from, config))
      else if (
        /\.(?:html?|xml|txt|css|scss|sass|json|js|textile)$/i.test(from) &&
        /^\uFEFF?---\s/.test(site.text(from) ?? '')
      )
        templates.push(from)
      else copied.push({ from, to: from })
    }
    const url = text(config.url)
    return {
      title: text(config.title) ?? text(config.name),
      url:
        url === undefined
          ? undefined
          : url.replace(/^\/\//, 'https://').replace(/\/+$/, '') + (text(config.baseurl) ?? ''),
      lang: text(config.lang) ?? text(config.locale),
      description: text(config.description),
      pages,
      copied,
      templates: templates.filter(
        path => isTemplateText(site.text(path)) || !/\.(?:png|jpe?g|gif|svg|woff2?)$/i.test(path),
      ),
      anchor: githubAnchor,
      named: (destination, from) =>
        namedPost(site.files, destination) ?? (/^\/?_posts\//.test(destination) ? from : undefined),
    }
  },
}

/** `{% post_url 2020-01-02-a %}` and `{% link _posts/2020-01-02-a.md %}` name a file. */
const namedPost = (files: readonly string[], name: string) => {
  const bare = name.replace(/^\//, '')
  return files.find(path => path === bare || (POST.test(path) && withoutEnding(path).endsWith(`/${bare}`)))
}

function defaultsFor(from: string, config: Readonly<Record<string, unknown>>, type: string): Fields {
  const applied = [config.defaults ?? []].flat().flatMap(each => {
    const { scope, values } = record(each)
    const { path = '', type: wanted } = record(scope)
    const isMeant = (wanted === undefined || wanted === type) && from.startsWith(String(path))
    return isMeant ? Object.entries(record(values)) : []
  })
  return Object.fromEntries(applied)
}

function postAt(
  from: string,
  [, day, name = '']: RegExpExecArray,
  config: Readonly<Record<string, unknown>>,
): OldPage {
  const defaults = defaultsFor(from, config, 'posts')
  const isDraft = /(?:^|\/)_drafts\//.test(from)
  const folders = from
    .split('/')
    .slice(0, -1)
    .filter(each => !each.startsWith('_'))
  const stem = withoutEnding(name)
  return {
    from,
    to: from.replace(/(^|\/)_(posts|drafts)\//, '$1posts/').replace(/\.[^./]+$/, '.md'),
    isPost: true,
    fields: {
      ...fieldsOf(defaults),
      ...(day !== undefined && { date: oldDate(day) }),
      ...(isDraft && { draft: true }),
    },
    address(fields) {
      const all = { ...defaults, ...fields }
      const categories = [...folders, ...list(all.categories ?? all.category, /\s+/)].map(each =>
        each.toLowerCase(),
      )
      const pattern = text(all.permalink) ?? text(config.permalink) ?? 'date'
      return fill(STYLES[pattern] ?? pattern, {
        ...dateParts(oldDate(all.date) ?? oldDate(day)),
        title: text(all.slug) ?? stem,
        slug: jekyllSlug(text(all.slug) ?? stem),
        categories: categories.join('/'),
      }).replace(/:output_ext$/, '.html')
    },
  }
}

function pageAt(from: string, config: Readonly<Record<string, unknown>>): OldPage {
  const defaults = defaultsFor(from, config, 'pages')
  const path = withoutEnding(from)
  return {
    from,
    to: `${path}.md`,
    isPost: false,
    fields: fieldsOf(defaults),
    address(fields) {
      const permalink = text(fields.permalink)
      if (permalink !== undefined)
        return fill(permalink, {
          title: path.split('/').at(-1),
          path,
          basename: path.split('/').at(-1),
        }).replace(/:output_ext$/, '.html')
      if (/(?:^|\/)index$/.test(path)) return `/${path.replace(/index$/, '')}`
      const isPretty = /^pretty$|\/$/.test(text(config.permalink) ?? '')
      return isPretty && path !== '404' ? `/${path}/` : `/${path}.html`
    },
  }
}

/** What of a site’s defaults says something to a reader. */
const fieldsOf = ({ lang, description, author, image }: Fields): Fields =>
  Object.fromEntries(
    Object.entries({ lang, description, author, image }).filter(([, value]) => text(value) !== undefined),
  )
