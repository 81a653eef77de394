import { frontMatter, source } from '../corpus.ts'
import { ejsLayout, handMadeIndex, indexPage, siteTitle, stylesheet } from '../layout.ts'
import { outputFolder, type Program } from '../program.ts'
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
      yield ['src/pages/index.html', frontMatter(indexPage) + handMadeIndex(posts)]
      for (const post of posts) yield [`src/pages/posts/${post.year}/${post.slug}.md`, source(post)]
    },
  }
}

const template = ejsLayout('<%= page.date.toISOString().slice(0, 10) %>')
