import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { imprimatur } from '../../program.ts'
import { serveFeeds } from '../feed-server.ts'
import { fetchPlanet, fetchPlanetAt, NOW, planetSite, readKeptJson } from '../planet-site.ts'
import { atom, rss } from '../read/shape.ts'

const entry = (n: number, rest = '') =>
  `<item><title>Post ${n}</title><guid>https://blog.example/${n}</guid>${rest}</item>`

/** A server whose answer can be changed. */
async function serveChanging(body: string, headers: Readonly<Record<string, string>> = {}) {
  const state = { body, status: 200, headers }
  const server = await serveFeeds((_, response) => {
    response.writeHead(state.status, state.headers).end(state.body)
  })
  return { ...server, state }
}

test('entries are kept in a readable file for each feed, the same bytes every time', async () => {
  const server = await serveChanging(
    rss(`<item><title>One</title><link>https://blog.example/1</link><guid>g:1</guid>
      <pubDate>Fri, 02 Jan 2026 00:00:00 GMT</pubDate><description>&lt;p onclick="x">\u05d0 \u2067x\u2069&lt;/p></description></item>`),
  )
  const cwd = planetSite({ 'A friend': `${server.url}/feed` })
  const run = await fetchPlanet(cwd)
  expect(run.code).toBe(0)
  expect(run.report.summary).toBe('1 feed: 1 changed, 0 unchanged, 1 new entry')
  const file = join(cwd, 'planet/a-friend.json')
  const text = readFileSync(file, 'utf8')
  expect(text).toBe(`{
  "url": "${server.url}/feed",
  "title": "Blog",
  "home": "https://blog.example/",
  "entries": [
    {
      "id": "g:1",
      "link": "https://blog.example/1",
      "title": "One",
      "date": "2026-01-02T00:00:00Z",
      "content": "<p>\u05d0 \\u2067x\\u2069</p>"
    }
  ]
}
`)
  const before = statSync(file, { bigint: true })
  const again = await fetchPlanetAt(cwd, NOW + 1000)
  expect(again.report.summary).toBe('1 feed: 0 changed, 1 unchanged, 0 new entries')
  expect(statSync(file, { bigint: true }).ino).toBe(before.ino)
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('a request names the program and sends the validators of the last answer', async () => {
  const server = await serveFeeds(({ headers }, response) => {
    if (headers['if-none-match'] === '"a"' && headers['if-modified-since'] !== undefined) {
      response.writeHead(304).end()
    } else {
      response
        .writeHead(200, { etag: '"a"', 'last-modified': 'Fri, 02 Jan 2026 00:00:00 GMT' })
        .end(rss(entry(1)))
    }
  })
  const cwd = planetSite({ A: `${server.url}/feed#x` })
  await fetchPlanet(cwd)
  const kept = readKeptJson(cwd, 'a')
  const again = await fetchPlanet(cwd)
  expect(again.report.summary).toBe('1 feed: 0 changed, 1 unchanged, 0 new entries')
  expect(readKeptJson(cwd, 'a')).toEqual(kept)
  const [first, second] = server.requests.map(({ headers }) => headers)
  expect(first).toMatchObject({
    'user-agent': expect.stringMatching(
      /^imprimatur\/\d+\.\d+\.\d+ \(planet; \+https:\/\/example\.org\/planet\/\)$/,
    ),
  })
  expect(first).not.toHaveProperty('if-none-match')
  expect(second).toMatchObject({
    'if-none-match': '"a"',
    'if-modified-since': 'Fri, 02 Jan 2026 00:00:00 GMT',
  })

  // Validators of one address are not used for another.
  writeFileSync(join(cwd, 'pages/planet.yaml'), `title: P\nfeeds: [{ url: ${server.url}/other, name: A }]\n`)
  await fetchPlanet(cwd)
  expect(server.requests.at(-1)?.headers).not.toHaveProperty('if-none-match')
})

describe('a feed that cannot be had', () => {
  test('is reported at its line of the list; the others are fetched, and what was kept stays', async () => {
    const good = await serveChanging(rss(entry(1)))
    const bad = await serveChanging(rss(entry(2)))
    const cwd = planetSite({ Bad: bad.url, Good: good.url })
    expect(await fetchPlanet(cwd)).toMatchObject({ code: 0, findings: [] })
    const kept = readKeptJson(cwd, 'bad')
    const answers = [
      [404, 'no', 'planet/status'],
      [500, rss(''), 'planet/status'],
      [200, '', 'planet/feed'],
      [200, '<html><body>Hello</body></html>', 'planet/feed'],
      [200, rss(entry(2)).slice(0, -40), 'planet/feed'],
      [204, '', 'planet/status'],
    ] as const
    for (const [status, body, code] of answers) {
      Object.assign(bad.state, { status, body })
      good.state.body = rss(entry(1) + entry(status))
      const run = await fetchPlanet(cwd)
      expect(run.code).toBe(1)
      expect(run.findings).toEqual([`${code} 4:10`])
      expect(run.report.diagnostics[0]?.message).toMatch(/^Bad: /)
      expect(readKeptJson(cwd, 'bad')).toEqual(kept)
      expect(readKeptJson(cwd, 'good').entries.map(({ id }) => id)).toContain(
        `https://blog.example/${status}`,
      )
    }
  })

  test('the report of a page in place of a feed names the feed that the page links to', async () => {
    const server = await serveChanging(
      '<!doctype html><html><head><link rel="alternate" type="application/atom+xml" href="/a.xml?x=1&amp;y=2"></head></html>',
    )
    const run = await fetchPlanet(planetSite({ A: server.url }))
    expect(run.report.diagnostics[0]).toMatchObject({
      code: 'planet/feed',
      hint: `the page names ${server.url}/a.xml?x=1&y=2`,
    })
  })

  test('an encoding that it is not in', async () => {
    const server = await serveFeeds((_, response) =>
      response.end(
        Buffer.from('<rss><channel><title>\xcf\xf0\xe8\xe2\xe5\xf2</title></channel></rss>', 'latin1'),
      ),
    )
    expect(await fetchPlanet(planetSite({ A: server.url }))).toMatchObject({
      code: 1,
      findings: ['planet/encoding 4:10'],
    })
  })

  test('what is kept of it and cannot be read is not written over', async () => {
    const server = await serveChanging(rss(entry(1)))
    for (const text of [
      '<<<<<<< HEAD\n',
      '{"url":"https://e.example/"}',
      '{"url":"https://e.example/","entries":[{"id":"1","date":"now"}]}',
      '{"url":"https://e.example/","entries":[],"more":1}',
    ]) {
      const cwd = planetSite({ A: server.url }, { 'planet/a.json': text })
      expect(await fetchPlanet(cwd)).toMatchObject({ code: 1, findings: ['planet/kept planet/a.json'] })
      expect(readFileSync(join(cwd, 'planet/a.json'), 'utf8')).toBe(text)
    }
  })

  test('a folder that cannot be written leaves nothing behind', async () => {
    const server = await serveChanging(rss(entry(1)))
    const cwd = planetSite({ A: server.url }, { planet: 'a file in its way' })
    expect(await fetchPlanet(cwd)).toMatchObject({ code: 1, findings: ['planet/write planet/a.json'] })
    expect(readdirSync(cwd).toSorted()).toEqual(['pages', 'planet'])
  })
})

describe('entries over time', () => {
  test('what a feed drops stays, what it changes is changed in its place', async () => {
    const dated = (n: number, text: string) =>
      entry(n, `<pubDate>Fri, 0${n} Jan 2026 00:00:00 GMT</pubDate><description>${text}</description>`)
    const server = await serveChanging(rss(dated(1, 'a') + dated(2, 'b')))
    const cwd = planetSite({ A: server.url })
    await fetchPlanet(cwd)
    server.state.body = rss(
      dated(3, 'c') +
        entry(2, '<pubDate>Thu, 08 Jan 2026 00:00:00 GMT</pubDate><description>B</description>'),
    )
    expect((await fetchPlanet(cwd)).report.summary).toBe('1 feed: 1 changed, 0 unchanged, 1 new entry')
    expect(readKeptJson(cwd, 'a').entries).toMatchObject([
      { id: 'https://blog.example/3', date: '2026-01-03T00:00:00Z' },
      { id: 'https://blog.example/2', date: '2026-01-02T00:00:00Z', content: 'B' },
      { id: 'https://blog.example/1', date: '2026-01-01T00:00:00Z', content: 'a' },
    ])
  })

  test('the newest two hundred are kept', async () => {
    const many = (from: number) =>
      Array.from({ length: 150 }, (_, n) =>
        entry(from + n, `<pubDate>${new Date((NOW - 1000 + from + n) * 1000).toUTCString()}</pubDate>`),
      ).join('')
    const server = await serveChanging(rss(many(0)))
    const cwd = planetSite({ A: server.url })
    await fetchPlanet(cwd)
    server.state.body = rss(many(150))
    await fetchPlanet(cwd)
    const { entries } = readKeptJson(cwd, 'a')
    expect(entries.map(({ title }) => title)).toEqual(
      Array.from({ length: 200 }, (_, n) => `Post ${299 - n}`),
    )
  })

  test('a date to come is the time at which it was first seen, and stays that', async () => {
    const server = await serveChanging(rss(entry(1, '<pubDate>Fri, 01 Jan 2100 00:00:00 GMT</pubDate>')))
    const cwd = planetSite({ A: server.url })
    await fetchPlanet(cwd)
    await fetchPlanetAt(cwd, NOW + 86_400)
    expect(readKeptJson(cwd, 'a').entries).toMatchObject([{ date: '2026-01-09T12:00:00Z' }])
  })

  test('without dates, a new feed is as old as it says, and what comes later is as new as it is', async () => {
    const server = await serveChanging(
      rss(`<lastBuildDate>Thu, 01 Jan 2026 00:00:00 GMT</lastBuildDate>${entry(2)}${entry(1)}`),
    )
    const cwd = planetSite({ A: server.url })
    await fetchPlanet(cwd)
    server.state.body = rss(entry(3) + entry(2) + entry(1))
    await fetchPlanet(cwd)
    expect(readKeptJson(cwd, 'a').entries.map(({ title, date }) => `${title} ${date}`)).toEqual([
      'Post 3 2026-01-09T12:00:00Z',
      'Post 2 2026-01-01T00:00:00Z',
      'Post 1 2025-12-31T23:59:59Z',
    ])
  })

  test('without ids, a link or a title is one', async () => {
    const server = await serveChanging(
      rss(
        '<item><title>One</title><description>a</description></item><item><link>https://blog.example/2</link><title>Two</title></item>',
      ),
    )
    const cwd = planetSite({ A: server.url })
    await fetchPlanet(cwd)
    server.state.body = rss(
      '<item><title>One</title><description>b</description></item><item><link>https://blog.example/2</link><title>2</title></item>',
    )
    await fetchPlanet(cwd)
    const { entries } = readKeptJson(cwd, 'a')
    expect(entries.map(({ title, content }) => `${title} ${content}`).toSorted()).toEqual([
      '2 undefined',
      'One b',
    ])
  })

  test('one id for several entries keeps none from being kept, and does not double them later', async () => {
    const item = (n: number) =>
      `<item><title>T${n}</title><link>https://blog.example/${n}</link><guid isPermaLink="false">same</guid></item>`
    const server = await serveChanging(rss(item(1) + item(2)))
    const cwd = planetSite({ A: server.url })
    await fetchPlanet(cwd)
    server.state.body = rss(item(2))
    await fetchPlanet(cwd)
    expect(
      readKeptJson(cwd, 'a')
        .entries.map(({ title }) => title)
        .toSorted(),
    ).toEqual(['T1', 'T2'])
  })

  test('an entry that stands in a feed twice is the one that was changed last', async () => {
    const twice = (day: number, text: string) =>
      `<entry><id>a:1</id><published>2026-01-01T00:00:00Z</published><updated>2026-01-0${day}T00:00:00Z</updated><content>${text}</content></entry>`
    for (const order of [
      [twice(2, 'old'), twice(3, 'new')],
      [twice(3, 'new'), twice(2, 'old')],
    ]) {
      const server = await serveChanging(atom(order.join('')))
      const cwd = planetSite({ A: server.url })
      await fetchPlanet(cwd)
      expect(readKeptJson(cwd, 'a').entries).toMatchObject([
        { content: '<p>new</p>', updated: '2026-01-03T00:00:00Z' },
      ])
    }
  })

  test('a site that begins to speak TLS doubles nothing', async () => {
    const server = await serveChanging(rss(entry(1)))
    const cwd = planetSite({ A: server.url })
    await fetchPlanet(cwd)
    server.state.body = rss(entry(1).replace('https:', 'http:'))
    await fetchPlanet(cwd)
    expect(readKeptJson(cwd, 'a').entries).toHaveLength(1)
  })
})

test('what is left out of a feed is reported', async () => {
  const server = await serveChanging(rss(`<item><guid>1</guid></item>${entry(2)}`))
  expect(await fetchPlanet(planetSite({ A: server.url }))).toMatchObject({
    code: 0,
    findings: ['planet/entry 4:10'],
  })
})

describe('the call', () => {
  test('a site without a list gets a hint how to begin one', async () => {
    const cwd = planetSite({})
    writeFileSync(join(cwd, 'pages/planet.yaml'), '')
    expect(await fetchPlanet(cwd)).toMatchObject({ code: 1, findings: ['planet/value 1:1'] })
    const none = planetSite({})
    mkdirSync(join(none, 'other'))
    writeFileSync(join(none, 'imprimatur.config.json'), '{ "dirs": { "pages": "other" } }')
    expect(await fetchPlanet(none)).toMatchObject({ code: 1, findings: ['planet/list'] })
  })

  test('planet alone, and a command that it does not have', async () => {
    for (const args of [['planet'], ['planet', 'fetsh']]) {
      const { code, stderr } = await imprimatur(args, { cwd: planetSite({}) })
      expect(code).toBe(2)
      expect(stderr).toContain('usage/command')
      expect(stderr).toContain('imprimatur planet fetch')
    }
  })

  test.each([
    [['--timeout', 'soon'], 'usage/option'],
    [['--timeout', '0'], 'usage/option'],
    [['--wait=3'], 'usage/option'],
    [['more'], 'usage/argument'],
  ])('%j', async (args, code) => {
    expect(await fetchPlanet(planetSite({}), ...args)).toMatchObject({ code: 2, findings: [code] })
  })

  test('a list that cannot be read', async () => {
    const cwd = planetSite({})
    chmodSync(join(cwd, 'pages/planet.yaml'), 0o644)
    writeFileSync(join(cwd, 'pages/planet.yaml'), Buffer.from([0x74, 0xff]))
    expect(await fetchPlanet(cwd)).toMatchObject({ code: 1, findings: ['file/encoding 1:2'] })
  })
})
