import { frontMatter, source } from '../corpus.ts'
import { indexPage, layout, siteTitle, stylesheet } from '../layout.ts'
import { BenchError, outputFolder, type Program } from '../program.ts'
import { isInstalled, outputOf } from '../process.ts'

/** Code is highlighted with classes and quotes are left alone, as the others do; nothing else is generated. */
const config = `baseURL = 'https://example.org/'
title = '${siteTitle}'
publishDir = '${outputFolder}'
disableKinds = ['taxonomy', 'term', 'RSS', 'sitemap', '404', 'section']
[markup.highlight]
noClasses = false
codeFences = true
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.extensions]
typographer = false
`

const layoutFile = 'layouts/_default/single.html'

const index = `<h1>Posts</h1>
{{ range .Site.RegularPages.GroupByDate "2006" }}<h2>{{ .Key }}</h2>
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>
{{ end }}`

export async function hugo(): Promise<Program> {
  if (!isInstalled('hugo')) throw new BenchError('Hugo is not installed: sudo apt-get install -y hugo')
  const about = await outputOf(['hugo', 'version'])
  const vendor = /VendorInfo=(\S+)/.exec(about)?.[1]
  return {
    name: 'Hugo',
    version: `${/v([\d.]+\S*)/.exec(about)?.[1] ?? about}${vendor ? ` (${vendor})` : ''}`,
    command: ['hugo'],
    serve: port => ['hugo', 'server', '--bind', '127.0.0.1', '--port', String(port)],
    layout: layoutFile,
    *files(posts) {
      yield ['hugo.toml', config]
      yield [layoutFile, template('{{ .Content }}')]
      yield ['layouts/index.html', template(index)]
      yield ['static/main.css', stylesheet]
      yield ['content/_index.md', frontMatter(indexPage)]
      for (const post of posts) yield [`content/posts/${post.year}/${post.slug}.md`, source(post)]
    },
  }
}

const template = (body: string) =>
  layout({
    lang: '{{ .Params.lang }}',
    title: '{{ .Title }}',
    description: '{{ .Params.description }}',
    section: '{{ .Params.section }}',
    year: '{{ .Params.year }}',
    date: '{{ .Date.Format "2006-01-02" }}',
    body,
    when: (field, html) => `{{ if .Params.${field} }}${html}{{ end }}`,
  })
