import { expect, test } from 'vitest'
import { builtSite } from '../built-site.ts'

const site = {
  'imprimatur.config.json': '{ "site": { "title": "S" } }',
  'pages/posts/a.md': '---\ndate: 2026-01-02\ntags: [<x>]\nlang: ru\ntitle: А\n---\n',
  'pages/posts/b.md': '---\ndate: 2026-01-01\ntags: [y]\ntitle: B\n---\n',
  'pages/ru/c.md': '---\ndate: 2025-01-01\nlang: ru\ntitle: В\n---\n',
}
const lists = ['tags', 'tags/<x>', 'tags/y', 'posts', 'posts/2026', 'ru', 'ru/2025']

test('a list that the program makes has a heading, whatever the layout around it shows', async () => {
  const around = [
    '<%- body %>',
    '<h1><%= page.title %></h1><%- body %>',
    '<h1 class="x"><%= page.title %></h1><main><%- body %></main>',
  ]
  for (const layout of around) {
    const { output, findings } = await builtSite({ ...site, 'layouts/default.ejs': layout })
    expect(findings).toEqual([])
    for (const list of lists) {
      const html = output[`${list}/index.html`] ?? ''
      expect([list, html.match(/<h1/g)?.length]).toEqual([list, 1])
    }
    expect(output['tags/<x>/index.html']).toMatch(/<h1.*>&lt;x&gt;<\/h1>/)
    // A page of the author's own stays as it is.
    expect(output['posts/a/index.html']?.includes('<h1')).toBe(layout !== '<%- body %>')
  }
})

test('a list in a layout of the author’s own stays as that has it', async () => {
  const { output } = await builtSite({ ...site, 'layouts/tag.ejs': '<ul></ul>' })
  expect(output['tags/y/index.html']).toBe('<ul></ul>')
})

test('a list is in the language of what it lists, has a description, and says where a link leads to another', async () => {
  const layout = '<%= page.lang %>|<%= page.description %>|<%- body %>'
  const { output } = await builtSite({ ...site, 'layouts/default.ejs': layout })
  const heads = lists.map(list =>
    output[`${list}/index.html`]?.replace(/\|[^|]*$/, '').replace(/^<h1>.*\n/, ''),
  )
  expect(heads).toEqual([
    'en|Tags · S',
    'ru|&lt;x&gt; · S',
    'en|y · S',
    'en|posts · S',
    'en|2026 · S',
    'ru|ru · S',
    'ru|2025 · S',
  ])
  const links = (list: string) => output[`${list}/index.html`]?.match(/<li.*?<a [^>]*>/g)
  expect(links('posts')).toEqual([
    '<li class="h-entry" lang="ru"><a class="u-url p-name" href="/posts/a/" hreflang="ru">',
    '<li class="h-entry" lang="en"><a class="u-url p-name" href="/posts/b/">',
  ])
  expect(links('ru')).toEqual(['<li class="h-entry" lang="ru"><a class="u-url p-name" href="/ru/c/">'])
})
