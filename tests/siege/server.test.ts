import { connect, type Socket } from 'node:net'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDevServer, type DevServer } from '../../src/index.ts'
import { folderWith } from '../folder.ts'

const SECRET = 'nobody may see this'
const base = folderWith({
  'secret.txt': SECRET,
  'docs-leak/x.txt': SECRET,
  'site/layouts/default.ejs': '<!doctype html><title>t</title><%- body %>',
  'site/pages/index.md': 'Home.\n',
  'site/pages/a.txt': '0123456789',
  'site/pages/empty.txt': '',
  'site/pages/.env': SECRET,
  'site/pages/draft.md': `---\ndraft: true\n---\n${SECRET}\n`,
  'site/imprimatur.config.json': `{ "site": { "description": "${SECRET}" } }`,
})
const root = join(base, 'site')
let server: DevServer
beforeAll(async () => {
  server = (await startDevServer({ root, port: 0 })).value!
})
afterAll(() => server.close())

interface Answer {
  readonly status: number
  readonly head: string
  readonly body: string
}

/** A request as it stands on the wire, bytes and all. */
function ask(request: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let all = ''
    const socket = connect(server.port, '127.0.0.1', () => socket.end(request, 'latin1'))
    socket.setEncoding('latin1').on('data', text => (all += text))
    socket.once('error', reject)
    socket.once('close', () => {
      const [head = '', ...rest] = all.split('\r\n\r\n')
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), head, body: rest.join('\r\n\r\n') })
    })
  })
}

const get = (target: string, ...headers: readonly string[]) =>
  ask([`GET ${target} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n'))

const up = [
  '/..',
  '/%2e%2e',
  '/%2E%2E',
  '/..%2f',
  '/%2e%2e%2f',
  '/..%5c',
  '/%5c..',
  '/..\\',
  '/.%2e',
  '/%252e%252e',
  '/..%00',
  '/..;',
  '/...',
  '//..',
  '/./..',
]
const targets = [
  ...up.flatMap(each => [`${each}/secret.txt`, `${each}/docs-leak/x.txt`]),
  '/%2e%2e%2fdocs-leak%2fx.txt',
  '/.env',
  '/.env/',
  '/draft.md',
  '/pages/draft.md',
  '/imprimatur.config.json',
  '/@fs/etc/passwd',
  '/@fs/etc/passwd?raw??',
  '/?raw#/../secret.txt',
  '/.imprimatur/../../secret.txt',
  '/.imprimatur/%2e%2e/secret.txt',
  '/.imprimatur/events?page=/../../secret.txt',
  '//example.org/',
  '/%ff',
  '/a.txt%00.html',
  '*',
  'file:///etc/passwd',
  'ftp://localhost/secret.txt',
  'http://localhost/../secret.txt',
  'http://a@localhost/a.txt',
  '/etc/passwd',
]

test(`${targets.length} targets show nothing that is not of the site, and the server goes on`, async () => {
  expect(targets.length).toBeGreaterThanOrEqual(47)
  for (const target of targets) {
    const { status, body } = await get(target)
    expect({
      target,
      isKnown: [400, 403, 404, 405].includes(status) || body.includes('Home.'),
      leaks: body.includes(SECRET) || body.includes('root:'),
    }).toEqual({ target, isKnown: true, leaks: false })
  }
  expect((await get('/')).status).toBe(200)
})

describe('hosts', () => {
  const own = [
    'localhost',
    'LOCALHOST',
    'localhost:80',
    'localhost.',
    'localhost.:4000',
    'localhost:',
    '127.0.0.1',
    '127.0.0.1:1',
    '127.9.9.9',
    '[::1]',
    '[::1]:4000',
    'blog.localhost',
    'blog.localhost.',
  ]
  const foreign = [
    'evil.example.org',
    'localhost.example.org',
    'example.org.',
    '127.0.0.1.example.org',
    'localhost@example.org',
    'example.org:80@localhost',
    '10.0.0.1',
    '0.0.0.0',
    '[::]',
    '[::1',
    '127.0.0.1.',
    'localhost..',
    ' ',
    'xn--lcalhost-54a',
    'localhost,example.org',
    'localhost example.org',
    'nocalhost',
    '2130706433',
    '0x7f000001',
  ]
  test.each(own)('%s is this server', async host =>
    expect((await ask(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).status).toBe(200),
  )
  test.each(foreign)('“%s” is not', async host =>
    expect([400, 403]).toContain(
      (await ask(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).status,
    ),
  )
  test.each([
    'GET / HTTP/1.1\r\nConnection: close\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: localhost\r\nHost: example.org\r\nConnection: close\r\n\r\n',
    'GET / HTTP/1.0\r\n\r\n',
  ])('nor is none, nor two: %j', async request => expect([400, 403]).toContain((await ask(request)).status))
})

describe('a target in absolute form (RFC 9112, 3.2.2)', () => {
  test('is the address in it, and its host counts', async () => {
    expect(await get('http://localhost/a.txt')).toMatchObject({ status: 200, body: '0123456789' })
    expect((await get('HTTP://LOCALHOST:4000/a.txt?x')).body).toBe('0123456789')
    expect((await get('http://localhost')).status).toBe(200)
    expect((await get('http://localhost?x=1')).status).toBe(200)
    expect((await get('http://example.org/a.txt')).status).toBe(403)
    const other = await ask(
      'GET http://localhost/a.txt HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n',
    )
    expect(other.status).toBe(200)
  })
})

describe('ranges (RFC 9110, 14)', () => {
  test.each([
    ['bytes=-99999999', 206, '0123456789'],
    ['bytes=-11', 206, '0123456789'],
    ['bytes=-10', 206, '0123456789'],
    ['bytes=-3', 206, '789'],
    ['bytes=0-', 206, '0123456789'],
    ['bytes=2-3', 206, '23'],
    ['bytes=9-99', 206, '9'],
    ['bytes=10-', 416, ''],
    ['bytes=-0', 416, ''],
    ['bytes=5-2', 200, '0123456789'],
    ['lines=1-2', 200, '0123456789'],
    ['bytes=0-1,4-5', 200, '0123456789'],
  ])('%s', async (range, status, body) => {
    const answer = await get('/a.txt', `Range: ${range}`)
    expect([answer.status, answer.body]).toEqual([status, body])
  })

  test('of an empty file', async () => expect((await get('/empty.txt', 'Range: bytes=-5')).status).toBe(416))
})

describe('many', () => {
  const many = (count: number, text: string) =>
    Promise.all(
      Array.from(
        { length: count },
        () =>
          new Promise<Socket>((resolve, reject) => {
            const socket = connect(server.port, '127.0.0.1', () => socket.write(text, () => resolve(socket)))
            socket.once('error', reject)
          }),
      ),
    )

  interface Reader {
    readonly socket: Socket
    /** Waits until it was sent so many states of its page. */
    hear(states: number): Promise<void>
  }
  const readerOf = (socket: Socket): Reader => {
    let all = ''
    let listening = () => {}
    socket.setEncoding('utf8').on('data', text => {
      all += text
      listening()
    })
    return {
      socket,
      hear: states =>
        new Promise(resolve => {
          listening = () => void (all.split('event: status').length > states && resolve())
          listening()
        }),
    }
  }

  test('300 that send slowly are in nobody’s way', async () => {
    const sockets = await many(300, 'GET / HTTP/1.1\r\nHost: local')
    expect((await get('/a.txt')).body).toBe('0123456789')
    for (const socket of sockets) socket.destroy()
  })

  test('2,000 readers hear of a change, each of them', async () => {
    const readers: Reader[] = []
    // More at once than a server has room for that are not accepted yet, some systems forget.
    for (let i = 0; i < 10; i++) {
      const sockets = await many(200, 'GET /.imprimatur/events?page=/ HTTP/1.1\r\nHost: localhost\r\n\r\n')
      const wave = sockets.map(readerOf)
      // The state of the page as it is.
      await Promise.all(wave.map(({ hear }) => hear(1)))
      readers.push(...wave)
    }
    expect(readers).toHaveLength(2000)
    writeFileSync(join(root, 'pages/index.md'), 'Home. Changed.\n')
    expect((await get('/')).body).toContain('Changed.')
    await Promise.all(readers.map(({ hear }) => hear(2)))
    for (const { socket } of readers) socket.destroy()
  })
})
