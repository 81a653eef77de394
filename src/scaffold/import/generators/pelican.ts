import { oldDate } from '../dates.ts'
import {
  below,
  dateParts,
  isMarkdown,
  text,
  withoutEnding,
  type Generator,
  type OldFile,
  type OldPage,
  type OldSite,
} from '../generator.ts'
import { pelicanSlug } from '../slugs.ts'

/** https://docs.getpelican.com/en/latest/settings.html#url-settings */
export const pelican: Generator = {
  name: 'Pelican',
  recognises: ({ files }) => files.includes('pelicanconf.py'),
  read(site) {
    const constants = pythonConstants(site)
    const value = (name: string, otherwise: string) => constants.get(name) ?? otherwise
    const content = value('PATH', 'content').replace(/^\.\/|\/+$/g, '')
    const root = site.files.some(path => path.startsWith(`${content}/`)) ? content : ''
    const pages: OldPage[] = []
    const copied: OldFile[] = []
    for (const [path, from] of below(site.files, root)) {
      if (root === '' && /^(?:[^/]*\.(?:py|txt|toml)|README[^/]*|CMakeLists.txt)$/.test(path)) continue
      if (isMarkdown(path)) pages.push(pageAt(path, from, value))
      else if (/\.(?:rst|ipynb|asc|html)$/i.test(path) && !/^(?:extra|images|static)\//.test(path)) continue
      else copied.push({ from, to: path.replace(/^extra\//, '') })
    }
    return {
      title: constants.get('SITENAME'),
      url: constants.get('SITEURL'),
      lang: constants.get('DEFAULT_LANG'),
      description: constants.get('SITESUBTITLE'),
      pages,
      copied,
      templates: site.files.filter(
        path => /\.(?:rst|ipynb|asc)$/i.test(path) || /^(?:theme|themes|templates)\//.test(path),
      ),
      named: (destination, from) => {
        const [, bare] = /^[{|](?:filename|static|attach)[}|](.*)$/.exec(destination) ?? []
        if (bare === undefined) return undefined
        const folder = bare.startsWith('/') ? root : from.slice(0, Math.max(0, from.lastIndexOf('/')))
        return joined(folder, bare.replace(/^\//, ''))
      },
    }
  },
}

const joined = (folder: string, path: string) =>
  [...folder.split('/'), ...path.split('/')]
    .reduce<string[]>((all, each) => {
      if (each === '..') all.pop()
      else if (each !== '' && each !== '.') all.push(each)
      return all
    }, [])
    .join('/')

/** `NAME = 'text'`: Python is not run. */
function pythonConstants({ files, text: read }: OldSite): ReadonlyMap<string, string> {
  const constants = new Map<string, string>()
  for (const file of files.filter(path =>
    /^(?:pelican-config\/[^/]*|pelicanconf|publishconf)\.py$/.test(path),
  ))
    for (const [, name = '', , quoted, other] of (read(file) ?? '').matchAll(
      /^([A-Z_]+)\s*=\s*u?(?:(['"])(.*?)\2|([A-Z_]+))\s*(?:#.*)?$/gm,
    )) {
      const value = quoted ?? constants.get(other ?? '')
      if (value !== undefined && value !== '') constants.set(name, value)
    }
  return constants
}

function pageAt(path: string, from: string, value: (name: string, otherwise: string) => string): OldPage {
  const segments = path.split('/')
  const name = withoutEnding(segments.at(-1) ?? path)
  const isPage = segments[0] === 'pages' || segments[0] === 'page'
  return {
    from,
    to: `${withoutEnding(path)}.md`,
    isPost: !isPage,
    address(fields) {
      const pattern =
        text(fields.save_as) ??
        text(fields.url) ??
        (isPage
          ? value('PAGE_SAVE_AS', value('PAGE_URL', 'pages/{slug}.html'))
          : value('ARTICLE_SAVE_AS', value('ARTICLE_URL', '{slug}.html')))
      const bySource = value('SLUGIFY_SOURCE', 'title') === 'basename'
      const slug = text(fields.slug) ?? (pelicanSlug(bySource ? name : (text(fields.title) ?? name)) || name)
      const category = pelicanSlug(
        text(fields.category) ?? (segments.length > 1 ? (segments.at(-2) ?? '') : 'misc'),
      )
      const { year = '', month = '', day = '' } = dateParts(oldDate(fields.date))
      const date: Readonly<Record<string, string>> = {
        Y: year,
        m: month,
        d: day,
        '-m': String(Number(month)),
        '-d': String(Number(day)),
      }
      const filled = pattern
        .replace(/\{date:([^}]*)\}/g, (_, format: string) =>
          format.replace(/%(-?\w)/g, (whole, key: string) => date[key] ?? whole),
        )
        .replaceAll('{slug}', slug)
        .replaceAll('{category}', category)
        .replaceAll('{lang}', text(fields.lang) ?? '')
        .replaceAll('{author}', pelicanSlug(text(fields.author) ?? ''))
      return `/${filled}`.replace(/\/{2,}/g, '/').replace(/(^|\/)index\.html$/, '$1')
    },
  }
}
