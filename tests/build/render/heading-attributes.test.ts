import { describe, expect, test } from 'vitest'
import { builtSite, html } from '../built-site.ts'

describe('an attribute list on a heading', () => {
  test.each([
    ['## A {#b}', '<h2 id="b">A</h2>\n'],
    ['## A {#b} ##', '<h2 id="b">A</h2>\n'],
    ['## A {: #b .c }', '<h2 class="c" id="b">A</h2>\n'],
    ['## A {#Мой_якорь.1}', '<h2 id="Мой_якорь.1">A</h2>\n'],
    ['## A {.c .d lang="en" title=\'x y\'}', '<h2 lang="en" title="x y" class="c d" id="a">A</h2>\n'],
    ['A\n===\n', '<h1 id="a">A</h1>\n'],
    ['A *b* {#c}\n---\n', '<h2 id="c">A <em>b</em></h2>\n'],
    ['## `a` {#b}', '<h2 id="b"><code>a</code></h2>\n'],
    ['## {#b}', '<h2 id="b"></h2>\n'],
    ['## Hello\n\n## A {#hello}', '<h2 id="hello-1">Hello</h2>\n<h2 id="hello">A</h2>\n'],
  ])('%j', async (markdown, expected) => expect(await html(markdown)).toBe(expected))

  test.each([
    '## A {} {b}',
    '## A \\{#b}',
    '## A {b}',
    '## A {#b c}',
    '## A `{#b}`',
    '## A \\{#b}x',
    '## A{#b}',
  ])('%j is none', async markdown => expect(await html(markdown)).toMatch(/[{#]b|b[ }]/))

  test('is no part of the title, of the contents, nor of a paragraph', async () => {
    const { output } = await builtSite({
      'pages/index.md': '# Title {#t}\n\n[[toc]]\n\n## Part {#p}\n\nText {#x}\n',
      'layouts/default.ejs':
        '<title><%= page.title %></title><%- body %><%= JSON.stringify(page.headings) %>',
    })
    expect(output['index.html']).toContain('<title>Title</title>')
    expect(output['index.html']).toContain('<a href="#p">Part</a>')
    expect(output['index.html']).toContain('<p>Text {#x}</p>')
  })

  test('is an anchor that links are checked against', async () => {
    const { findings } = await builtSite({ 'pages/index.md': '[a](#b)\n\n## A {#b}\n' })
    expect(findings).toEqual([])
  })
})
