import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newestFirst } from '../../../src/build/pages/collections.ts'
import { instant } from '../../../src/core/dates.ts'
import { pageFields } from '../../../src/document/front-matter.ts'
import { SitePage } from '../../../src/build/pages/site-page.ts'
import { ejs, builtSite } from '../built-site.ts'

const post = (front: string) => `---\n${front}\n---\n`

const posts = {
  'pages/posts/a.md': post('date: 2026-01-01\ntags: [b, a]'),
  'pages/posts/b.md': post('date: 2026-03-01T23:00:00+03:00\ntags: [a, a]'),
  'pages/posts/c.md': post('date: 2026-03-01T21:00:00Z'),
  'pages/posts/d.md': post('date: 2025-12-31'),
  'pages/posts/e.md': post('date: 2026-01-01'),
  'pages/posts/f.md': post('date: 2026-02-01\nlang: ru'),
  'pages/posts/g.md': post('date: 2026-01-15\nlang: ru'),
  'pages/notes/h.md': post('date: 2026-02-02'),
  'pages/404.md': '',
  'pages/old.md': post('layout: redirect\nredirectTarget: /'),
  'pages/z.md': post('aliases: [/zz/]'),
}

describe('lists', () => {
  test('of any two pages the one of the later instant comes first, or that of the lesser address', () => {
    // Some of them are one instant, in one time zone or in all.
    const dates = [
      '2026-03-01',
      '2026-03-01T00:00',
      '2026-03-01T03:00:00+03:00',
      '2026-02-28T21:00Z',
      '1969-12-31',
    ]
    const date = fc.constantFrom(undefined, ...dates)
    fc.assert(
      fc.property(
        fc.array(date, { maxLength: 12 }),
        fc.constantFrom(undefined, 'Europe/Moscow'),
        (all, zone) => {
          const pages = all.map((each, at) => {
            const known = { source: '', path: '', url: `/${(at * 7) % 13}/` }
            return new SitePage(each === undefined ? known : { ...known, date: each })
          })
          const at = (page: SitePage) => (page.date === undefined ? -Infinity : instant(page.date, zone))
          const listed = newestFirst(pages, zone)
          expect(new Set(listed)).toEqual(new Set(pages))
          for (const [place, page] of listed.entries()) {
            const next = listed[place + 1]
            const isBefore = !next || at(page) > at(next) || (at(page) === at(next) && page.url < next.url)
            expect(isBefore).toBe(true)
          }
        },
      ),
    )
  })

  test('pages are newest first, undated ones last, ties by address; redirects, aliases and 404 are none of them', async () => {
    const text = await ejs('<%- pages.map(p => p.url).join(" ") %>', posts)
    expect(text).toBe('/posts/c/ /posts/b/ /notes/h/ /posts/f/ /posts/g/ /posts/a/ /posts/e/ /posts/d/ / /z/')
  })

  test('collections: sections and tags by name, years newest first, members newest first', async () => {
    const text = await ejs(
      '<%- JSON.stringify(Object.entries(collections).map(([k, m]) => [k, [...m].map(([n, ps]) => [n, ps.map(p => p.title)])])) %>',
      posts,
    )
    expect(JSON.parse(text)).toEqual([
      [
        'sections',
        [
          ['notes', ['h']],
          ['posts', ['c', 'b', 'f', 'g', 'a', 'e', 'd']],
        ],
      ],
      [
        'years',
        [
          [2026, ['c', 'b', 'h', 'f', 'g', 'a', 'e']],
          [2025, ['d']],
        ],
      ],
      [
        'tags',
        [
          ['a', ['b', 'a']],
          ['b', ['a']],
        ],
      ],
    ])
  })

  test('neighbours are of one section and language', async () => {
    const { output } = await builtSite({
      ...posts,
      'layouts/default.ejs': '<%- [page.previous?.title, page.next?.title].map(t => t ?? "-").join(" ") %>',
    })
    const of = (name: string) => output[`posts/${name}/index.html`]
    expect(['c', 'b', 'e', 'a', 'd', 'f', 'g'].map(of)).toEqual([
      'b -',
      'a c',
      'd a',
      'e b',
      '- e',
      'g -',
      '- f',
    ])
    expect(output['notes/h/index.html']).toBe('- -')
    expect(output['z/index.html']).toBe('- -')
  })
})

describe('translations', () => {
  const layout = { 'layouts/default.ejs': '<%- page.translations.map(p => p.lang + p.url).join(" ") %>' }

  test.each(['/a/', '/a', 'pages/a.md', 'a.md', './a.md'])('know of one another by %s', async name => {
    const { output, findings } = await builtSite({
      ...layout,
      'pages/a.md': '',
      'pages/ru.md': post(`lang: ru\ntranslationOf: ${name}`),
      'pages/de.md': post(`lang: de\ntranslationOf: ${name}`),
    })
    expect(findings).toEqual([])
    expect(output['a/index.html']).toBe('de/de/ ru/ru/')
    expect(output['ru/index.html']).toBe('en/a/ de/de/')
    expect(output['de/index.html']).toBe('en/a/ ru/ru/')
  })

  test('of a page that is not there, or not published', async () => {
    const { findings, diagnostics } = await builtSite({
      'pages/original.md': '',
      'pages/a.md': post('title: A\ntranslationOf: /orignal/'),
      'pages/b.md': post('translationOf: c.md'),
      'pages/c.md': post('draft: true'),
    })
    expect(findings).toEqual([
      'front-matter/translation pages/a.md:3:16',
      'front-matter/translation pages/b.md:2:16',
    ])
    expect(diagnostics[0]?.hint).toContain('did you mean “/original/”?')
  })
})

describe('what is published', () => {
  const dated = {
    'pages/past.md': post('date: 2026-05-31'),
    'pages/now.md': post('date: 2026-06-01'),
    'pages/late.md': post('date: 2026-06-01T02:59:00+03:00'),
    'pages/soon.md': post('date: 2026-06-01T00:01:00Z'),
    'pages/future.md': post('date: 2026-06-02'),
    'pages/draft.md': post('draft: true'),
    'pages/not.md': post('draft: false'),
  }

  test('no drafts, and nothing that is still to come', async () => {
    const { output, unpublished } = await builtSite(dated)
    expect(Object.keys(output).toSorted()).toEqual([
      'late/index.html',
      'not/index.html',
      'now/index.html',
      'past/index.html',
    ])
    expect(unpublished).toBe(3)
  })

  test('everything, when drafts are asked for', async () => {
    const { output, unpublished } = await builtSite({
      ...dated,
      'imprimatur.config.json': '{ "build": { "drafts": true, "extras": false } }',
    })
    expect(Object.keys(output)).toHaveLength(7)
    expect(unpublished).toBe(0)
  })
})

describe('addresses', () => {
  test('slug, permalink, aliases, files that are copied', async () => {
    const { output, findings } = await builtSite({
      'imprimatur.config.json': '{ "dirs": { "assets": "static" }, "build": { "extras": false } }',
      'pages/a.md': post('slug: b'),
      'pages/feed.ejs': `---\npermalink: /feed.xml\nlayout: none\n---\n<feed><%= page.url %></feed>`,
      'pages/c.md': post('aliases: [/old/, /older.html, /ру/]'),
      'pages/deep/cat.txt': 'miaow',
      'pages/CNAME': 'example.org',
      'pages/.well-known/x': 'y',
      'static/robots.txt': 'z',
      'pages/.DS_Store': 'no',
      'pages/a.md~': 'no',
      'pages/.imprimatur-stage-1/x': 'no',
    })
    expect(findings).toEqual([])
    expect(Object.keys(output).toSorted()).toEqual([
      '.well-known/x',
      'CNAME',
      'b/index.html',
      'c/index.html',
      'deep/cat.txt',
      'feed.xml',
      'old/index.html',
      'older.html',
      'robots.txt',
      'ру/index.html',
    ])
    expect(output['feed.xml']).toBe('<feed>/feed.xml</feed>')
    expect(output['ру/index.html']).toContain('0; url=/c/')
  })

  test.each([
    ['slug: ..', 2, 7],
    ['title: A\nslug: a/b', 3, 7],
    ['permalink: ../../etc/x', 2, 12],
    ['permalink: https://example.org/', 2, 12],
    ['aliases: [/fine/, /../x/]', 2, 10],
    [`permalink: /${'x'.repeat(256)}/`, 2, 12],
  ])('%s', async (front, line, column) => {
    const { findings, diagnostics } = await builtSite({ 'pages/a.md': post(front) })
    expect(findings).toEqual([`route/address pages/a.md:${line}:${column}`])
    expect(diagnostics[0]?.hint).toBe('an address looks like /posts/2026/name/ or /name.html')
  })

  test.each([
    [{ 'pages/a.md': '', 'pages/a.html': '' }, 'pages/a.html and pages/a.md'],
    [{ 'pages/a.md': '', 'pages/b.md': post('aliases: [/a]') }, 'pages/a.md and pages/b.md'],
    [{ 'pages/a.md': post('permalink: /x.txt'), 'pages/x.txt': '' }, 'pages/a.md and pages/x.txt'],
    [{ 'pages/a/index.md': '', 'pages/a.md': '' }, 'pages/a/index.md and pages/a.md'],
    [{ 'pages/e\u0301.md': '', 'pages/\u00E9.md': '' }, 'both want the address /\u00E9/'],
    [
      { 'pages/a.md': post('permalink: /x.txt'), 'pages/b.md': post('permalink: /x.txt/y/') },
      '“x.txt”, one as a file, one as a folder',
    ],
  ])('two sources with one address: %j', async (files, message) => {
    const { findings, diagnostics } = await builtSite(files)
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatch(/^route\/collision pages\//)
    expect(diagnostics[0]?.message).toContain(message)
  })

  test.each(['a\\b.txt', 'a\nb.txt', '\u0007.txt'])(
    'a file that is copied and could be no address: %j',
    async name => {
      const { findings } = await builtSite({ [`pages/${name}`]: '' })
      expect(findings).toEqual([`route/address pages/${name}`])
    },
  )
})

describe('redirects', () => {
  test.each([
    ['layout: redirect', 'front-matter/redirect pages/a.md:2:9'],
    ['redirectTarget: /x/', 'front-matter/redirect pages/a.md:2:17'],
    ['layout: redirect\nredirectTarget: //example.org', 'front-matter/redirect pages/a.md:3:17'],
    ['layout: redirect\nredirectTarget: javascript:alert(1)', 'front-matter/redirect pages/a.md:3:17'],
    ['layout: redirect\nredirectTarget: https://', 'front-matter/redirect pages/a.md:3:17'],
    ['layout: redirect\nredirectTarget: x/', 'front-matter/redirect pages/a.md:3:17'],
  ])('%j is refused', async (front, expected) => {
    expect((await builtSite({ 'pages/a.md': post(front) })).findings).toEqual([expected])
  })
})

describe('a page is data', () => {
  /** Every name that a page, an object or a class has, and some that promises and templates look for. */
  const names = [
    ...Object.getOwnPropertyNames(Object.prototype),
    ...Object.getOwnPropertyNames(Function.prototype),
    ...Object.getOwnPropertyNames(SitePage),
    ...Object.getOwnPropertyNames(SitePage.prototype),
    ...'then toJSON meet rewrite attach setNeighbours get set has posts size length constructor prototype'.split(
      ' ',
    ),
  ]

  test('a field of any name that is not reserved is the author’s, and does no harm', async () => {
    const fields = [...new Set(names)].filter(name => !pageFields[name] && name !== '__proto__')
    const { output, findings } = await builtSite({
      'imprimatur.config.json': '{ "site": { "title": "T", "url": "https://t.example.org" } }',
      'layouts/default.ejs': '<%- metadata() %><%- body %><%= page.next?.title %>',
      'pages/a.md': `---\ndate: 2026-01-01\n${fields.map(name => `${JSON.stringify(name)}: '18:00'`).join('\n')}\n---\n`,
      'pages/b.md': post('date: 2026-01-02\nmeet: "18:00"\nconstructor: x'),
      'pages/c.ejs': `---\ndate: 2026-01-03\n---\n${fields.map(name => `<%= pages[2][${JSON.stringify(name)}] %>`).join('')}`,
    })
    expect(findings).toEqual([])
    expect(output['c/index.html']).toContain('18:00'.repeat(fields.filter(name => name !== 'posts').length))
  })
})

test('names are in the order of the site’s language', async () => {
  const { output } = await builtSite({
    'imprimatur.config.json': '{ "site": { "lang": "ru" }, "build": { "extras": false } }',
    'pages/a.md': post('tags: [Ёлка, zoo, éclair, Абрикос, яблоко, ёж, apple, Apple]'),
    'pages/tags.ejs': '---\nlayout: none\n---\n<%= [...collections.tags.keys()].join(" ") %>',
  })
  expect(output['tags/index.html']).toBe('Абрикос ёж Ёлка яблоко apple Apple éclair zoo')
})

describe('values are taken by their written form', () => {
  const shown = async (fields: string, template: string) => {
    const { output, findings } = await builtSite({
      'pages/a.ejs': `---\nlayout: none\n${fields}\n---\n${template}`,
    })
    return findings.length > 0 ? findings : output['a/index.html']
  }
  test.each([
    ['year: "2020"', '2020 number'],
    ["year: '2020'", '2020 number'],
    ['year: 2020', '2020 number'],
  ])('%s', async (fields, expected) => {
    expect(await shown(fields, '<%= page.year %> <%= typeof page.year %>')).toBe(expected)
  })
  test.each([
    ['title: 1984', '1984'],
    ['title: 1.10', '1.10'],
    ['title: 007', '007'],
    ['title: 0x10', '0x10'],
    ['title: true', 'true'],
    ['title: 2020-01-01', '2020-01-01'],
    ['title: "1984" # a book', '1984'],
    ['description: 12', ''],
  ])('%s', async (fields, expected) => {
    expect(await shown(fields, '<%= page.description === "12" ? "" : page.title %>')).toBe(expected)
  })
  test.each([
    ['tags: one', 'one'],
    ['tags: another tag', 'another tag'],
    ['tags: [2024]', '2024'],
    ['tags: [1.10, yes, null word, 2020-01-01]', '1.10|yes|null word|2020-01-01'],
    ['tags:\n  - 1.0\n  - true', '1.0|true'],
    ['tags: ""', ''],
    ['tags: 7', '7'],
  ])('%s', async (fields, expected) => {
    expect(await shown(fields, '<%= page.tags.join("|") %>')).toBe(expected)
  })
  test('in TOML, too', async () => {
    const { output } = await builtSite({
      'pages/a.ejs':
        '+++\nlayout = "none"\ntitle = 1984\ntags = [2024]\nyear = "2020"\n+++\n<%= [page.title, ...page.tags, page.year + 1] %>',
    })
    expect(output['a/index.html']).toBe('1984,2024,2021')
  })
  test.each([
    ['permalink: false', 'hidden: true keeps it back'],
    ['date: 2020', 'date: 2020-01-01'],
    ['date: 20200315', 'date: 2020-03-15'],
    ['url: /old/', 'permalink: /old/'],
    ['layout: false', 'layout: none'],
    ['draft: "true"', 'draft: true'],
    ['tags: { a: b }', 'tags: [typography, keys]'],
    ['year: twenty', 'year: 2026'],
  ])('what cannot be meant is refused, with what to write: %s', async (fields, hint) => {
    const { diagnostics } = await builtSite({ 'pages/a.md': `---\n${fields}\n---\n` })
    expect(diagnostics[0]?.hint).toContain(hint)
    expect(diagnostics).toHaveLength(1)
  })
})

test.each(['NFC', 'NFD'] as const)(
  'a link to a source leads there in whatever Unicode form: file in %s',
  async form => {
    const name = 'й'.normalize(form)
    const link = (other: 'NFC' | 'NFD') =>
      `[x](${'й.md'.normalize(other)}) ![](<${'ё.png'.normalize(other)}>)`
    const { output, findings } = await builtSite({
      [`pages/${name}.md`]: 'Words\n',
      [`pages/${'ё'.normalize(form)}.png`]: 'x',
      'pages/a.md': `${link('NFC')}\n\n${link('NFD')}\n`,
    })
    expect(findings.filter(found => !found.startsWith('image/read'))).toEqual([])
    expect(output['a/index.html']!.match(/href="[^"]*"/g)).toEqual([
      `href="/${encodeURI('й')}/"`,
      `href="/${encodeURI('й')}/"`,
    ])
    expect(output['a/index.html']!.match(/src="[^"]*"/g)).toEqual([
      `src="/${encodeURI('ё'.normalize('NFC'))}.png"`,
      `src="/${encodeURI('ё'.normalize('NFC'))}.png"`,
    ])
  },
)
