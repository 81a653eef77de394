import { describe, expect, test } from 'vitest'
import { bare, builtSite } from '../built-site.ts'

const shows = (fields: string) => ({ 'layouts/default.ejs': `<%= [${fields}].join(' ') %>` })

describe('a day in a file’s name', () => {
  test('is the page’s date, and no part of its address', async () => {
    const { output, findings } = await builtSite({
      ...shows('page.date, page.year, page.title'),
      'pages/posts/2020-01-02-a_title.md': '',
      'pages/posts/2020-01-03-b/index.md': '',
    })
    expect([findings, output]).toEqual([
      [],
      {
        'posts/a_title/index.html': '2020-01-02 2020 a_title',
        'posts/2020-01-03-b/index.html': '2020-01-03 2020 2020-01-03-b',
      },
    ])
  })

  test('gives way to one in front matter', async () => {
    const { output } = await builtSite({
      ...shows('page.date'),
      'pages/2020-01-02-a.md': '---\ndate: 2021-05-05\n---\n',
    })
    expect(output).toEqual({ 'a/index.html': '2021-05-05' })
  })

  test('keeps a page back when it is still to come', async () => {
    const { output, unpublished } = await builtSite({ 'pages/2026-07-01-a.md': '', 'pages/b.md': '' })
    expect([Object.keys(output), unpublished]).toEqual([['b/index.html'], 1])
  })

  test('that does not exist is an error', async () => {
    expect((await builtSite({ 'pages/2026-02-30-a.md': '' })).findings).toEqual([
      'front-matter/date pages/2026-02-30-a.md:1:1',
    ])
  })

  test('leaves two pages with one address, which is told', async () => {
    const { findings } = await builtSite({ 'pages/2020-01-02-links.md': '', 'pages/2021-01-02-links.md': '' })
    expect(findings).toEqual(['route/collision pages/2021-01-02-links.md'])
  })
})

describe('a language in a file’s name', () => {
  const translations = shows('page.lang, ...page.translations.map(({ url }) => url)')

  test('is the page’s, which lies in a folder of it and knows its translations', async () => {
    const { output, findings } = await builtSite({
      ...translations,
      'pages/posts/a.md': '',
      'pages/posts/a.ru.md': '',
      'pages/posts/2020-01-02-a.de.md': '',
      'pages/posts/index.en.md': '',
      'pages/ru/b.ru.md': '',
      'pages/what.is.md': '---\nlang: en\n---\n',
    })
    expect([findings, output]).toEqual([
      [],
      {
        'de/posts/a/index.html': 'de /posts/a/ /ru/posts/a/',
        'posts/a/index.html': 'en /de/posts/a/ /ru/posts/a/',
        'posts/index.html': 'en',
        'ru/posts/a/index.html': 'ru /de/posts/a/ /posts/a/',
        'ru/b/index.html': 'ru',
        'what.is/index.html': 'en',
      },
    ])
  })

  test('goes together with translationOf', async () => {
    const { output } = await builtSite({
      ...translations,
      'pages/a.md': '',
      'pages/a.ru.md': '',
      'pages/c.md': '---\nlang: de\ntranslationOf: /a/\n---\n',
    })
    expect(output).toEqual({
      'a/index.html': 'en /ru/a/ /c/',
      'ru/a/index.html': 'ru /a/ /c/',
      'c/index.html': 'de /a/ /ru/a/',
    })
  })
})

describe('_index', () => {
  test('is the page of its folder, with the dated pages below it', async () => {
    const { output, findings } = await builtSite({
      'pages/_index.md': 'Home\n',
      'pages/posts/_index.md': '---\ntitle: All\n---\nWords\n',
      'pages/posts/2020/2020-01-02-a.md': '# A\n',
      'pages/posts/b.md': 'Undated\n',
      'pages/other/2020-01-02-c.md': '',
    })
    expect(findings).toEqual([])
    expect(output['index.html']).toBe('<p>Home</p>\n')
    expect(output['posts/index.html']).toContain('<p>Words</p>')
    expect(output['posts/index.html']!.match(/href="[^"]*"/g)).toEqual(['href="/posts/2020/a/"'])
  })

  test('takes the place of the list that the program makes', async () => {
    const { output } = await builtSite({
      ...bare,
      'imprimatur.config.json': '{}',
      'pages/posts/_index.md': '---\ntitle: All\nlayout: default\n---\nMine\n',
      'pages/posts/2020-01-02-a.md': '',
    })
    expect(output['posts/index.html']).toBe('<p>Mine</p>\n')
    expect(output).toHaveProperty(['posts/2020/index.html'])
  })
})
