import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type {
  CompletionItem,
  DocumentSymbol,
  Hover,
  Location,
  SymbolInformation,
} from 'vscode-languageserver'
import { folderWith } from '../folder.ts'
import { startClient, type Client } from './client.ts'

let client: Client
let root: string
afterEach(async () => void (await client.end()))

const layout =
  '<html lang="<%= page.lang %>"><title><%= page.title %></title><body><%- page.body %></body></html>'

async function begin(files: Record<string, string>) {
  root = folderWith({ 'layouts/default.ejs': layout, ...files })
  client = await startClient(root)
}

const at = (line: number, character: number) => ({ line, character })
const place = (path: string, line: number, character: number) => ({
  textDocument: { uri: client.uri(path) },
  position: at(line, character),
})
const has = (code: string) => (found: readonly { code?: unknown }[]) => found.some(each => each.code === code)
const hasNot = (code: string) => (found: readonly { code?: unknown }[]) => !has(code)(found)

describe('what a build would say', () => {
  test('of texts that are not saved, and of files that are not open', async () => {
    await begin({ 'pages/a.md': '## One\n', 'pages/b.md': '[a](a.md#one)\n' })
    await client.open('pages/a.md', '## One\n')
    await client.change('pages/a.md', '## Another\n')
    const found = await client.until('pages/b.md', has('link/broken'))
    expect(found[0]).toMatchObject({ severity: 1, range: { start: at(0, 4), end: at(0, 12) } })
    await client.change('pages/a.md', '## One\n')
    expect(await client.until('pages/b.md', hasNot('link/broken'))).toEqual([])
  })

  test('of a file that came, changed or went while nobody had it open', async () => {
    await begin({ 'pages/a.md': '[b](b.md)\n' })
    await client.open('pages/a.md', '[b](b.md)\n')
    await client.until('pages/a.md', has('link/broken'))
    writeFileSync(join(root, 'pages/b.md'), 'Here.\n')
    await client.save('pages/a.md')
    await client.until('pages/a.md', hasNot('link/broken'))
    rmSync(join(root, 'pages/b.md'))
    await client.save('pages/a.md')
    expect(await client.until('pages/a.md', has('link/broken'))).toHaveLength(1)
  })

  test.each([
    ['front matter', 'pages/b.md', '---\ndraft: perhaps\n---\n', 'front-matter/value'],
    ['a layout that is missing', 'pages/b.md', '---\nlayout: nowhere\n---\n', 'template/missing'],
    ['a template', 'pages/b.ejs', '<%= nothing.there %>', 'template/run'],
    ['an image', 'pages/b.md', '![x](nowhere.png)', 'link/broken'],
    ['two of one address', 'pages/b.md', '---\npermalink: /a/\n---\n', 'route/collision'],
  ])('%s; typography is told all the same', async (_, path, text, code) => {
    await begin({ 'pages/a.md': 'Fine.\n', [path]: text })
    await client.open('pages/a.md', 'He said "so".\n')
    expect(await client.until(path, has(code))).toHaveLength(1)
    expect(await client.until('pages/a.md', has('common/punctuation/quote'))).not.toEqual([])
  })

  test('a layout that is open and broken is told in the layout', async () => {
    await begin({ 'pages/a.md': 'Fine.\n' })
    await client.open('layouts/default.ejs', '<%= page.title')
    await client.until('layouts/default.ejs', has('template/syntax'))
    await client.close('layouts/default.ejs')
    expect(await client.until('layouts/default.ejs', hasNot('template/syntax'))).toEqual([])
  })
})

test('a configuration that changes holds at once; a broken one keeps the last good', async () => {
  const config = (lint: object) => `export default ${JSON.stringify({ lint })}\n`
  await begin({ 'imprimatur.config.mjs': config({ preset: 'typograf' }), 'pages/a.md': 'He said "so".\n' })
  await client.open('pages/a.md', 'He said "so".\n')
  await client.until('pages/a.md', has('common/punctuation/quote'))
  writeFileSync(join(root, 'imprimatur.config.mjs'), config({ rules: { 'common/punctuation/quote': 'off' } }))
  await client.save('pages/a.md')
  await client.until('pages/a.md', hasNot('common/punctuation/quote'))
  writeFileSync(join(root, 'imprimatur.config.mjs'), 'export default {{\n')
  await client.save('pages/a.md')
  await client.until('imprimatur.config.mjs', has('config/read'))
  await client.change('pages/a.md', 'He said "no" - so.\n')
  await client.until('pages/a.md', has('en-US/dash/main'))
  expect(client.of('pages/a.md')).toSatisfy(hasNot('common/punctuation/quote'))
})

test('sites beside one another have their own settings', async () => {
  root = folderWith({
    'one/pages/a.md': '',
    'two/pages/a.md': '',
    'two/imprimatur.config.json': '{ "lint": { "rules": { "common/punctuation/quote": "off" } } }',
  })
  client = await startClient(root)
  await client.open('one/pages/a.md', 'He said "so".\n')
  await client.open('two/pages/a.md', 'He said "so".\n')
  await client.until('one/pages/a.md', has('common/punctuation/quote'))
  await client.until('two/pages/a.md', has('common/nbsp/afterShortWord'))
  expect(client.of('two/pages/a.md')).toSatisfy(hasNot('common/punctuation/quote'))
})

describe('going about', () => {
  const files = {
    'pages/posts/a.md':
      '---\ntitle: The first\ndate: 2026-01-02\ntags: [one, two]\nlayout: wide\n---\n\nWhat it says.\n\n## Two words\n\n### Below\n',
    'pages/b.md': '---\ntags: [one]\n---\n\n[a](posts/a.md#two-words) and [a](/posts/a/)\n',
    'pages/c.ejs': "<%- include('partials/head') %>",
    'layouts/wide.ejs': layout,
    'layouts/partials/head.ejs': '<b>head</b>',
  }
  const whenRead = async () => {
    await begin(files)
    await client.open('pages/b.md', files['pages/b.md'])
    await client.open('pages/c.ejs', `${files['pages/c.ejs']}<%= nothing.there %>`)
    await client.until('pages/c.ejs', has('template/run'))
  }

  test('from a link to the heading, and back from it to all links', async () => {
    await whenRead()
    const [there] = await client.ask<Location[]>('textDocument/definition', place('pages/b.md', 4, 10))
    expect(there).toEqual({
      uri: client.uri('pages/posts/a.md'),
      range: { start: at(9, 3), end: at(9, 12) },
    })
    await client.open('pages/posts/a.md', files['pages/posts/a.md'])
    const links = await client.ask<Location[]>('textDocument/references', place('pages/posts/a.md', 9, 5))
    expect(links).toEqual([{ uri: client.uri('pages/b.md'), range: { start: at(4, 4), end: at(4, 24) } }])
    const toPage = await client.ask<Location[]>('textDocument/references', place('pages/posts/a.md', 7, 1))
    expect(toPage).toHaveLength(2)
  })

  test('to layouts and partials', async () => {
    await whenRead()
    await client.open('pages/posts/a.md', files['pages/posts/a.md'])
    const [wide] = await client.ask<Location[]>('textDocument/definition', place('pages/posts/a.md', 4, 9))
    expect(wide?.uri).toBe(client.uri('layouts/wide.ejs'))
    const [head] = await client.ask<Location[]>('textDocument/definition', place('pages/c.ejs', 0, 15))
    expect(head?.uri).toBe(client.uri('layouts/partials/head.ejs'))
  })

  test('to parts of the theme, where the site has none of its own, and proposes them', async () => {
    await begin({
      'imprimatur.config.json': '{ "theme": "imprimatur" }',
      'pages/a.md': '---\nlayout: post\n---\n',
      'pages/c.ejs': "<%- include('partials/footer') %>",
    })
    await client.open('pages/a.md', '---\nlayout: post\n---\n')
    const [layoutFile] = await client.ask<Location[]>('textDocument/definition', place('pages/a.md', 1, 9))
    expect(layoutFile?.uri).toMatch(/\/src\/theme\/files\/layouts\/post\.ejs$/)
    await client.open('pages/c.ejs', "<%- include('partials/footer') %>")
    const [part] = await client.ask<Location[]>('textDocument/definition', place('pages/c.ejs', 0, 20))
    expect(part?.uri).toMatch(/\/src\/theme\/files\/layouts\/partials\/footer\.ejs$/)
    const partials = await client.ask<CompletionItem[]>(
      'textDocument/completion',
      place('pages/c.ejs', 0, 13),
    )
    expect(partials.map(({ label }) => label)).toContain('partials/header')
    await client.change('pages/a.md', '---\nlayout: p\n---\n')
    const layouts = await client.ask<CompletionItem[]>('textDocument/completion', place('pages/a.md', 1, 9))
    expect(layouts.map(({ label }) => label)).toContain('post')
  })

  test('a link says where it leads', async () => {
    await whenRead()
    const { contents } = await client.ask<Hover>('textDocument/hover', place('pages/b.md', 4, 10))
    expect((contents as { value: string }).value).toBe(
      '**The first**\n\n2026-01-02 · /posts/a/\n\nWhat it says.',
    )
  })

  test('headings of a page, and titles of the site', async () => {
    await whenRead()
    await client.open('pages/posts/a.md', files['pages/posts/a.md'])
    const [top] = await client.ask<DocumentSymbol[]>('textDocument/documentSymbol', {
      textDocument: { uri: client.uri('pages/posts/a.md') },
    })
    expect([top?.name, top?.children?.map(({ name }) => name)]).toEqual(['Two words', ['Below']])
    const found = await client.ask<SymbolInformation[]>('workspace/symbol', { query: 'tfrst' })
    expect(found.map(({ name }) => name)).toEqual(['The first'])
  })

  test.each([
    [
      'pages by title, written as the way to their source',
      'pages/posts/n.md',
      'See [it](',
      'The first',
      'a.md',
    ],
    ['headings of a page', 'pages/n.md', 'See [it](posts/a.md#', 'Two words', 'two-words'],
    ['headings of this page', 'pages/n.md', '# Here I am\n\n[up](#', 'Here I am', 'here-i-am'],
    ['pages in HTML', 'pages/n.html', '<a href="', 'The first', 'posts/a.md'],
    ['fields', 'pages/n.md', '---\ntitle: x\ntransl', 'translationOf', 'translationOf: '],
    ['layouts', 'pages/n.md', '---\nlayout: w', 'wide', 'wide'],
    ['tags', 'pages/n.md', '---\ntags: [new, o', 'one', 'one'],
    ['tags of a list', 'pages/n.md', '---\ntags:\n  - ', 'one', 'one'],
    ['originals', 'pages/n.md', '---\ntranslationOf: ', 'The first', '/posts/a/'],
    [
      'rules',
      'pages/n.md',
      '<!-- typography-next-line off: common/punctuation/q',
      'common/punctuation/quote',
      'common/punctuation/quote',
    ],
    ['partials', 'pages/n.ejs', "<%- include('", 'partials/head', 'partials/head'],
  ])('completes %s', async (_, path, text, label, written) => {
    await whenRead()
    const whole = text.startsWith('---\n') ? `${text}\n---\n` : `${text}\n`
    await client.open(path, whole)
    const lines = text.split('\n')
    const items = await client.ask<CompletionItem[]>(
      'textDocument/completion',
      place(path, lines.length - 1, lines.at(-1)!.length),
    )
    const item = items.find(each => each.label === label)
    expect(item?.textEdit?.newText).toBe(written)
  })

  test('tags are told with how often they are used, the most used first', async () => {
    await whenRead()
    await client.open('pages/n.md', '---\ntags: [\n---\n')
    const items = await client.ask<CompletionItem[]>('textDocument/completion', place('pages/n.md', 1, 7))
    expect(items.map(({ label, detail }) => [label, detail])).toEqual([
      ['one', '2 pages'],
      ['two', '1 page'],
    ])
  })
})
