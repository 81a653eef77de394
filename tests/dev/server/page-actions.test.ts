import { chmodSync, linkSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { request } from 'node:http'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { PageReport } from '../../../src/dev/client/protocol.ts'
import { ownAddresses } from '../../../src/dev/server/host.ts'
import { startServer, type DevServer } from '../../../src/dev/start-server.ts'
import { folderWith } from '../../folder.ts'
import { writeFiles } from '../../tree.ts'
import { reportOn } from '../dev-server.ts'

const source = 'Nobody said "one" - and "two".\r\n\r\nThree - four.\n'
const files = {
  'layouts/default.ejs': '<body><%- body %></body>',
  'pages/a.md': source,
  'pages/b.md': 'Five - six.\n',
  'secret.md': 'Seven - eight.\n',
}

const servers: DevServer[] = []
afterAll(() => Promise.all(servers.map(server => server.close())))

async function serve(more: Parameters<typeof folderWith>[0] = {}, options: Record<string, string> = {}) {
  const root = folderWith({ ...files, ...more })
  const { value: server } = await startServer({ root, port: 0, ...options })
  servers.push(server!)
  return { root, url: server!.url.slice(0, -1) }
}

interface Asked {
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly method?: string
  readonly body?: string
  readonly name?: string
}

/** As a program asks that may lie about everything. */
const send = (url: string, { name = 'fix', headers = {}, method = 'POST', body = '' }: Asked) =>
  new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const { hostname, port, host } = new URL(url)
    const own = { host, origin: `http://${host}`, 'content-type': 'application/json' }
    const given = Object.fromEntries(
      Object.entries({ ...own, ...headers }).filter(([, value]) => value !== undefined),
    )
    const asked = request(
      { hostname, port, path: `/.imprimatur/${name}`, method, headers: given as Record<string, string> },
      response => {
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => (text += part))
        response.on('end', () => resolve({ status: response.statusCode, text: text.trim() }))
      },
    )
    asked.on('error', reject).end(body)
  })

async function open(url: string, page: string) {
  const html = await (await fetch(url + page)).text()
  const token = /data-token="([\w-]+)"/.exec(html)![1]!
  return { token, report: await reportOn(url, page) }
}

const ids = ({ diagnostics }: PageReport, count = Infinity) =>
  diagnostics.flatMap(({ fix }) => (fix ? [fix.id] : [])).slice(0, count)

describe('what may change a source', () => {
  let root = ''
  let url = ''
  let token = ''
  let report: PageReport
  let good: Record<string, unknown>
  beforeEach(async () => {
    ;({ root, url } = await serve())
    ;({ token, report } = await open(url, '/a/'))
    good = { page: '/a/', source: 'pages/a.md', version: report.source!.version, fixes: ids(report, 1) }
  })
  const ask = (fields: Record<string, unknown> = {}, { headers = {}, ...asked }: Asked = {}) =>
    send(url, {
      body: JSON.stringify({ ...good, ...fields }),
      headers: { 'x-imprimatur-token': token, ...headers },
      ...asked,
    })
  const read = (path = 'pages/a.md') => readFileSync(join(root, path), 'utf8')

  test('the page’s own script, with what the linter proposed for the text that is there', async () => {
    expect(await ask()).toEqual({ status: 200, text: '{"fixed":1,"left":0}' })
    expect(read()).not.toBe(source)
  })

  test.each<[string, Asked, number, RegExp]>([
    ['a foreign origin', { headers: { origin: 'http://evil.example' } }, 403, /another site/i],
    ['an origin on another port', { headers: { origin: 'http://127.0.0.1:1' } }, 403, /another site/i],
    ['an origin that is hidden', { headers: { origin: 'null' } }, 403, /another site/i],
    ['no origin', { headers: { origin: undefined } }, 403, /where it comes from/],
    [
      'another site, by the browser’s word',
      { headers: { 'sec-fetch-site': 'cross-site' } },
      403,
      /another site/i,
    ],
    ['a host of the same site', { headers: { 'sec-fetch-site': 'same-site' } }, 403, /another site/i],
    ['no token', { headers: { 'x-imprimatur-token': undefined } }, 403, /no token/],
    ['a token that is made up', { headers: { 'x-imprimatur-token': 'x'.repeat(43) } }, 403, /not the token/],
    ['an empty token', { headers: { 'x-imprimatur-token': '' } }, 403, /not the token/],
    [
      'a form of another site',
      {
        headers: { origin: 'http://evil.example', 'content-type': 'text/plain' },
      },
      403,
      /another site/i,
    ],
    ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, /JSON/],
    ['a form that looks like JSON', { headers: { 'content-type': 'text/plain' } }, 415, /JSON/],
    [
      'a name that was made to lead here',
      { headers: { host: 'evil.example', origin: 'http://evil.example' } },
      403,
      /name/,
    ],
    ['GET', { method: 'GET' }, 405, /POST/],
    [
      'a question whether another site may',
      { method: 'OPTIONS', headers: { origin: 'http://evil.example' } },
      405,
      /POST/,
    ],
    ['no JSON', { body: '{' }, 400, /JSON/],
    ['a list', { body: '[]' }, 400, /JSON/],
    ['too much', { body: 'x'.repeat(2 ** 21) }, 413, /too much/],
  ])('not: %s', async (_, asked, status, sentence) => {
    const answer = await ask({}, asked)
    expect([answer.status, answer.text]).toEqual([status, expect.stringMatching(sentence)])
    expect(read()).toBe(source)
  })

  test.each<[string, Record<string, unknown>, number, RegExp]>([
    ['no page', { page: undefined }, 400, /no page/],
    ['a page that can be none', { page: '/../a/' }, 400, /no page/],
    ['the token of another page', { page: '/b/' }, 403, /not the token/],
    ['a path outside', { source: '../secret.md' }, 403, /not the source/],
    ['a file of the site that is no page', { source: 'secret.md' }, 403, /not the source/],
    ['another page', { source: 'pages/b.md' }, 403, /not the source/],
    ['the page by another path', { source: 'pages/../pages/a.md' }, 403, /not the source/],
    ['another version', { version: 'x' }, 409, /changed/],
    ['no version', { version: undefined }, 400, /what to fix/],
    ['a fix that nobody proposed', { fixes: ['AAAAAAAAAAAAAAAAAAAAAA'] }, 422, /not propose/],
    ['an edit', { fixes: [{ span: [0, 2], text: 'x' }] }, 400, /what to fix/],
    ['no fixes', { fixes: [] }, 422, /not propose/],
    ['no list of fixes', { fixes: 'all' }, 400, /what to fix/],
  ])('not: %s', async (_, fields, status, sentence) => {
    const answer = await ask(fields)
    expect([answer.status, answer.text]).toEqual([status, expect.stringMatching(sentence)])
    expect(read()).toBe(source)
    expect(read('secret.md')).toBe(files['secret.md'])
    expect(read('pages/b.md')).toBe(files['pages/b.md'])
  })

  test('not a fix with one that nobody proposed beside it', async () => {
    expect((await ask({ fixes: [...ids(report, 1), 'x'] })).status).toBe(422)
    expect(read()).toBe(source)
  })

  test('not a version that is gone, though the fix would still be one', async () => {
    writeFiles(root, { 'pages/a.md': `${source}\nMore.\n` })
    const { status, text } = await ask()
    expect([status, text]).toEqual([409, 'The source has changed since this was proposed.'])
    expect(read()).toBe(`${source}\nMore.\n`)
  })

  test('not with the token of a server that ran before', async () => {
    const other = await serve()
    const { token: old } = await open(other.url, '/a/')
    expect((await ask({}, { headers: { 'x-imprimatur-token': old } })).status).toBe(403)
  })

  test('not a file that is read-only', async () => {
    chmodSync(join(root, 'pages/a.md'), 0o444)
    const { status, text } = await ask()
    expect([status, text]).toEqual([409, expect.stringMatching(/read-only/)])
    expect(read()).toBe(source)
  })

  test('all of it at once, and the mode of the file stays', async () => {
    chmodSync(join(root, 'pages/a.md'), 0o640)
    expect((await ask({ fixes: ids(report) })).status).toBe(200)
    expect(read()).toBe(
      'Nobody said “one”\u00A0— and “two”.\r\n\r\nThree\u00A0— four.\n'.replaceAll('\u00A0', '&nbsp;'),
    )
    expect(statSync(join(root, 'pages/a.md')).mode & 0o777).toBe(0o640)
  })

  describe('undo', () => {
    const undo = (asked: Asked = {}) => ask({ page: '/a/' }, { name: 'undo', ...asked })

    test('takes back what the page has changed, the last first', async () => {
      await ask()
      const once = read()
      const { report: second } = await open(url, '/a/')
      await ask({ version: second.source!.version, fixes: ids(second) })
      expect((await undo()).status).toBe(200)
      expect(read()).toBe(once)
      expect((await undo()).status).toBe(200)
      expect(read()).toBe(source)
      expect(await undo()).toEqual({ status: 404, text: 'There is nothing to undo.' })
    })

    test('not what somebody else has written since', async () => {
      await ask()
      writeFiles(root, { 'pages/a.md': 'Other.\n' })
      expect(await undo()).toMatchObject({ status: 409, text: expect.stringMatching(/has changed since/) })
      expect(read()).toBe('Other.\n')
    })

    test('not for a page that did not do it, nor for a stranger', async () => {
      await ask()
      const once = read()
      const { token: other } = await open(url, '/b/')
      const asked = await ask({ page: '/b/' }, { name: 'undo', headers: { 'x-imprimatur-token': other } })
      expect(asked.status).toBe(404)
      expect((await undo({ headers: { origin: 'http://evil.example' } })).status).toBe(403)
      expect((await undo({ headers: { 'x-imprimatur-token': undefined } })).status).toBe(403)
      expect(read()).toBe(once)
    })
  })
})

describe('links', () => {
  test('one that leads out of the pages is read, and not written through', async () => {
    const { root, url } = await serve()
    symlinkSync('../secret.md', join(root, 'pages/linked.md'))
    const { token, report } = await open(url, '/linked/')
    const fields = {
      page: '/linked/',
      source: 'pages/linked.md',
      version: report.source!.version,
      fixes: ids(report),
    }
    const answer = await send(url, { body: JSON.stringify(fields), headers: { 'x-imprimatur-token': token } })
    expect(answer).toEqual({ status: 403, text: 'pages/linked.md is not in the folder of pages.' })
    expect(readFileSync(join(root, 'secret.md'), 'utf8')).toBe(files['secret.md'])
  })

  test('one within the pages stays a link, and a file of two names one file', async () => {
    const { root, url } = await serve()
    mkdirSync(join(root, 'pages/x'))
    symlinkSync('../b.md', join(root, 'pages/x/linked.md'))
    linkSync(join(root, 'pages/b.md'), join(root, 'pages/x/hard.md'))
    const { token, report } = await open(url, '/x/linked/')
    const fields = {
      page: '/x/linked/',
      source: 'pages/x/linked.md',
      version: report.source!.version,
      fixes: ids(report),
    }
    const answer = await send(url, { body: JSON.stringify(fields), headers: { 'x-imprimatur-token': token } })
    expect(answer.status).toBe(200)
    for (const path of ['pages/b.md', 'pages/x/hard.md'])
      expect(readFileSync(join(root, path), 'utf8')).toBe('Five&nbsp;— six.\n')
  })
})

describe.runIf(ownAddresses().length > 0)('another machine', () => {
  test('sees what is wrong, and changes nothing', async () => {
    const { root, url } = await serve({}, { host: '0.0.0.0', editor: 'vscode://file' })
    const [address = ''] = ownAddresses()
    const there = url.replace('127.0.0.1', isIP(address) === 6 ? `[${address}]` : address)
    const { token, report } = await open(there, '/a/')
    expect(report.diagnostics.length).toBeGreaterThan(0)
    expect([report.source, report.hasEditor]).toEqual([undefined, false])
    expect(JSON.stringify(report)).not.toContain(root)
    const here = await open(url, '/a/')
    expect([here.token, here.report.source?.path]).toEqual([token, 'pages/a.md'])
    const { version } = here.report.source!
    const fields = { page: '/a/', source: 'pages/a.md', version, fixes: ids(here.report) }
    const asked = { body: JSON.stringify(fields), headers: { 'x-imprimatur-token': token } }
    expect(await send(there, asked)).toEqual({
      status: 403,
      text: 'Only a browser on this machine may change the site.',
    })
    expect(readFileSync(join(root, 'pages/a.md'), 'utf8')).toBe(source)
    expect((await send(url, asked)).status).toBe(200)
  })
})

describe('the editor', () => {
  const ask = (url: string, token: string, fields: Record<string, unknown>, more: Asked = {}) =>
    send(url, {
      name: 'open',
      body: JSON.stringify({ page: '/a/', file: 'pages/a.md', line: 1, column: 8, ...fields }),
      headers: { 'x-imprimatur-token': token, ...more.headers },
    })

  test('opens a file that something on the page is about, at its place', async () => {
    const root = folderWith({
      'editor.mjs': `import { writeFileSync } from 'node:fs'\nwriteFileSync(process.argv[2], JSON.stringify(process.argv.slice(3)))\n`,
    })
    const noted = join(root, 'asked.json')
    const editor = `"${process.execPath}" "${join(root, 'editor.mjs')}" '${noted}'`
    const { root: site, url } = await serve({}, { editor })
    const { token, report } = await open(url, '/a/')
    expect(report.hasEditor).toBe(true)
    expect((await ask(url, token, {})).status).toBe(200)
    await expect
      .poll(() => JSON.parse(readFileSync(noted, 'utf8')) as unknown)
      .toEqual([join(site, 'pages/a.md')])
  })

  test.each<[string, Record<string, unknown>, Asked, number]>([
    ['a file that the page says nothing about', { file: 'pages/b.md' }, {}, 403],
    ['a path outside', { file: '../../etc/passwd' }, {}, 403],
    ['no file', { file: undefined }, {}, 400],
    ['a line that is none', { line: '1; rm' }, {}, 400],
    ['another site', {}, { headers: { origin: 'http://evil.example' } }, 403],
    ['a request without the token', {}, { headers: { 'x-imprimatur-token': undefined } }, 403],
  ])('not: %s', async (_, fields, more, status) => {
    const { url } = await serve({}, { editor: '/nowhere/editor' })
    const { token } = await open(url, '/a/')
    expect((await ask(url, token, fields, more)).status).toBe(status)
  })

  test('says why it does not start, and that there is none', async () => {
    const broken = await serve({}, { editor: '/nowhere/editor' })
    const { token } = await open(broken.url, '/a/')
    expect(await ask(broken.url, token, {})).toMatchObject({
      status: 500,
      text: expect.stringMatching(/does not start/),
    })
    const none = await serve()
    const without = await open(none.url, '/a/')
    expect(await ask(none.url, without.token, {})).toMatchObject({
      status: 403,
      text: expect.stringMatching(/--editor/),
    })
  })

  test('an address stands in the report, and nothing is started', async () => {
    const { root, url } = await serve({}, { editor: 'vscode://file' })
    const { token, report } = await open(url, '/a/')
    expect(report.hasEditor).toBe(false)
    expect(report.diagnostics[0]?.place?.href).toBe(`vscode://file${join(root, 'pages/a.md')}:1:13`)
    expect((await ask(url, token, {})).status).toBe(403)
  })
})
