import { mf2 } from 'microformats-parser'
import { describe, expect, test } from 'vitest'
import { builtSite } from '../built-site.ts'
import { folderWith } from '../../folder.ts'
import { build } from '../../program.ts'
import { bytesOf } from '../../tree.ts'

const url = 'https://author.example'

const files = {
  'imprimatur.config.json': JSON.stringify({
    site: {
      title: 'A notebook',
      url,
      author: {
        name: 'A. Author',
        url: '/about/',
        photo: '/me.png',
        profiles: ['https://social.example/@author', 'https://code.example/author'],
      },
    },
    theme: 'imprimatur',
    build: { typography: 'off' },
  }),
  'pages/index.md': '---\ntitle: Welcome\n---\n# Welcome\n',
  'pages/about.md': '# About\n',
  'pages/me.png': 'x',
  'pages/posts/one.md':
    '---\ntitle: One\ndescription: The first\ndate: 2026-01-02\nupdated: 2026-02-03\ntags: [a, b]\nlayout: post\n---\nSome **words**.\n',
  'pages/posts/two.md':
    '---\ntitle: Two\ndate: 2026-01-03\nauthor: { name: A Guest, url: https://guest.example/ }\nlayout: post\n---\nOthers.\n',
}

describe('what the theme says in microformats, as another program reads them', () => {
  const docs = (async () => {
    const cwd = folderWith(files)
    expect(await build({ cwd })).toMatchObject({ code: 0 })
    return bytesOf(`${cwd}/docs`)
  })()
  const parse = async (path: string) => {
    const html = Buffer.from((await docs)[`${path}index.html`] ?? '', 'latin1').toString('utf8')
    return mf2(html, { baseUrl: `${url}/${path}` })
  }
  const find = (items: ReturnType<typeof mf2>['items'], type: string) =>
    items.find(item => item.type?.includes(type))

  test('a post is an h-entry with its author, dates, tags and content', async () => {
    const entry = find((await parse('posts/one/')).items, 'h-entry')
    expect(entry?.properties).toMatchObject({
      name: ['One'],
      summary: ['The first'],
      url: [`${url}/posts/one/`],
      published: ['2026-01-02'],
      updated: ['2026-02-03'],
      category: ['a', 'b'],
      author: [{ type: ['h-card'], properties: { name: ['A. Author'], url: [`${url}/about/`] } }],
      content: [{ value: 'Some words.', html: '<p>Some <strong>words</strong>.</p>' }],
    })
  })

  test('a post of somebody else is theirs', async () => {
    const entry = find((await parse('posts/two/')).items, 'h-entry')
    expect(entry?.properties.author).toMatchObject([
      { properties: { name: ['A Guest'], url: ['https://guest.example/'] } },
    ])
  })

  test.each(['', 'posts/', 'posts/2026/', 'tags/a/'])('/%s has an h-feed of entries', async path => {
    const feed = find((await parse(path)).items, 'h-feed')
    const entries = (feed?.children ?? []).map(({ properties }) => [
      properties.name,
      properties.url,
      properties.published,
    ])
    expect(entries).toContainEqual([['One'], [`${url}/posts/one/`], [expect.stringContaining('2026-01-02')]])
  })

  test('every page has the card of the author, and says who else is the same person', async () => {
    for (const path of ['', 'about/', 'posts/one/']) {
      const { items, rels } = await parse(path)
      expect(find(items, 'h-card')?.properties).toMatchObject({
        name: ['A. Author'],
        uid: [`${url}/about/`],
        url: [`${url}/about/`, 'https://social.example/@author', 'https://code.example/author'],
        photo: [`${url}/me.png`],
      })
      expect(rels.me).toEqual(['https://social.example/@author', 'https://code.example/author'])
      expect(rels.author).toEqual([`${url}/about/`])
    }
  })
})

describe('the page of feeds', () => {
  const languages = {
    ...files,
    'pages/posts/ru.md':
      '---\ntitle: Три\ndate: 2026-01-04\nlang: ru\ntags: [a]\nlayout: post\n---\nСлова.\n',
  }

  test('lists every feed that there is, in each language that there are posts in', async () => {
    const cwd = folderWith(languages)
    expect(await build({ cwd })).toMatchObject({ code: 0, findings: [] })
    const docs = bytesOf(`${cwd}/docs`)
    const feeds = Object.keys(docs).filter(path => /(?:atom|rss)\.xml$|feed\.json$/.test(path))
    expect(feeds.length).toBeGreaterThan(10)
    for (const page of ['feeds/index.html', 'ru/feeds/index.html']) {
      const html = docs[page] ?? ''
      expect(feeds.filter(path => !html.includes(` href="/${path}" type="`))).toEqual([])
    }
    const [en = '', ru = ''] = ['feeds/index.html', 'ru/feeds/index.html'].map(path =>
      Buffer.from(docs[path] ?? '', 'latin1').toString('utf8'),
    )
    expect([en, ru].map(html => /<h1>(.*?)<\/h1>/.exec(html)?.[1])).toEqual(['Feeds', 'Ленты'])
    expect(en).toContain('hreflang="ru" href="https://author.example/ru/feeds/"')
    expect(ru).toContain('Лента')
    expect(docs['posts/one/index.html']).toContain('<a href="/feeds/">')
    expect(docs['posts/ru/index.html']).toContain('<a href="/ru/feeds/">')
    expect(docs['sitemap.xml']).toContain(`${url}/feeds/`)
  })

  const plain = {
    'layouts/default.ejs': '<title>t</title><%- body %>',
    'pages/index.md': 'x',
    'imprimatur.config.json': JSON.stringify({ site: { url } }),
  }

  test('is made without the theme, too, and has a heading', async () => {
    const { output } = await builtSite({ ...plain, 'pages/a.md': '---\ndate: 2026-01-01\n---\nx' })
    expect(output['feeds/index.html']).toContain('<h1>Feeds</h1>')
    expect(output['feeds/index.html']).toContain('<a href="/rss.xml" type="application/rss+xml">RSS</a>')
  })

  test('is not there without feeds, and an author’s own takes its place', async () => {
    expect((await builtSite(plain)).output).not.toHaveProperty(['feeds/index.html'])
    const own = { 'pages/feeds.md': 'mine', 'pages/a.md': '---\ndate: 2026-01-01\n---\nx' }
    expect((await builtSite({ ...plain, ...own })).output['feeds/index.html']).toContain('mine')
  })
})
