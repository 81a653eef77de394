import { readFileSync } from 'node:fs'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { download } from '../../../src/planet/fetch/download.ts'
import { mayReach, reachOf, type Reach } from '../../../src/planet/fetch/network.ts'
import { readFeed } from '../../../src/planet/read/read-feed.ts'
import { folderWith } from '../../folder.ts'
import { createAuthority } from '../../xmpp/certificates.ts'
import { serveFeeds, type FeedServer } from '../feed-server.ts'
import { fetchPlanet, planetSite, readKeptJson } from '../planet-site.ts'
import { atom, rss } from '../read/shape.ts'

const MB = 1024 * 1024

const options = { userAgent: 'test', validators: {}, timeout: 60_000, limit: MB }

const code = async (url: string, rest: Partial<typeof options> = {}) => {
  const found = await download(url, { ...options, ...rest })
  return 'code' in found ? found.code : found
}

describe('a server that sends too much, or never', () => {
  test('a body without an end', async () => {
    const server = await serveFeeds((_, response) => {
      const send = () =>
        void (response.write(Buffer.alloc(65_536, 0x20)) ? setImmediate(send) : response.once('drain', send))
      send()
    })
    expect(await code(server.url)).toBe('planet/too-large')
  })

  test('a length that is too much already', async () => {
    const server = await serveFeeds((_, response) => {
      response.writeHead(200, { 'content-length': 10 * MB })
      response.write('<')
    })
    expect(await code(server.url)).toBe('planet/too-large')
  })

  test.each([
    ['gzip', gzipSync(Buffer.alloc(50 * MB))],
    ['gzip, gzip', gzipSync(gzipSync(Buffer.alloc(500 * MB)))],
  ])('a small body that unpacks to a large one: %s', async (coding, body) => {
    expect(body.length).toBeLessThan(MB)
    const server = await serveFeeds((_, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(body),
    )
    expect(await code(server.url)).toBe('planet/too-large')
  })

  test.each([
    ['gzip', 'no gzip'],
    ['lzma', 'x'],
    ['gzip, gzip, gzip', 'x'],
    ['gzip', gzipSync(rss('')).subarray(0, 40)],
  ])('a body that does not unpack: %s', async (coding, body) => {
    const server = await serveFeeds((_, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(body),
    )
    expect(await code(server.url)).toBe('planet/feed')
  })

  test.each([
    ['aws-chunked', rss('')],
    ['utf-8', rss('')],
    ['none', Buffer.from(`\uFEFF${rss('')}`, 'utf16le')],
    ['x-gzip', gzipSync(rss(''))],
    ['deflate', deflateSync(rss(''))],
    ['deflate', deflateRawSync(rss(''))],
    ['br', brotliCompressSync(rss(''))],
    ['identity, gzip', gzipSync(rss(''))],
    ['', gzipSync(rss(''))],
  ])('a body that unpacks, or is not packed at all, though it says “%s”', async (coding, body) => {
    const server = await serveFeeds((_, response) =>
      response.writeHead(200, coding === '' ? {} : { 'content-encoding': coding }).end(body),
    )
    const found = await download(server.url, options)
    if ('code' in found || !found.body) throw new Error('It was not had')
    expect(readFeed({ body: found.body, url: server.url })).toMatchObject({ title: 'Blog' })
  })

  test.each<readonly [string, Parameters<typeof serveFeeds>[0]]>([
    ['says nothing', () => undefined],
    ['begins and says no more', (_, response) => void response.write('<rss>')],
    [
      'sends a letter at a time',
      (_, response) => {
        const timer = setInterval(() => response.write(' '), 20)
        response.on('close', () => clearInterval(timer))
      },
    ],
  ])('a server that %s', async (_, answer) => {
    const server = await serveFeeds(answer)
    expect(await code(server.url, { timeout: 200 })).toBe('planet/timeout')
  })

  test('one that hangs up, and one that is not there', async () => {
    const server = await serveFeeds((_, response) => response.destroy())
    expect(await code(server.url)).toBe('planet/connect')
    await server.close()
    expect(await code(server.url)).toBe('planet/connect')
    expect(await code('https://no-such-host.invalid/')).toBe('planet/connect')
  })
})

describe('redirects', () => {
  /** `/a?status&to` is a redirect; anything else is a feed. */
  const serve = (host?: string) =>
    serveFeeds(
      ({ url = '/' }, response) => {
        const { searchParams } = new URL(url, 'http://localhost')
        const to = searchParams.get('to')
        if (to === null) response.end(rss('<item><title>One</title></item>'))
        else response.writeHead(Number(searchParams.get('status') ?? 302), { location: to }).end()
      },
      host === undefined ? {} : { host },
    )
  const via = ({ url }: FeedServer, to: string, status = 302) =>
    `${url}/?status=${status}&to=${encodeURIComponent(to)}`

  test('are followed, relative ones too; where all are for good, the list is to follow', async () => {
    const server = await serve()
    const forGood = via(server, '/feed', 308)
    expect(await download(via(server, forGood, 301), options)).toMatchObject({
      url: `${server.url}/feed`,
      movedTo: `${server.url}/feed`,
    })
    expect(await download(via(server, forGood, 307), options)).toMatchObject({
      url: `${server.url}/feed`,
      movedTo: undefined,
    })
    const cwd = planetSite({ A: forGood })
    const run = await fetchPlanet(cwd)
    expect(run).toMatchObject({ code: 0, findings: ['planet/moved 4:10'] })
    expect(run.report.diagnostics[0]?.hint).toContain(`${server.url}/feed`)
    expect(readKeptJson(cwd, 'a').entries).toHaveLength(1)
  })

  test('round in a circle, without an end, to nowhere', async () => {
    const server = await serve()
    const circle = await serveFeeds(({ url }, response) =>
      response.writeHead(301, { location: url === '/a' ? '/b' : '/a' }).end(),
    )
    expect(await code(`${circle.url}/a`)).toBe('planet/redirect')
    expect(circle.requests.length).toBe(2)
    let n = 0
    const endless = await serveFeeds((_, response) => response.writeHead(302, { location: `/${n++}` }).end())
    expect(await code(endless.url)).toBe('planet/redirect')
    expect(endless.requests.length).toBe(6)
    for (const to of ['', 'http://', 'file:///etc/passwd', 'data:text/xml,<rss/>', 'ftp://127.0.0.1/']) {
      expect(await code(via(server, to))).toBe('planet/redirect')
    }
  })

  test('out of this machine are by TLS alone', async () => {
    const server = await serve()
    expect(await code(via(server, 'http://192.0.2.1/'))).toBe('planet/redirect')
    expect(await code(via(server, 'http://10.0.0.1/'))).toBe('planet/redirect')
    expect(await code('http://192.0.2.1/feed')).toBe('planet/address')
    expect(await code('http://[fe80::1]/feed')).toBe('planet/address')
  })

  test('from another machine do not lead into this one or its network', () => {
    const reaches: readonly Reach[] = ['public', 'private', 'loopback']
    const open = (url: string, from: Reach | undefined) => reaches.filter(mayReach(new URL(url), from))
    expect(open('https://e.example', undefined)).toEqual(reaches)
    expect(open('https://e.example', 'public')).toEqual(['public'])
    expect(open('https://e.example', 'private')).toEqual(['public', 'private'])
    expect(open('https://e.example', 'loopback')).toEqual(reaches)
    expect(open('http://e.example', undefined)).toEqual(['loopback'])
    expect(open('http://e.example', 'public')).toEqual([])
    expect(open('http://e.example', 'loopback')).toEqual(['loopback'])
  })

  test.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.0.9', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['0.0.0.0', 'private'],
    ['10.1.2.3', 'private'],
    ['172.31.0.1', 'private'],
    ['172.32.0.1', 'public'],
    ['192.168.0.1', 'private'],
    ['169.254.169.254', 'private'],
    ['100.64.0.1', 'private'],
    ['::ffff:169.254.169.254', 'private'],
    ['224.0.0.1', 'private'],
    ['255.255.255.255', 'private'],
    ['::', 'private'],
    ['fd00::1', 'private'],
    ['fe80::1%eth0', 'private'],
    ['93.184.215.14', 'public'],
    ['2606:4700::1111', 'public'],
  ])('%s is a %s address', (address, reach) => expect(reachOf(address)).toBe(reach))

  test.each(['http://2130706433:', 'http://0x7f.1:', 'http://localhost:', 'http://[::ffff:127.0.0.1]:'])(
    '%s is this machine',
    async start => {
      const server = await serve()
      expect(await code(`${start}${server.port}/`)).toMatchObject({ movedTo: undefined })
    },
  )
})

test('a certificate that nobody signed, and one for another name', async () => {
  const folder = folderWith()
  const authority = createAuthority(folder)
  const { certificate, key } = authority.issue('other', 'other.example')
  const tls = { cert: readFileSync(certificate), key: readFileSync(key) }
  const server = await serveFeeds((_, response) => response.end(rss('')), { tls })
  expect(await code(server.url)).toBe('planet/tls')
  const plain = await serveFeeds((_, response) => response.end(rss('')))
  expect(await code(plain.url.replace('http:', 'https:'))).toBe('planet/tls')
  expect(await fetchPlanet(planetSite({ A: server.url }))).toMatchObject({
    code: 1,
    findings: ['planet/tls 4:10'],
  })
})

describe('a feed that is to choke on', () => {
  const read = (body: string) => {
    const feed = readFeed({ body: Buffer.from(body), url: 'https://blog.example/' })
    return 'code' in feed ? feed.code : feed
  }

  test('entities that stand for more entities, and for files, stand for nothing', () => {
    const bomb = Array.from({ length: 30 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join(
      '',
    )
    const feed = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "x">${bomb}<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1/">%p;]>
      <rss version="2.0"><channel><title>&e30;&f;</title><item><title>&e30; &f;</title></item></channel></rss>`
    expect(read(feed)).toMatchObject({ title: '&e30;&f;', entries: [{ title: '&e30; &f;' }] })
  })

  test.each([
    ['elements one in another', `<rss version="2.0"><channel>${'<a>'.repeat(200_000)}`],
    ['brackets', `[${'['.repeat(1_000_000)}`],
    [
      'brackets in a JSON Feed',
      `{"version":"https://jsonfeed.org/version/1.1","title":"x","items":${'['.repeat(500_000)}`,
    ],
    ['processing instructions', '<??>'.repeat(200_000)],
    ['comments without an end', '<!--'.repeat(200_000)],
    ['document types', '<!DOCTYPE ['.repeat(100_000)],
    ['nothing but blanks', ' '.repeat(4 * MB)],
    ['attributes', `<rss ${'a="b" '.repeat(100_000)}`],
  ])('%s', (_, body) => expect(read(body)).toBe('planet/feed'))

  test.each([
    ['entries', rss('<item><title>x</title></item>'.repeat(100_000)), 200],
    [
      'markup',
      atom(`<entry><id>a:1</id><content type="html">${'&lt;b>'.repeat(80_000)}x</content></entry>`),
      1,
    ],
    [
      'one in another in XHTML',
      atom(
        `<entry><id>a:1</id><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${'<b>'.repeat(90)}x${'</b>'.repeat(90)}</div></content></entry>`,
      ),
      1,
    ],
    [
      'authors',
      atom(`<entry><id>a:1</id><title>x</title>${'<author><name>A</name></author>'.repeat(50_000)}</entry>`),
      1,
    ],
    [
      'links',
      atom(
        `<entry><id>a:1</id><title>x</title>${'<link rel="enclosure" href="https://e.example/x"/>'.repeat(50_000)}</entry>`,
      ),
      1,
    ],
  ])('many: %s', (_, body, entries) => expect(read(body)).toMatchObject({ entries: { length: entries } }))
})
