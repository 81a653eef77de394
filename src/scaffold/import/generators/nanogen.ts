import { below, trimFolder, isMarkdown, text, withoutEnding, type Generator } from '../generator.ts'
import { markedAnchor } from '../slugs.ts'

/** https://github.com/doug2k1/nanogen: Markdown, EJS and HTML, each at the place of its file. */
export const nanogen: Generator = {
  name: 'nanogen',
  recognises: ({ files, text: read }) =>
    files.includes('site.config.js') &&
    /nanogen/.test(read('package.json') ?? '') &&
    files.some(path => path.startsWith(`${sourceFolder(read('site.config.js'))}/pages/`)),
  read(site) {
    const config = site.text('site.config.js') ?? ''
    const constant = (name: string) =>
      text(new RegExp(`\\b${name}\\s*:\\s*['"]([^'"]*)['"]`).exec(config)?.[1])
    const source = sourceFolder(config)
    const pages = below(site.files, `${source}/pages`)
    return {
      title: constant('title'),
      url: constant('url'),
      lang: constant('lang'),
      description: constant('description'),
      pages: pages.flatMap(([path, from]) =>
        isMarkdown(path)
          ? [
              {
                from,
                to: path,
                isPost: /^posts\/\d{4}\//.test(path),
                address: () => `/${withoutEnding(path)}/`.replace(/(^|\/)index\/$/, '$1'),
              },
            ]
          : [],
      ),
      copied: below(site.files, `${source}/assets`).map(([to, from]) => ({ from, to })),
      layouts: ['layouts', 'partials', 'pages'].flatMap(name =>
        below(site.files, `${source}/${name}`)
          .filter(([path]) => name !== 'pages' || !isMarkdown(path))
          .map(([path, from]) => ({ from, to: `${name}/${path}` })),
      ),
      templates: [],
      anchor: markedAnchor,
      publishesDrafts: true,
    }
  },
}

const sourceFolder = (config = '') =>
  trimFolder(/\bsrcPath\s*:\s*['"]([^'"]*)['"]/.exec(config)?.[1] ?? 'src')
