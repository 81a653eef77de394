import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { frontMatter, source, type Post } from './corpus.ts'
import { ejsLayout, indexPage, siteTitle, stylesheet } from './layout.ts'
import { BenchError, type Program } from './program.ts'
import { outputOf } from './process.ts'

export const cli = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

const config = (typography: 'off' | 'fix') => ({
  site: { title: siteTitle, url: 'https://example.org', lang: 'en' },
  build: { typography },
})

const layoutFile = 'layouts/default.ejs'

const index = `<h1>Posts</h1>
<% for (const [year, posts] of collections.years) { %><h2><%= year %></h2>
<ul><% for (const post of posts) { %><li><a href="<%= post.url %>"><%= post.title %></a></li>
<% } %></ul>
<% } %>`

const names = { off: 'imprimatur', fix: 'imprimatur --typography fix', bare: 'imprimatur, no code named' }

/**
 * Without the typography pass, which no other has; with `fix` every page is set on its way; `bare`, its fences name no language, so that
 * nothing is highlighted, as by programs that cannot.
 */
export async function imprimatur(kind: keyof typeof names, main: string): Promise<Program> {
  if (!existsSync(main)) throw new BenchError(`There is no ${main}: run npm ci, then npm run bench`)
  const textOf = (post: Post) => (kind === 'bare' ? source(post).replace(/^```\w+$/gm, '```') : source(post))
  return {
    name: names[kind],
    version: await outputOf([process.execPath, main, '--version']),
    command: [process.execPath, main, 'build', '--root', '.'],
    ...(kind === 'off' && {
      serve: (port: number) =>
        [process.execPath, main, 'dev', '--root', '.', '--port', String(port)] as const,
    }),
    ...(kind === 'fix' && { differs: ['typeset'] as const }),
    ...(kind === 'bare' && { differs: ['no highlighting'] as const, isColdOnly: true }),
    layout: layoutFile,
    memory: 'node_modules/.cache',
    *files(posts) {
      yield ['imprimatur.config.json', JSON.stringify(config(kind === 'fix' ? 'fix' : 'off'))]
      yield [layoutFile, template]
      yield ['pages/main.css', stylesheet]
      yield ['pages/index.ejs', frontMatter(indexPage) + index]
      for (const post of posts) yield [`pages/posts/${post.year}/${post.slug}.md`, textOf(post)]
    },
  }
}

const template = ejsLayout('<%= page.date %>')
