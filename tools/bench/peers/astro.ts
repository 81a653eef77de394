import { source } from '../corpus.ts'
import { indexPage, layout, stylesheet } from '../layout.ts'
import { outputFolder, type Program } from '../program.ts'
import { installed } from './installation.ts'

/** The last major that runs on Node 20. */
const versions = { astro: '5.18.2' }

const memory = '.astro-cache'

/** Quotes are left as they are written, and HTML too, as by the others; what it remembers is the site's own. */
const config = `import { defineConfig } from 'astro/config'

export default defineConfig({
  outDir: './${outputFolder}',
  cacheDir: './${memory}',
  compressHTML: false,
  markdown: { smartypants: false },
  devToolbar: { enabled: false },
})
`

const collections = `import { defineCollection } from 'astro:content'
import { glob } from 'astro/loaders'

export const collections = { posts: defineCollection({ loader: glob({ pattern: '**/*.md', base: 'src/posts' }) }) }
`

const layoutFile = 'src/layouts/Default.astro'

const postPage = `---
import { getCollection, render } from 'astro:content'
import Default from '../../layouts/Default.astro'

export const getStaticPaths = async () =>
  (await getCollection('posts')).map(post => ({ params: { slug: post.id }, props: { post } }))
const { post } = Astro.props
const { Content } = await render(post)
---
<Default {...post.data}><Content /></Default>
`

const index = `---
import { getCollection } from 'astro:content'
import Default from '../layouts/Default.astro'

const years = new Map()
for (const post of await getCollection('posts')) {
  const { year } = post.data
  if (!years.has(year)) years.set(year, [])
  years.get(year).push(post)
}
const latestFirst = posts => posts.sort((a, b) => b.data.date - a.data.date)
---
<Default {...${JSON.stringify(indexPage)}}>
<h1>Posts</h1>
{[...years].sort(([a], [b]) => b - a).map(([year, of]) => <><h2>{year}</h2>
<ul>{latestFirst(of).map(post => <li><a href={\`/posts/\${post.id}/\`}>{post.data.title}</a></li>)}</ul></>)}
</Default>
`

/** Called through \`env\`, so that it asks nobody and tells nobody anything. */
const program = (...args: readonly string[]) =>
  ['env', 'ASTRO_TELEMETRY_DISABLED=1', process.execPath, 'node_modules/astro/astro.js', ...args] as const

export async function astro(): Promise<Program> {
  const modules = await installed('astro', versions)
  return {
    name: 'Astro',
    version: versions.astro,
    command: program('build', '--silent'),
    serve: port => program('dev', '--silent', '--port', `${port}`),
    layout: layoutFile,
    memory,
    modules,
    *files(posts) {
      yield ['package.json', '{ "type": "module" }']
      yield ['astro.config.mjs', config]
      yield ['public/main.css', stylesheet]
      yield [layoutFile, template]
      yield ['src/content.config.mjs', collections]
      yield ['src/pages/index.astro', index]
      yield ['src/pages/posts/[...slug].astro', postPage]
      for (const post of posts) yield [`src/posts/${post.year}/${post.slug}.md`, source(post)]
    },
  }
}

/** Astro puts nothing into quotes: an attribute's value is an expression. */
const expression = (value: string) =>
  /^\{\w+\}$/.test(value) ? value : `{\`${value.replaceAll('{', '${')}\`}`

const template = `---
const { lang, title, description, section, year, date } = Astro.props
---
${layout({
  lang: '{lang}',
  title: '{title}',
  description: '{description}',
  section: '{section}',
  year: '{year}',
  date: '{date.toISOString().slice(0, 10)}',
  body: '<slot />',
  when: (field, html) => `{${field} && <>${html}</>}`,
}).replaceAll(/="([^"]*\{\w+\}[^"]*)"/g, (_quoted, value: string) => `=${expression(value)}`)}`
