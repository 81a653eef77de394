import slugify from '@sindresorhus/slugify'
import type { Fields } from '../../../document/field-syntax.ts'
import { oldDate } from '../dates.ts'
import { eleventyAnchor } from '../slugs.ts'
import {
  below,
  trimFolder,
  groupedBy,
  isMarkdown,
  record,
  text,
  withoutEnding,
  type Generator,
  type OldFile,
  type OldList,
  type OldPage,
  type OldSite,
  type PublishedPage,
} from '../generator.ts'

const CONFIG = /^(?:\.eleventy\.c?js|eleventy\.config\.[cm]?js)$/

/** https://www.11ty.dev/docs/permalinks/ */
export const eleventy: Generator = {
  name: 'Eleventy',
  recognises: ({ files }) => files.some(path => CONFIG.test(path)),
  read(site) {
    const config = site.text(site.files.find(path => CONFIG.test(path)) ?? '') ?? ''
    const input = inputFolder(site, config)
    const passed = [...config.matchAll(/addPassthroughCopy\(\s*['"]([^'"]+)['"]/g)].map(([, path = '']) =>
      trimFolder(path),
    )
    const moved = [...config.matchAll(/addPassthroughCopy\(\s*\{([^{}]*)\}/g)].flatMap(([, pairs = '']) =>
      [...pairs.matchAll(/['"]([^'"]+)['"]\s*:\s*['"]([^'"]*)['"]/g)].map(
        ([, path = '', to = '']) => [trimFolder(path), trimFolder(to.replace(/^\//, './'))] as const,
      ),
    )
    const pages: OldPage[] = []
    const copied: OldFile[] = moved.flatMap(([folder, to]) =>
      below(site.files, folder).map(([path, from]) => ({ from, to: to === '' ? path : `${to}/${path}` })),
    )
    const templates: string[] = []
    const templatePages: TemplatePage[] = []
    for (const [path, from] of below(site.files, input)) {
      const isPassed = passed.some(
        each => from === each || from.startsWith(`${each}/`) || path.startsWith(`${each}/`),
      )
      if (/(?:^|\/)_(?:includes|data|layouts|components|11ty|utils)\//.test(path) || CONFIG.test(path))
        templates.push(from)
      else if (/(?:^|\/)(?:node_modules|_cache)\/|^(?:README|LICEN[CS]E|AGENTS|CHANGELOG)[^/]*$/i.test(path))
        continue
      else if (isMarkdown(path) && !isPassed) pages.push(pageAt(path, from, site))
      else if (isPassed || /\.(?:png|jpe?g|gif|svg|webp|avif|css|ico|txt|pdf|woff2?|mp4|webm)$/i.test(path))
        copied.push({ from, to: path.replace(/(^|\/)_(?=[^/]*\/)/g, '$1') })
      else if (/\.(?:njk|liquid|html|hbs|11ty\.[cm]?js|11tydata\.[cm]?js|webc|pug)$/i.test(path)) {
        templates.push(from)
        if (!/11tydata/.test(path)) templatePages.push(templateAt(path, from, site))
      }
    }
    const meta = ['metadata', 'site', 'meta']
      .flatMap(name => ['_data', `${input}/_data`].map(folder => `${folder}/${name}.json`))
      .find(path => site.files.includes(path))
    const about = meta === undefined ? {} : site.settings(meta)
    return {
      title: text(about.title) ?? text(about.name),
      url: text(about.url),
      lang: text(about.language) ?? text(about.lang),
      description: text(about.description),
      pages,
      copied,
      templates,
      templatePages,
      terms: { fields: ['tags'] },
      lists: published => listsOf(published, { templatePages, config }),
      anchor: /markdown-it-anchor|IdAttributePlugin/.test(config) ? eleventyAnchor : undefined,
    }
  },
}

interface TemplatePage {
  readonly from: string
  readonly address: string
}

/** The first address behind the word, in whatever a script does with it. */
function permalinkIn(script: string): string | undefined {
  const at = script.indexOf('permalink')
  return at < 0 ? undefined : /[`'"](\/[^`'"]*)[`'"]/.exec(script.slice(at))?.[1]
}

/** A permalink that names a tag, `/tags/{{ tag | slugify }}/`, is one for each. */
function templateAt(path: string, from: string, site: OldSite): TemplatePage {
  const written = site.text(from) ?? ''
  const line = /^[ \t]*["']?permalink["']?\s*:\s*(.*)$/m.exec(written)?.[1]?.trim() ?? ''
  const own = /^["'`]?([^"'`]+)["'`]?,?$/.exec(line)?.[1]?.replace(/,$/, '')
  const stem = path.replace(/\.(?:11ty\.[cm]?js|\w+)$/, '')
  const address = own ?? `/${stem.replace(/(?:^|\/)index$/, '')}/`
  return { from, address: address.replace(/^\/?/, '/').replace(/\/{2,}/g, '/') }
}

function listsOf(
  pages: readonly PublishedPage[],
  { templatePages, config }: { readonly templatePages: readonly TemplatePage[]; readonly config: string },
): readonly OldList[] {
  const tags = groupedBy(pages, page => page.tags)
  const named = templatePages.flatMap(({ address }) =>
    /\{\{-?\s*(?=\w*tag)[^{}]*\}\}/i.test(address)
      ? [...tags.keys()].map((tag): OldList => ({
          address: address.replace(/\{\{[^{}]*\}\}/, slugify(tag)),
          shows: { tag },
        }))
      : [],
  )
  const feed = /outputPath\s*:\s*["'`](\/?[^"'`]+)["'`]/.exec(config)?.[1]
  return [
    ...named,
    ...(feed === undefined
      ? []
      : [{ address: feed.replace(/^\/?/, '/'), shows: 'home', isFeed: true } as const]),
  ]
}

/** `dir: { input: 'src' }`; what is computed is guessed by where the pages are. */
function inputFolder({ files }: OldSite, config: string): string {
  const named = /\binput\s*:\s*['"](?:\.\/)?([^'"]*?)\/?['"]/.exec(config)?.[1]
  if (named !== undefined) return named
  return /\binput\s*:/.test(config) && files.some(path => path.startsWith('src/')) ? 'src' : ''
}

/** Data that a folder gives to its pages, from the outermost folder in. What JavaScript says is read where it is plain. */
function folderData(
  { files, settings, text: read }: OldSite,
  from: string,
): { readonly data: Fields; readonly permalink?: string | undefined } {
  const folders = from.split('/').slice(0, -1)
  const data: Record<string, unknown> = {}
  let permalink: string | undefined
  folders.forEach((name, i) => {
    const stem = [...folders.slice(0, i + 1), name].join('/')
    for (const end of ['.json', '.11tydata.json'])
      if (files.includes(stem + end)) Object.assign(data, settings(stem + end))
    const script = ['.11tydata.js', '.11tydata.cjs', '.11tydata.mjs']
      .map(end => read(stem + end))
      .find(each => each !== undefined)
    permalink = text(data.permalink) ?? permalinkIn(script ?? '') ?? permalink
  })
  return { data, permalink }
}

function pageAt(path: string, from: string, site: OldSite): OldPage {
  const { data, permalink } = folderData(site, from)
  const stem = withoutEnding(path)
  const segments = stem.split('/')
  const last = segments.at(-1) ?? stem
  const isFolder = last === 'index' || last === segments.at(-2)
  const name = isFolder ? (segments.at(-2) ?? last) : last
  const [, day, rest] = /^(\d{4}-\d{2}-\d{2})-(.+)$/.exec(name) ?? []
  const slug = rest ?? name
  const { lang } = data
  return {
    from,
    to: `${stem.replace(/(^|\/)_/g, '$1')}.md`,
    isPost: day !== undefined || data.tags !== undefined,
    fields: { ...(day !== undefined && { date: day }), ...(typeof lang === 'string' && { lang }) },
    address(fields) {
      const own = fields.permalink === false ? undefined : (text(fields.permalink) ?? permalink)
      if (own !== undefined) {
        const filled = fillTemplate(own, {
          ...fields,
          slug: text(fields.slug) ?? slug,
          fileSlug: slug,
          stem,
          date: oldDate(fields.date) ?? day,
        })
        return filled === undefined || filled.startsWith('/') ? filled : `/${filled}`
      }
      if (fields.permalink === false) return undefined
      return `/${(isFolder ? segments.slice(0, -1).join('/') : stem).replace(/(^|\/)\d{4}-\d{2}-\d{2}-(?=[^/]*$)/, '$1')}/`.replace(
        /^\/\/$/,
        '/',
      )
    },
  }
}

/** What a permalink may say without a program: `/web/{{ page.fileSlug }}/`, `/{{ page.date | date: "%Y" }}/`. */
function fillTemplate(template: string, { date, fileSlug, stem, ...fields }: Fields): string | undefined {
  let isWhole = true
  const filled = template.replace(/\$?\{\{?-?([^{}]*)\}\}?/g, (_, inner: string) => {
    const expression = inner.replace(/-$/, '').trim()
    const [, format] = /^page\.date\s*\|\s*\w+\s*[:(]\s*['"]([^'"]+)['"]/.exec(expression) ?? []
    if (format !== undefined) return formatDate(String(date), format)
    const bare = /^[\w.]+/.exec(expression)?.[0] ?? ''
    const value =
      bare === 'page.fileSlug'
        ? fileSlug
        : bare === 'page.filePathStem'
          ? `/${String(stem)}`
          : record(fields)[bare]
    if (value === undefined) isWhole = false
    return String(value)
  })
  return isWhole ? filled.replace(/\/{2,}/g, '/').replace(/index\.html$/, '') : undefined
}

const formatDate = (date: string, format: string) =>
  format
    .replace(/%Y|yyyy|YYYY/g, date.slice(0, 4))
    .replace(/%m|\bMM\b|LL/g, date.slice(5, 7))
    .replace(/%d|\bdd\b|DD/g, date.slice(8, 10))
