import { expect, test } from 'vitest'
import { build, imprimatur } from '../../program.ts'
import { folderWith } from '../../folder.ts'
import { bytesOf } from '../../tree.ts'
import { builtSite } from '../built-site.ts'

const config = {
  'imprimatur.config.json': JSON.stringify({
    site: { title: 'S', url: 'https://example.org/blog', author: { name: 'Ann' } },
  }),
  'layouts/default.ejs': '<%- metadata() %>\n<h1><%= page.title %></h1><%- body %><%= page.author?.name %>',
}

test('the author of a page is in feeds, lists and metadata, for machines with a whole address', async () => {
  const { output, findings } = await builtSite({
    ...config,
    'pages/posts/a.md': '---\ndate: 2026-01-03\n---\n',
    'pages/posts/b.md': '---\ndate: 2026-01-02\nauthor: Bo & Co\n---\n',
    'pages/posts/c.md': '---\ndate: 2026-01-01\nauthor: { name: Cy, url: /cy/ }\n---\n',
    'pages/cy.md': '',
  })
  expect(findings).toEqual([])
  const atom = output['atom.xml'] ?? ''
  expect(atom.match(/<name>.*<\/name>(?:\n<uri>.*<\/uri>)?/g)).toEqual([
    '<name>Ann</name>',
    '<name>Bo &amp; Co</name>',
    '<name>Cy</name>\n<uri>https://example.org/blog/cy/</uri>',
  ])
  expect(output['rss.xml']?.match(/(?<=<dc:creator>)[^<]*/g)).toEqual(['Ann', 'Bo &amp; Co', 'Cy'])
  const { authors, items } = JSON.parse(output['feed.json'] ?? '') as {
    authors: unknown
    items: { authors?: unknown }[]
  }
  expect([authors, ...items.map(each => each.authors)]).toEqual([
    [{ name: 'Ann' }],
    undefined,
    [{ name: 'Bo & Co' }],
    [{ name: 'Cy', url: 'https://example.org/blog/cy/' }],
  ])
  expect(output['posts/c/index.html']).toContain('<meta name="author" content="Cy">')
  expect(output['posts/c/index.html']).toContain(
    '"author":{"@type":"Person","name":"Cy","url":"https://example.org/blog/cy/"}',
  )
  expect(output['posts/b/index.html']).toMatch(/Bo &amp; Co$/)
  expect(output['posts/a/index.html']).not.toContain('name="author"')
  expect(output['posts/index.html']?.match(/(?<=<span class="author p-author h-card">)[^<]*/g)).toEqual([
    'Bo &amp; Co',
    'Cy',
  ])
})

test.each([
  'author: [A, B]',
  'author: { url: /a/ }',
  'author: { name: A, url: a b }',
  'author: { nam: A }',
  'author: ""',
])('%s is refused', async field => {
  const { findings } = await builtSite({ 'pages/a.md': `---\n${field}\n---\n` })
  expect(findings).toEqual(['front-matter/value pages/a.md:2:9'])
})

test('a site that init begins marks its posts for microformats, with who wrote them', async () => {
  const cwd = folderWith({})
  expect((await imprimatur(['init'], { cwd })).code).toBe(0)
  expect((await build({ cwd })).code).toBe(0)
  const [, post = ''] =
    Object.entries(bytesOf(`${cwd}/docs`)).find(([path]) => path.includes('first_proof')) ?? []
  for (const part of ['h-entry', 'dt-published', 'e-content', 'p-author h-card'])
    expect(post).toContain(`class="${part}"`)
})
