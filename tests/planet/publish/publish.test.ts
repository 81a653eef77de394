import { describe, expect, test } from 'vitest'
import { formatKept, type KeptEntry, type KeptFeed } from '../../../src/planet/kept.ts'
import { readPlanetList } from '../../../src/planet/list.ts'
import { gatherPlanet } from '../../../src/planet/publish/gather.ts'
import { planetAtom, planetOpml } from '../../../src/planet/publish/planet-feed.ts'
import { folderWith } from '../../folder.ts'
import { dangersIn } from '../dangers.ts'
import { planetYaml } from '../planet-site.ts'

const entry = (n: number, rest: Partial<KeptEntry> = {}): KeptEntry => ({
  id: `https://blog.example/${n}`,
  link: `https://blog.example/${n}`,
  title: `Post ${n}`,
  date: new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString().replace('.000Z', 'Z'),
  ...rest,
})

const url = (name: string) => `https://${name}.example/feed`

/** A planet of feeds of one letter, of which this is kept. */
function planetOf(kept: Readonly<Record<string, readonly KeptEntry[]>>, feed: Partial<KeptFeed> = {}) {
  const names = Object.keys(kept)
  const files = names.map(name => {
    const text = formatKept({
      url: url(name),
      home: `https://${name}.example/`,
      entries: kept[name]!,
      ...feed,
    })
    return [`planet/${name}.json`, text] as const
  })
  const root = folderWith({
    'pages/planet.yaml': planetYaml(Object.fromEntries(names.map(name => [name, url(name)]))),
    ...Object.fromEntries(files),
  })
  const list = readPlanetList(root, 'pages').value
  if (!list) throw new Error('The list cannot be read')
  const { value, diagnostics } = gatherPlanet(root, list)
  return { entries: value?.entries ?? [], planet: value, diagnostics }
}

describe('the entries of a planet', () => {
  test('are the newest of all feeds, with their source', () => {
    const { entries, diagnostics } = planetOf({
      a: [entry(3), entry(1)],
      b: [entry(4, { author: 'b' }), entry(2, { author: 'Bob' })],
    })
    expect(diagnostics).toEqual([])
    expect(entries.map(({ title, source, author }) => [title, source.name, author])).toEqual([
      ['Post 4', 'b', undefined],
      ['Post 3', 'a', undefined],
      ['Post 2', 'b', 'Bob'],
      ['Post 1', 'a', undefined],
    ])
    expect(entries[0]?.source).toEqual({
      name: 'b',
      feed: 'https://b.example/feed',
      home: 'https://b.example/',
    })
  })

  test('stand there once, by id, from the feed that is listed first', () => {
    const { entries } = planetOf({
      a: [entry(1), entry(2, { id: '7', title: 'Seven of a' })],
      b: [
        entry(1, { title: 'Copy' }),
        entry(2, { id: 'http://blog.example/1', title: 'Without TLS' }),
        entry(3, { id: '7', title: 'Seven of b' }),
      ],
    })
    expect(entries.map(({ title }) => title)).toEqual(['Seven of b', 'Seven of a', 'Post 1'])
    expect(entries.map(({ id }) => id)).toEqual([
      'https://b.example/feed#7',
      'https://a.example/feed#7',
      'https://blog.example/1',
    ])
  })

  test('are sixty, and twenty of one feed', () => {
    const many = (from: number, count: number) => Array.from({ length: count }, (_, n) => entry(from + n))
    const { entries } = planetOf({ a: many(1000, 100), b: many(0, 30), c: many(100, 30), d: many(200, 30) })
    const counts = ['a', 'b', 'c', 'd'].map(
      name => entries.filter(({ source }) => source.name === name).length,
    )
    expect(counts).toEqual([20, 0, 20, 20])
  })

  test('have a title: their own, how their text begins, or their source', () => {
    const content = `<p>${'word '.repeat(40)}</p>`
    const { entries } = planetOf({
      a: [
        entry(3, { title: undefined, content }),
        entry(2, { title: undefined, content: '<p>Short.</p>' }),
        entry(1, { title: undefined }),
      ],
    })
    expect(entries.map(({ title }) => title)).toEqual([`${'word '.repeat(14)}word…`, 'Short.', 'a'])
  })

  test('have their tables in a box on the page, as tables of the site are', () => {
    const table =
      '<table><tbody><tr><td>x<table><tbody><tr><td>y</td></tr></tbody></table></td></tr></tbody></table>'
    const { entries } = planetOf({ a: [entry(1, { content: `<blockquote>${table}</blockquote>` })] })
    expect(entries[0]?.body).toBe(`<blockquote><div class="table" tabindex="0">${table}</div></blockquote>`)
    expect(entries[0]?.content).toBe(`<blockquote>${table}</blockquote>`)
  })

  test('are sanitised again, whatever is kept, and their headings go below the day', () => {
    const { entries } = planetOf({
      a: [entry(1, { content: '<h1 onclick="x">T</h1><script>x</script><img src="/i.png">' })],
    })
    expect(dangersIn(entries[0]!.content)).toEqual([])
    expect(entries[0]?.body).toBe(
      '<h4>T</h4><a href="https://blog.example/i.png" rel="nofollow noopener">i.png</a>',
    )
    expect(entries[0]?.content).toMatch(/^<h1>/)
  })
})

test('what was never fetched is not there, and what cannot be read leaves no planet', () => {
  const list = `title: P\nfeeds: [{ url: ${url('a')}, name: a }]`
  const gather = (files: Readonly<Record<string, string>>) => {
    const root = folderWith({ 'pages/planet.yaml': list, ...files })
    const { value, diagnostics } = gatherPlanet(root, readPlanetList(root, 'pages').value!)
    return { entries: value?.entries, codes: diagnostics.map(({ code, severity }) => `${severity} ${code}`) }
  }
  expect(gather({})).toEqual({ entries: [], codes: [] })
  expect(gather({ 'planet/a.json': '{' })).toEqual({ entries: undefined, codes: ['error planet/kept'] })
  const badLink = JSON.stringify({ url: url('a'), entries: [{ ...entry(1), link: 'javascript:alert(1)' }] })
  expect(gather({ 'planet/a.json': badLink })).toEqual({ entries: undefined, codes: ['error planet/kept'] })
})

const published = { siteUrl: 'https://planet.example', lang: 'en', page: '/planet/', feed: '/planet.atom' }

test('Atom names each entry’s author and source', () => {
  const { planet } = planetOf({
    a: [
      entry(1, {
        title: 'A <b> & c',
        lang: 'ru',
        author: 'Ann',
        updated: '2026-02-01T00:00:00Z',
        content: '<p>x & y</p>',
      }),
    ],
  })
  expect(planetAtom(planet!, published)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>https://planet.example/planet.atom</id>
<title xml:lang="en">Planet</title>
<updated>2026-02-01T00:00:00Z</updated>
<link rel="self" type="application/atom+xml" href="https://planet.example/planet.atom"/>
<link rel="alternate" type="text/html" href="https://planet.example/planet/"/>
<generator>Imprimatur</generator>
<entry xml:lang="ru">
<id>https://blog.example/1</id>
<title>A &lt;b&gt; &amp; c</title>
<author>
<name>Ann</name>
</author>
<link rel="alternate" type="text/html" href="https://blog.example/1"/>
<published>2026-01-01T00:01:00Z</published>
<updated>2026-02-01T00:00:00Z</updated>
<source>
<id>https://a.example/feed</id>
<title>a</title>
<link rel="self" href="https://a.example/feed"/>
<link rel="alternate" type="text/html" href="https://a.example/"/>
</source>
<content type="html">&lt;p&gt;x &amp;amp; y&lt;/p&gt;</content>
</entry>
</feed>
`)
})

test('OPML of it is the list', () => {
  const { planet } = planetOf({ a: [], b: [entry(1)] })
  expect(planetOpml(planet!)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
<head>
<title>Planet</title>
</head>
<body>
<outline type="rss" text="a" title="a" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/>
<outline type="rss" text="b" title="b" xmlUrl="https://b.example/feed" htmlUrl="https://b.example/"/>
</body>
</opml>
`)
})
