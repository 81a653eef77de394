import {
  below,
  isMarkdown,
  list,
  record,
  splitLanguage,
  text,
  withoutEnding,
  type Generator,
  type OldFile,
  type OldPage,
  type OldSite,
} from '../generator.ts'
import { zolaSlug } from '../slugs.ts'

/** The folder of the site: Zola’s file of settings may lie deeper than the repository. */
const folderOf = ({ files, text: read }: OldSite): string | undefined =>
  files
    .filter(path => /(?:^|\/)(?:config|zola)\.toml$/.test(path) && /^\s*base_url\s*=/m.test(read(path) ?? ''))
    .map(path => path.slice(0, path.lastIndexOf('/') + 1))[0]

/** https://www.getzola.org/documentation/content/page/ */
export const zola: Generator = {
  name: 'Zola',
  recognises: site => folderOf(site) !== undefined,
  read(site) {
    const folder = folderOf(site) ?? ''
    const name =
      ['config.toml', 'zola.toml'].map(each => folder + each).find(each => site.files.includes(each)) ?? ''
    const config = site.settings(name)
    const first = text(config.default_language) ?? 'en'
    const languages = Object.keys(record(config.languages))
    const pages: OldPage[] = []
    const copied: OldFile[] = []
    for (const [path, from] of below(site.files, `${folder}content`)) {
      const { path: bare, lang } = splitLanguage(path, languages)
      if (isMarkdown(path)) pages.push(pageAt(bare, { from, lang: lang === first ? undefined : lang }))
      else copied.push({ from, to: path })
    }
    copied.push(...below(site.files, `${folder}static`).map(([to, from]) => ({ from, to })))
    return {
      title: text(config.title),
      url: text(config.base_url),
      lang: first,
      description: text(config.description),
      pages,
      copied,
      hasBundles: true,
      templates: site.files.filter(
        path => path.startsWith(folder) && /^(?:templates|sass)\//.test(path.slice(folder.length)),
      ),
      anchor: zolaSlug,
      named: destination => {
        const bare = /^@\/(.*)$/.exec(destination)?.[1]
        return bare === undefined ? undefined : `${folder}content/${bare}`
      },
    }
  },
}

function pageAt(
  path: string,
  { from, lang }: { readonly from: string; readonly lang: string | undefined },
): OldPage {
  const segments = withoutEnding(path).split('/')
  const last = segments.pop() ?? ''
  const prefix = lang === undefined ? '' : `${lang}/`
  const isSection = last === '_index'
  const isBundle = last === 'index' && segments.length > 0
  const name = isBundle ? (segments.pop() ?? '') : last
  const [, day, rest] = /^(\d{4}-\d{2}-\d{2})(?:T[^_-]*)?[-_](.+)$/.exec(name) ?? []
  const stem = [...segments, ...(isSection ? ['index'] : isBundle ? [name, 'index'] : [name])].join('/')
  return {
    from,
    // Beside the files of its bundle, which keep their places.
    to: `${stem}${lang === undefined ? '' : `.${lang}`}.md`,
    isPost: !isSection,
    fields: { ...(day !== undefined && { date: day }), ...(lang !== undefined && { lang }) },
    address(fields) {
      const own = text(fields.path)
      if (own !== undefined && !isSection) return `/${prefix}${own.replace(/^\/|\/$/g, '')}/`
      const places = segments.map(zolaSlug)
      if (!isSection) places.push(text(fields.slug) ?? zolaSlug(rest ?? name))
      return `/${prefix}${places.map(each => `${each}/`).join('')}`
    },
  }
}

/** Zola’s taxonomies are tables of their own. */
export const taxonomies = (fields: Readonly<Record<string, unknown>>): readonly string[] => {
  const { tags, categories } = record(fields.taxonomies)
  return [...list(tags), ...list(categories)]
}
