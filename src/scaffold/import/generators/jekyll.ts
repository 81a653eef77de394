import type { Fields } from '../../../document/field-syntax.ts'
import { oldDate } from '../dates.ts'
import { readOldFrontMatter } from '../old-front-matter.ts'
import { wordsIn } from '../terms.ts'
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
import { jekyllLists } from './jekyll-lists.ts'
import { githubAnchor, jekyllSlug, jekyllTitle } from '../slugs.ts'

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
    const excluded = list(config.exclude).map(each => each.replace(/(?<!\/)\/+$/, ''))
    const isLeftOut = (path: string) =>
      excluded.some(each => path === each || path.startsWith(`${each}/`)) ||
      /^(?:Gemfile.*|_config.*)$/i.test(path)
    const pages: OldPage[] = []
    const copied: OldFile[] = []
    const templates: string[] = []
    const templatePages: { readonly from: string; readonly address: string }[] = []
    const collections = collectionsOf(config)
    for (const from of site.files.filter(path => !isLeftOut(path))) {
      const post = POST.exec(from)
      if (post && isMarkdown(from)) pages.push(postAt(from, post, config))
      else if (collections.has(from.split('/')[0] ?? '') && isMarkdown(from))
        pages.push(collected(from, collections.get(from.split('/')[0] ?? '') ?? '', config))
      else if (post || /(?:^|\/)_[^/]*\//.test(from)) templates.push(from)
      else if (ABOUT_SOURCES.test(from)) {
        templates.push(from)
        templatePages.push({ from, address: `/${from}` })
      } else if (!/^\uFEFF?---\s/.test(site.text(from) ?? '')) copied.push({ from, to: from })
      else if (isMarkdown(from) || (/\.html?$/.test(from) && isPlain(site.text(from) ?? '')))
        pages.push(pageAt(from, config))
      else {
        templates.push(from)
        const { fields } = readOldFrontMatter(from, site.text(from) ?? '')
        for (const address of [templateAddress(from, fields, config), ...list(fields.redirect_from)])
          if (address !== undefined) templatePages.push({ from, address })
      }
    }
    const url = text(config.url)
    return {
      title: text(config.title) ?? text(config.name),
      url:
        url === undefined
          ? undefined
          : url.replace(/^\/\//, 'https://').replace(/(?<!\/)\/+$/, '') + (text(config.baseurl) ?? ''),
      lang: text(config.lang) ?? text(config.locale),
      description: text(config.description),
      pages,
      copied,
      templates: templates.filter(
        path => isTemplateText(site.text(path)) || !/\.(?:png|jpe?g|gif|svg|woff2?)$/i.test(path),
      ),
      templatePages,
      terms: { fields: ['tags', 'categories'], between: /[\s,]+/ },
      aliasesFrom: 'site',
      lists: published => jekyllLists(published, site, config),
      anchor: githubAnchor,
      publishesDrafts: true,
      named: (destination, from) =>
        namedPost(site.files, destination) ?? (/^\/?_posts\//.test(destination) ? from : undefined),
    }
  },
}

/** What nobody means to publish, though Jekyll does. */
const ABOUT_SOURCES =
  /^(?:Rakefile|README[^/]*|LICEN[CS]E[^/]*|CHANGELOG[^/]*|[^/]*\.gemspec|package(?:-lock)?\.json)$/i

/** HTML with no more of Liquid in it than an import takes out. */
const isPlain = (written: string) =>
  !/\{%|\{\{(?!\s*(?:site\.(?:baseurl|url)|page\.title)\s*\}\})/.test(written)

/** `collections: { articles: { output: true, permalink: … } }`: by folder, the pattern. */
function collectionsOf({ collections }: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const named = Object.entries(record(collections)).filter(([name]) => name !== 'posts')
  return new Map(
    named.flatMap(([name, settings]) => {
      const { output, permalink } = record(settings)
      return output === true
        ? [[`_${name}`, text(permalink) ?? '/:collection/:path:output_ext'] as const]
        : []
    }),
  )
}

function collected(from: string, pattern: string, config: Readonly<Record<string, unknown>>): OldPage {
  const path = withoutEnding(from).slice(1)
  const collection = path.split('/')[0] ?? ''
  const inner = path.slice(collection.length + 1)
  const defaults = defaultsFor(from, config, collection)
  return {
    from,
    to: `${path}.md`,
    isPost: false,
    fields: fieldsOf(defaults),
    address: fields =>
      fill(text(fields.permalink) ?? text(defaults.permalink) ?? pattern, {
        collection,
        path: inner,
        name: inner.split('/').at(-1),
        title: text(fields.slug) ?? inner.split('/').at(-1),
        ...dateParts(oldDate(fields.date)),
      }).replace(/:output_ext$/, '.html'),
  }
}

function templateAddress(
  from: string,
  fields: Fields,
  config: Readonly<Record<string, unknown>>,
): string | undefined {
  if (/\.(?:html?|textile)$/i.test(from)) return pageAt(from, config).address(fields)
  const permalink = text(fields.permalink)
  return permalink === undefined
    ? `/${from.replace(/\.s[ac]ss$/, '.css')}`
    : `/${permalink.replace(/^\//, '')}`
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
  const written = (fields: Fields) => {
    const all = { ...defaults, ...fields }
    const categories = [...folders, ...wordsIn(all, 'categories', /\s+/)].map(each => each.toLowerCase())
    const pattern = text(all.permalink) ?? text(config.permalink) ?? 'date'
    return fill(STYLES[pattern] ?? pattern, {
      ...dateParts(oldDate(all.date) ?? oldDate(day)),
      title: jekyllTitle(text(all.slug) ?? stem),
      slug: jekyllSlug(text(all.slug) ?? stem),
      categories: categories.join('/'),
    }).replace(/:output_ext$/, '.html')
  }
  return {
    from,
    to: from.replace(/(^|\/)_(posts|drafts)\//, '$1posts/').replace(/\.[^./]+$/, '.md'),
    isPost: true,
    fields: {
      ...fieldsOf(defaults),
      ...(day !== undefined && { date: oldDate(day) }),
      ...(isDraft && { draft: true }),
    },
    address: fields => asFolder(written(fields)),
    also(fields) {
      const address = written(fields)
      return hasNoEnding(address) ? [`${address}.html`] : []
    },
  }
}

/** What has no ending is a file of HTML, which hosts serve without its ending, too. */
const hasNoEnding = (address: string) => !/\/$|\.[a-z]\w*$/i.test(address)

const asFolder = (address: string) => (hasNoEnding(address) ? `${address}/` : address)

function pageAt(from: string, config: Readonly<Record<string, unknown>>): OldPage {
  const defaults = defaultsFor(from, config, 'pages')
  const path = withoutEnding(from)
  return {
    from,
    to: `${path}${isMarkdown(from) ? '.md' : '.html'}`,
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
