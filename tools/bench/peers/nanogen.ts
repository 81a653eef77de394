import { frontMatter, source, type Post } from '../corpus.ts'
import { ejsLayout, indexPage, siteTitle, stylesheet } from '../layout.ts'
import { outputFolder, postPath, type Program } from '../program.ts'
import { installed } from './installation.ts'

const versions = { nanogen: '0.4.2' }

const config = `module.exports = {
  build: { srcPath: './src', outputPath: './${outputFolder}' },
  site: { title: '${siteTitle}' },
}
`

const layoutFile = 'src/layouts/default.ejs'

/** A page at a time, and no page knows of another. It is not served: its server opens a browser. */
export async function nanogen(): Promise<Program> {
  const modules = await installed('nanogen', versions)
  return {
    name: 'nanogen',
    version: versions.nanogen,
    command: [process.execPath, 'node_modules/nanogen/lib/cli.js', 'build'],
    layout: layoutFile,
    differs: ['no lists', 'no highlighting', 'older Markdown'],
    modules,
    *files(posts) {
      yield ['site.config.js', config]
      yield [layoutFile, template]
      yield ['src/assets/main.css', stylesheet]
      yield ['src/pages/index.html', frontMatter(indexPage) + index(posts)]
      for (const post of posts) yield [`src/pages/posts/${post.year}/${post.slug}.md`, source(post)]
    },
  }
}

function index(posts: readonly Post[]): string {
  const years = [...new Set(posts.map(({ year }) => year))].toSorted((a, b) => b - a)
  const links = (wanted: number) =>
    posts
      .filter(({ year }) => year === wanted)
      .map(post => `<li><a href="/${postPath(post).replace('index.html', '')}">${post.title}</a></li>\n`)
  return `<h1>Posts</h1>\n${years.map(year => `<h2>${year}</h2>\n<ul>${links(year).join('')}</ul>\n`).join('')}`
}

const template = ejsLayout('<%= page.date.toISOString().slice(0, 10) %>')
