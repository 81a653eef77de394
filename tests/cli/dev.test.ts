import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listen, placeOf, startDev, reportOn, withoutClient, type Dev } from '../dev/dev-server.ts'
import { folderWith } from '../folder.ts'
import { imprimatur, repository } from '../program.ts'
import { bytesOf, replaceFiles, type Files } from '../tree.ts'

const layout =
  '<!doctype html><title><%= page.title %></title><link rel="stylesheet" href="<%= asset(\'/main.css\') %>"><body><%- body %></body>'

const files = {
  'layouts/default.ejs': layout,
  'pages/index.md': '# Home\n\n[a](posts/a.md)\n',
  'pages/posts/a.md': '# A\n\nOne.\n',
  'pages/main.css': 'p { color: red }\n',
  'pages/letters.txt': 'abcdefghij',
  'pages/photo.png': new Uint8Array([1, 2, 3]),
  'pages/404.md': '# Lost\n',
  'secret.txt': 'secret',
}

const BLIND = `import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
fs.watch = () => { throw Object.assign(new Error('no'), { code: 'ENOSPC' }) }
syncBuiltinESMExports()
`

const running: Dev[] = []
afterAll(() => Promise.all(running.map(dev => dev.stop())))

async function serve(more: Files = {}, args: readonly string[] = []) {
  const root = folderWith({ ...files, ...more })
  const dev = await startDev(root, args)
  running.push(dev)
  return { root, dev, url: dev.url }
}

interface Answer {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** As a program asks that does not tidy up addresses first. */
const ask = (url: string, path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<Answer>((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const asked = request({ hostname, port, path, headers, method }, response => {
      let body = ''
      response.setEncoding('utf8').on('data', (part: string) => (body += part))
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }))
    })
    asked.on('error', reject).end()
  })

describe('a site under a path', () => {
  test('is served there, and the start of the host leads to it', async () => {
    const config = { 'imprimatur.config.json': '{ "site": { "url": "https://user.example/blog/" } }' }
    const { url, root } = await serve(config)
    expect(url).toMatch(/\/blog$/)
    const { origin } = new URL(url)
    for (const path of ['/', '/blog', '/?a']) {
      const { status, headers } = await ask(origin, path)
      expect([path, status, headers.location]).toEqual([path, 302, '/blog/'])
    }
    expect((await ask(origin, '/blog/')).body).toContain('href="/blog/posts/a/"')
    expect((await ask(origin, '/blog/posts/a')).headers.location).toBe('/blog/posts/a/')
    for (const path of ['/posts/a/', '/main.css', '/blog2/', '/blog/blog/'])
      expect([path, (await ask(origin, path)).status]).toEqual([path, 404])
    expect((await ask(origin, '/blog/letters.txt')).body).toBe('abcdefghij')
    const events = await listen(origin, '/blog/posts/a/')
    const before = await events.next()
    replaceFiles(root, { 'pages/posts/a.md': '# A\n\nTwo.\n' })
    expect((await events.next()).page).not.toBe(before.page)
    events.close()
  })
})

describe('what is served', () => {
  let root = ''
  let url = ''
  beforeAll(async () => ({ root, url } = await serve()))

  test.each([
    ['/', 200, 'text/html; charset=utf-8', 'Home'],
    ['/posts/a/', 200, 'text/html; charset=utf-8', 'One.'],
    ['/main.css?v=1', 200, 'text/css; charset=utf-8', 'color: red'],
    ['/letters.txt', 200, 'text/plain; charset=utf-8', 'abcdefghij'],
    ['/photo.png', 200, 'image/png', ''],
    ['/sitemap.xml', 200, 'text/xml; charset=utf-8', 'urlset'],
    ['/nothing/', 404, 'text/html; charset=utf-8', 'Lost'],
    ['/nothing.css', 404, 'text/html; charset=utf-8', 'Lost'],
    ['/.imprimatur/client.js', 200, 'text/javascript; charset=utf-8', 'EventSource'],
    ['/.imprimatur/client.css', 200, 'text/css; charset=utf-8', 'details'],
    ['/.imprimatur/other', 404, 'text/plain; charset=utf-8', ''],
  ])('%s: %i, %s', async (path, status, type, text) => {
    const answer = await ask(url, path)
    expect([answer.status, answer.headers['content-type']]).toEqual([status, type])
    expect(answer.body).toContain(text)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.headers['cache-control']).toBe('no-cache')
  })

  test.each(['off', 'warn', 'fix'])('with typography %s, titles as a build writes them', async typography => {
    const { root: cwd, url: address } = await serve({
      'imprimatur.config.json': JSON.stringify({ build: { typography } }),
      'layouts/default.ejs': '<p><%= typeset(page.title) %></p>',
      'pages/index.md': '---\ntitle: One - "two"\n---\n',
    })
    await imprimatur(['build'], { cwd })
    const built = readFileSync(join(cwd, 'docs/index.html'), 'utf8')
    expect((await ask(address, '/')).body.slice(0, built.length)).toBe(built)
  })

  test('the headers that a host would send by the site’s _headers, as they are at the moment', async () => {
    const { root: cwd, url: address } = await serve()
    const policy = async (path: string) => (await ask(address, path)).headers['content-security-policy']
    expect(await policy('/')).toContain("default-src 'none'; connect-src 'self'")
    expect(await policy('/main.css')).toBe(await policy('/'))
    expect(await policy('/nothing/')).toBe(await policy('/'))
    replaceFiles(cwd, {
      'pages/_headers': "/posts/*\n  Content-Security-Policy: script-src 'none'\n  X-Extra: so\n",
    })
    expect(await policy('/')).toBeUndefined()
    const { headers, status } = await ask(address, '/posts/a/')
    expect([status, headers['x-extra'], headers['cache-control']]).toEqual([200, 'so', 'no-cache'])
    expect(headers['content-security-policy']).toBe(`script-src ${new URL(address).host}/.imprimatur/`)
  })

  test('a folder without its slash is sent on, with its question, and is never listed', async () => {
    const answer = await ask(url, '/posts/a?x=1')
    expect([answer.status, answer.headers.location]).toEqual([302, '/posts/a/?x=1'])
    rmSync(join(root, 'pages/404.md'))
    const listed = await ask(url, '/posts/2026/')
    expect(listed.status).toBe(404)
    expect(listed.body).toContain('Nothing is here')
  })

  test('what the browser has it is not sent again', async () => {
    const { headers } = await ask(url, '/letters.txt')
    const again = await ask(url, '/letters.txt', { 'if-none-match': String(headers.etag) })
    expect([again.status, again.body, again.headers.etag]).toEqual([304, '', headers.etag])
    replaceFiles(root, { 'pages/letters.txt': 'jihgfedcba' })
    expect(await ask(url, '/letters.txt', { 'if-none-match': String(headers.etag) })).toMatchObject({
      status: 200,
      body: 'jihgfedcba',
    })
    replaceFiles(root, { 'pages/letters.txt': 'abcdefghij' })
  })

  test.each([
    ['bytes=2-4', 206, 'cde', 'bytes 2-4/10'],
    ['bytes=-3', 206, 'hij', 'bytes 7-9/10'],
    ['bytes=8-99', 206, 'ij', 'bytes 8-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=0-1,4-5', 200, 'abcdefghij', undefined],
    ['lines=1-2', 200, 'abcdefghij', undefined],
    ['bytes=x', 200, 'abcdefghij', undefined],
  ])('range %s: %i “%s”', async (range, status, body, at) => {
    const answer = await ask(url, '/letters.txt', { range })
    expect([answer.status, answer.body, answer.headers['content-range']]).toEqual([status, body, at])
  })

  test('a range of what has changed since is all of it', async () => {
    const answer = await ask(url, '/letters.txt', { range: 'bytes=2-4', 'if-range': '"old"' })
    expect([answer.status, answer.body]).toEqual([200, 'abcdefghij'])
  })

  test('HEAD gives the length and no body; other methods are refused', async () => {
    const head = await ask(url, '/letters.txt', {}, 'HEAD')
    expect([head.status, head.headers['content-length'], head.body]).toEqual([200, '10', ''])
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      expect(await ask(url, '/', {}, method)).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
    }
  })
})

describe('what is refused', () => {
  let url = ''
  beforeAll(async () => ({ url } = await serve()))

  test.each(['evil.example.org', 'evil.example.org:4000', '10.1.2.3'])('the name %j', async host => {
    for (const path of ['/', '/.imprimatur/events?page=/', '/letters.txt']) {
      const { status, body } = await ask(url, path, { host })
      expect([status, body]).toEqual([403, 'This server does not go by that name.\n'])
    }
  })

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/posts/..%2f..%2fsecret.txt',
    '/..\\secret.txt',
    '/..%5csecret.txt',
    '/letters.txt%00.html',
    '//etc/passwd',
    '/%c0%ae%c0%ae/secret.txt',
  ])('%s', async path => {
    const { status, body } = await ask(url, path)
    expect(status).toBe(400)
    expect(body).not.toContain('secret')
  })

  test('an absolute target of another host, which is whom the request is for (RFC 9112, 3.2.2)', async () => {
    expect((await ask(url, 'http://example.org/letters.txt')).status).toBe(403)
  })

  test.each(['/secret.txt', '/pages/index.md', '/layouts/default.ejs', '/index.md', '/posts/a.md'])(
    '%s, which is no file of the site',
    async path => expect((await ask(url, path)).status).toBe(404),
  )

  test('a link to a folder is a folder of the site, as in a build, and leads nowhere else', async () => {
    const { root, url: other } = await serve({ 'beside/x.txt': 'beside', 'beside.txt': 'no page' })
    symlinkSync('../beside', join(root, 'pages/linked'))
    expect(await ask(other, '/linked/x.txt')).toMatchObject({ status: 200, body: 'beside' })
    for (const path of ['/linked/../beside.txt', '/linked/%2e%2e/beside.txt', '/linked/../../beside.txt'])
      expect((await ask(other, path)).status).toBe(400)
  })
})

describe('what changes', () => {
  test('is sent to the page that it changes, and to no other', async () => {
    const { root, url } = await serve()
    const [home, post] = [await listen(url, '/'), await listen(url, '/posts/a/')]
    const before = [await home.next(), await post.next()]
    expect(before.map(({ report }) => report?.diagnostics)).toEqual([[], []])
    replaceFiles(root, { 'pages/posts/a.md': '# A\n\nTwo.\n' })
    const after = await post.next()
    expect(after.page).not.toBe(before[1]?.page)
    replaceFiles(root, { 'pages/main.css': 'p { color: blue }\n' })
    const swapped = await home.next()
    // A stylesheet changes no page, though its address in the page has another hash.
    expect(swapped.page).toBe(before[0]?.page)
    expect(swapped.styles).not.toBe(before[0]?.styles)
    replaceFiles(root, { 'pages/photo.png': new Uint8Array([3, 2, 1]) })
    const pictured = await home.next()
    expect(pictured.assets).not.toBe(before[0]?.assets)
    home.close()
    post.close()
  })

  test('a title: all that names the page has it, as in a build', async () => {
    const { root, url } = await serve({
      'layouts/default.ejs': `${layout}<%= page.previous?.title %>`,
      'pages/index.ejs':
        '<% for (const { title, description } of pages) { %><%= title %> <%= description %>, <% } %>',
      'pages/posts/a.md': '---\ndate: 2026-01-01\n---\nOne.\n',
      'pages/posts/b.md': '---\ndate: 2026-01-02\n---\nTwo.\n',
    })
    rmSync(join(root, 'pages/index.md'))
    const paths = ['index.html', 'posts/a/index.html', 'posts/b/index.html', 'posts/index.html', 'atom.xml']
    const served = () =>
      Promise.all(paths.map(async path => withoutClient((await ask(url, `/${path}`)).body)))
    await served()
    replaceFiles(root, {
      'pages/posts/a.md': '---\ntitle: Other\ndescription: Way\ndate: 2026-01-01\n---\nOne.\n',
    })
    const after = await served()
    await imprimatur(['build'], { cwd: root })
    expect(after).toEqual(paths.map(path => readFileSync(join(root, 'docs', path), 'utf8')))
    expect(after.map(text => text.includes('Other'))).toEqual(paths.map(() => true))
  })

  test('a feed, without a word from the watcher', async () => {
    const { root, url } = await serve({ 'pages/posts/a.md': '---\ndate: 2026-01-01\n---\nOne.\n' })
    for (const text of ['Two.', 'Three.']) {
      replaceFiles(root, { 'pages/posts/a.md': `---\ndate: 2026-01-01\n---\n${text}\n` })
      expect((await ask(url, '/atom.xml')).body).toContain(text)
    }
  })

  test('a renamed folder reloads the pages that were in it, or are now', async () => {
    const { root, url } = await serve({ 'pages/index.md': '# Home\n' })
    const streams = await Promise.all(['/posts/a/', '/notes/a/'].map(path => listen(url, path)))
    const before = await Promise.all(streams.map(stream => stream.next()))
    renameSync(join(root, 'pages/posts'), join(root, 'pages/notes'))
    // A page that is rendered while its file disappears is reported first.
    for (const [i, stream] of streams.entries())
      for (let page = before[i]?.page; page === before[i]?.page;) ({ page } = await stream.next())
    expect((await ask(url, '/posts/a/')).status).toBe(404)
    expect((await ask(url, '/notes/a/')).status).toBe(200)
    for (const stream of streams) stream.close()
  })

  test('a page that comes, goes, and has another name, without a word from the watcher', async () => {
    const { root, url } = await serve()
    expect((await ask(url, '/b/')).status).toBe(404)
    replaceFiles(root, { 'pages/b.md': 'B\n' })
    expect((await ask(url, '/b/')).status).toBe(200)
    rmSync(join(root, 'pages/b.md'))
    expect((await ask(url, '/b/')).status).toBe(404)
  })

  test('an error is shown with its place, on the page as it was, and disappears when it is mended', async () => {
    const { root, url } = await serve()
    const { body: before } = await ask(url, '/posts/a/')
    const stream = await listen(url, '/posts/a/')
    const { page } = await stream.next()
    replaceFiles(root, { 'pages/posts/a.md': '---\ntitle: [\n---\nThree.\n' })
    const broken = await stream.next()
    expect(broken).toMatchObject({
      page,
      report: {
        isStale: true,
        diagnostics: [
          {
            severity: 'error',
            code: 'front-matter/syntax',
            place: { file: 'pages/posts/a.md', line: 2, column: 9 },
          },
        ],
      },
    })
    expect(await ask(url, '/posts/a/')).toMatchObject({ status: 500, body: before })
    expect(await ask(url, '/never/looked/at/')).toMatchObject({
      status: 500,
      body: expect.stringContaining('<code>pages/posts/a.md:2:9</code>'),
    })
    replaceFiles(root, { 'pages/posts/a.md': '---\ntitle: A\n---\nThree.\n' })
    const mended = await stream.next()
    stream.close()
    expect(mended.page).not.toBe(page)
    expect(await reportOn(url, '/posts/a/')).toMatchObject({ isStale: false, diagnostics: [] })
    expect(await ask(url, '/posts/a/')).toMatchObject({
      status: 200,
      body: expect.stringContaining('Three.'),
    })
  })

  test('in a layout: the page that is looked at has the place in the layout', async () => {
    const { root, url } = await serve()
    await ask(url, '/')
    replaceFiles(root, { 'layouts/default.ejs': `${layout}<%= nobody %>` })
    const { diagnostics: notes, isStale } = await reportOn(url, '/')
    expect(isStale).toBe(true)
    expect(notes).toMatchObject([{ code: 'template/run', place: { file: 'layouts/default.ejs', line: 1 } }])
    expect((await ask(url, '/main.css')).status).toBe(200)
  })

  test('broken links and bad typography are shown with the page, which is there', async () => {
    const { root, url } = await serve()
    replaceFiles(root, {
      'pages/posts/a.md': 'One - two. [x](/nowhere/)\n\nThe [other](../index.md#nothing)\n',
    })
    const { diagnostics: notes, isStale } = await reportOn(url, '/posts/a/')
    expect(isStale).toBe(false)
    expect(notes.map(each => `${each.code} ${placeOf(each)}`)).toEqual([
      'link/broken pages/posts/a.md:1:16',
      'link/broken pages/posts/a.md:3:13',
      'en-US/dash/main pages/posts/a.md:1:4',
    ])
    expect(notes[2]?.frame).toMatchObject({ start: 3, length: 2 })
    expect((await ask(url, '/posts/a/')).status).toBe(200)
  })

  test('a broken link in a stylesheet is reported on the pages', async () => {
    const { root, url } = await serve()
    replaceFiles(root, { 'pages/main.css': 'p { background: url(gone.png) }\n' })
    const reported = async () =>
      (await reportOn(url, '/posts/a/')).diagnostics.map(each => `${each.code} ${placeOf(each)}`)
    expect(await reported()).toEqual(['link/broken pages/main.css:1:21'])
    replaceFiles(root, { 'pages/posts/a.md': '# A\n\nTwo.\n' })
    // As browsers do: the page, its stylesheet, and then the events.
    for (const path of ['/posts/a/', '/main.css', '/main.css']) await ask(url, path)
    expect(await reported()).toEqual(['link/broken pages/main.css:1:21'])
  })

  test('without a configuration that can be read there is a page that says so', async () => {
    const { root, dev, url } = await serve({ 'imprimatur.config.mjs': 'oops' })
    expect(await ask(url, '/')).toMatchObject({
      status: 500,
      body: expect.stringContaining('imprimatur.config.mjs:1:'),
    })
    replaceFiles(root, { 'imprimatur.config.mjs': 'export default {}' })
    expect((await ask(url, '/')).status).toBe(200)
    await expect
      .poll(() => dev.output())
      .toMatch(/error config\/read[^]*The site stays as it was\.[^]*The site is whole again\./)
  })

  test('what a configuration reads is watched, too', async () => {
    const { root, url } = await serve({
      'imprimatur.config.mjs': "import { title } from './data/title.mjs'\nexport default { site: { title } }",
      'data/title.mjs': "export const title = 'Old'",
      'layouts/default.ejs': '<%= site.title %>',
    })
    const stream = await listen(url, '/')
    await stream.next()
    expect((await ask(url, '/')).body).toMatch(/^Old/)
    replaceFiles(root, { 'data/title.mjs': "export const title = 'New'" })
    await stream.next()
    stream.close()
    expect((await ask(url, '/')).body).toMatch(/^New/)
  })

  test('drafts, and pages of days to come, are shown with --drafts alone', async () => {
    const more = { 'pages/d.md': '---\ndraft: true\n---\n', 'pages/e.md': '---\ndate: 2999-01-01\n---\n' }
    const [without, with_] = [await serve(more), await serve(more, ['--drafts'])]
    for (const path of ['/d/', '/e/']) {
      expect((await reportOn(without.url, path)).notice).toMatch(/^Not published: /)
      expect((await reportOn(with_.url, path)).notice).toBeUndefined()
      expect((await ask(with_.url, path)).status).toBe(200)
    }
  })

  describe('where the system watches no more', () => {
    const serveBlindly = (more: Files = {}) => {
      const root = folderWith({ ...files, ...more, 'blind.mjs': BLIND })
      return startDev(root, [], { NODE_OPTIONS: `--import=${join(root, 'blind.mjs')}` }).then(dev => {
        running.push(dev)
        return { root, dev }
      })
    }

    test('pages are right all the same', async () => {
      const { root, dev } = await serveBlindly()
      await expect
        .poll(() => dev.output())
        .toContain('warning dev/watch\n  Not every change is seen: the system watches no more folders')
      replaceFiles(root, { 'pages/posts/a.md': 'Unseen.\n' })
      expect((await ask(dev.url, '/posts/a/')).body).toContain('Unseen.')
    })

    test('so is a configuration that changed while it was read', async () => {
      const aside = folderWith()
      const [begun, go] = [join(aside, 'begun'), join(aside, 'go')]
      const config = (title: string, before = '') => ({
        'imprimatur.config.mjs': `${before}\nexport default { site: { title: '${title}' } }`,
      })
      // As many a configuration, it takes its time; here until somebody says so.
      const slow = `import { existsSync, writeFileSync } from 'node:fs'
writeFileSync('${begun}', '')
for (const end = Date.now() + 60_000; !existsSync('${go}') && Date.now() < end;);`
      const { root, dev } = await serveBlindly({
        'layouts/default.ejs': '<%= site.title %>',
        ...config('One'),
      })
      replaceFiles(root, config('Two', slow))
      const early = ask(dev.url, '/')
      await expect.poll(() => existsSync(begun)).toBe(true)
      replaceFiles(root, config('Three'))
      writeFileSync(go, '')
      await early
      expect((await ask(dev.url, '/')).body).toMatch(/^Three/)
    })
  })
})

describe('the command', () => {
  test('writes nothing at all', async () => {
    const { root, dev, url } = await serve()
    const before = bytesOf(root)
    await ask(url, '/')
    expect(await dev.stop()).toBe('SIGINT')
    expect(bytesOf(root)).toEqual(before)
  })

  test.each([
    ['Ctrl-C', 'SIGINT', 'SIGINT'],
    ['SIGTERM', 'SIGTERM', 0],
    ['SIGHUP', 'SIGHUP', 0],
  ] as const)('%s ends it, with pages open and a request half-way', async (_, signal, expected) => {
    const { dev, url } = await serve()
    const stream = await listen(url, '/')
    await stream.next()
    const half = request(url, { method: 'GET', headers: { 'content-length': '5' } })
    half.on('error', () => undefined).write('x')
    expect(await dev.stop(signal)).toBe(expected)
    await expect(stream.next()).rejects.toThrow(/terminated|ended/)
  })

  test('Ctrl-C ends it at any moment, while a page is made, too', async () => {
    for (const wait of [0, 2, 5, 9]) {
      const { dev, url } = await serve()
      const asked = ask(url, '/').catch(() => undefined)
      await sleep(wait)
      expect(await dev.stop()).toBe('SIGINT')
      await asked
    }
  })

  test('Ctrl-C ends it in a page that never ends', async () => {
    const begun = `<% process.getBuiltinModule('node:fs').writeFileSync('begun', ''); for (;;); %>`
    const { root, dev, url } = await serve({ 'pages/endless.ejs': begun })
    const asked = ask(url, '/endless/').catch(() => undefined)
    await expect.poll(() => existsSync(join(root, 'begun'))).toBe(true)
    expect(await dev.stop()).toBe('SIGINT')
    await asked
  })

  test('a port that is taken: the next one, and it says so', async () => {
    const taken = createServer()
    await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve))
    const { port } = taken.address() as { port: number }
    const { dev } = await serve({}, ['--port', String(port)])
    expect(dev.output()).toMatch(new RegExp(`^Port ${port} is taken; this is port \\d+\\.\n`))
    expect(new URL(dev.url).port).not.toBe(String(port))
    expect((await ask(dev.url, '/')).status).toBe(200)
    taken.close()
  })

  test('listens on this machine alone, or says to whom it shows the site', async () => {
    const { dev } = await serve()
    expect(dev.output()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/ shows the site; Ctrl-C ends it\.\n/)
    const all = await serve({}, ['--host', '0.0.0.0'])
    expect(all.dev.output()).toContain('Everybody who can reach this machine sees the site as it is')
    expect((await ask(all.url, '/', { host: 'evil.example.org' })).status).toBe(403)
  })

  test.each([
    [['--port', '70000'], 'usage/option', '“70000” is no port'],
    [['--port', 'x'], 'usage/option', '“x” is no port'],
    [['--port', '-1'], 'usage/option', '“-1” is no port'],
    [['--host', '203.0.113.1'], 'usage/listen', 'Nothing can listen at 203.0.113.1:4000'],
    [['--hots', '1'], 'usage/option', 'did you mean “--host”?'],
    [['docs'], 'usage/argument', '“docs”'],
  ])('%j is refused', async (args, code, text) => {
    const run = await imprimatur(['dev', ...args], { cwd: folderWith(files) })
    expect([run.code, run.stdout]).toEqual([2, ''])
    expect(run.stderr).toContain(code)
    expect(run.stderr).toContain(text)
  })
})

test('the client is what the compiler made of it', async () => {
  const { url } = await serve()
  const compiled = readFileSync(new URL('../../dist/dev/client/client.js', import.meta.url), 'utf8')
  expect((await ask(url, '/.imprimatur/client.js')).body).toBe(compiled)
})

test('what is said of keys is said on their page, and on no other', async () => {
  const root = folderWith()
  cpSync(join(repository, 'tests/fixtures/keys/expiring'), root, { recursive: true })
  replaceFiles(root, { 'pages/index.md': 'Home\n', 'pages/about/other.md': 'Other\n' })
  const dev = await startDev(root, [], { SOURCE_DATE_EPOCH: String(Date.UTC(2026, 10, 21, 12) / 1000) })
  running.push(dev)
  const codes = async (path: string) =>
    (await reportOn(dev.url, path)).diagnostics
      .map(({ code }) => code)
      .filter(code => code.startsWith('keys/'))
  expect(await codes('/about/keys/')).toEqual(['keys/expiring'])
  expect([await codes('/'), await codes('/about/other/'), await codes('/nowhere/')]).toEqual([[], [], []])
})

test('the terminal says what the page says, a line a finding, and when nothing is left', async () => {
  const { root, dev, url } = await serve()
  replaceFiles(root, { 'pages/posts/a.md': 'One - two. [x](/nowhere/)\n\nThree - four.\n' })
  const stream = await listen(url, '/posts/a/')
  await stream.next()
  await expect.poll(dev.output).toContain(`/posts/a/: 1 error, 2 warnings
  pages/posts/a.md:1:16 error link/broken Nothing is at /nowhere/
  pages/posts/a.md:1:4 2 × en-US/dash/main
`)
  replaceFiles(root, { 'pages/posts/a.md': 'One.\n' })
  // As a browser does, which loads the page again.
  await reportOn(url, '/posts/a/')
  await expect.poll(dev.output).toContain('/posts/a/: nothing is left')
  stream.close()
})

test.skipIf(process.platform === 'win32')(
  'control characters of a file name are shown in the terminal, not sent',
  async () => {
    const { root, dev, url } = await serve()
    const name = 'a\u001b[2J\u009b31m\u202eb'
    replaceFiles(root, { [`pages/${name}.md`]: '---\npermalink: /odd/\n---\n[x](/nowhere/\u202e)\n' })
    const stream = await listen(url, '/odd/')
    await stream.next()
    await expect.poll(dev.output).toContain('link/broken')
    expect(dev.output()).toContain('[2J')
    // eslint-disable-next-line no-control-regex
    expect(dev.output()).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/)
    stream.close()
  },
)

test('a draft is at its address, in the development server alone', async () => {
  const { root, url } = await serve({ 'pages/plan.md': '---\ndraft: true\n---\nSecret plans.\n' })
  const { status, body } = await ask(url, '/plan/')
  expect([status, body]).toEqual([200, expect.stringContaining('Secret plans.')])
  expect((await ask(url, '/plan')).headers.location).toBe('/plan/')
  expect((await reportOn(url, '/plan/')).notice).toBe('Not published: a draft')
  await imprimatur(['build'], { cwd: root })
  expect(Object.values(bytesOf(join(root, 'docs'))).filter(text => text.includes('Secret plans'))).toEqual([])
})

describe('a folder that is no site', () => {
  test('is said to be none, and nothing is served', async () => {
    const { code, stdout, stderr } = await imprimatur(['dev', '--port', '0'], { cwd: folderWith() })
    expect([code, stdout + stderr]).toEqual([2, expect.stringMatching(/There is no folder pages\//)])
    expect(stdout + stderr).not.toContain('shows the site')
  })

  test('but one with a configuration may become one while it is served', async () => {
    const root = folderWith({ 'imprimatur.config.json': '{}' })
    const dev = await startDev(root)
    running.push(dev)
    replaceFiles(root, { 'layouts/default.ejs': '<%- body %>', 'pages/index.md': 'Home\n' })
    expect((await ask(dev.url, '/')).body).toContain('Home')
  })
})

test.each([
  [['--editor', 'vim'], 'cannot be opened from a page'],
  [['--editor', 'nano -w'], 'cannot be opened from a page'],
])('%j: %s', async (args, message) => {
  const { code, stdout, stderr } = await imprimatur(['dev', ...args], { cwd: folderWith(files) })
  expect([code, stdout + stderr]).toEqual([2, expect.stringContaining(message)])
})
