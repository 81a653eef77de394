/*
 * Public faults of peers, each tried on this program with an input of our own; docs-dev/peers.md is the table of them. The file is
 * long because it is a list: a row here, a row there.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { parse, type DefaultTreeAdapterMap } from 'parse5'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fix, lint, startDevServer, type DevServer } from '../../src/index.ts'
import { download } from '../../src/planet/fetch/download.ts'
import { formatKept } from '../../src/planet/kept.ts'
import { readFeed } from '../../src/planet/read/read-feed.ts'
import { folderWith } from '../folder.ts'
import { planetYaml } from '../planet/planet-site.ts'
import { atom, rss } from '../planet/read/shape.ts'
import { build, cli, execute, imprimatur, repository } from '../program.ts'
import { bytesOf, pathsOf, type Files } from '../tree.ts'

const SECRET = 'nobody may see this'

/** Number and name of the test, as the table has them. */
const rows: (readonly [peer: string, name: string])[] = []

function peer(number: string, name: string, run: () => Promise<void>): void {
  rows.push([number, name])
  test(`${number}: ${name}`, async () => {
    expect.hasAssertions()
    await run()
  })
}

/** What is tried by a test of another file, under this title. */
function elsewhere(number: string, file: string, title: string): void {
  rows.push([number, `${file}: ${title}`])
  test(`${number}: is tried in ${file}`, () => {
    const lines = readFileSync(join(repository, file), 'utf8').split('\n')
    const titles = lines.filter(
      (line, i) => /^\s*(?:test|describe)\b/.test(line) || /^\s*test\.each/.test(lines[i - 1] ?? ''),
    )
    expect(titles.filter(line => line.includes(`'${title}'`))).toHaveLength(1)
  })
}

// ---------------------------------------------------------------------------------------------------------------- the dev server

const base = folderWith({
  'secret.txt': SECRET,
  'secret.html': SECRET,
  'site-leak/secret.txt': SECRET,
  'site/layouts/default.ejs': '<!doctype html><title>t</title><%- body %>',
  'site/pages/index.md': 'Home.\n',
  'site/pages/dir/index.md': 'In a folder.\n',
  'site/pages/a.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
  'site/pages/.env': SECRET,
  'site/imprimatur.config.json': `{ "site": { "description": "${SECRET}" } }`,
})
let server: DevServer
beforeAll(async () => {
  server = (await startDevServer({ root: join(base, 'site'), port: 0 })).value!
})
afterAll(() => server.close())

/** A request as it stands on the wire, and all of the answer; a stream is read up to its first words. */
function ask(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let all = ''
    const socket = connect(server.port, '127.0.0.1', () => socket.write(request, 'latin1'))
    socket.setEncoding('latin1').on('data', text => {
      all += text
      if (all.includes('text/event-stream')) socket.destroy()
    })
    socket.once('error', reject)
    socket.once('close', () => resolve(all))
  })
}

const get = (target: string, { host = 'localhost', headers = [] as readonly string[] } = {}) =>
  ask([`GET ${target} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...headers, '', ''].join('\r\n'))

const statusOf = (answer: string) => Number(answer.slice(9, 12))

/** None of these shows a file that is no part of the site, and the server goes on. */
async function showNothing(...targets: readonly string[]): Promise<void> {
  for (const target of targets) {
    const answer = await get(target)
    const leaks = answer.includes(SECRET) || answer.includes('root:')
    expect({ target, leaks, answers: statusOf(answer) > 0 }).toEqual({ target, leaks: false, answers: true })
  }
  expect(statusOf(await get('/'))).toBe(200)
}

const secret = join(base, 'secret.txt')
const evil = { headers: ['Origin: https://evil.example', 'Sec-Fetch-Site: cross-site'] }

peer('CVE-2025-30208', 'no query makes a file of elsewhere a module', () =>
  showNothing(`/@fs${secret}?raw??`, `/@fs${secret}?import&raw??`, '/@fs/etc/passwd?raw??', '/.env?raw??'),
)
peer('CVE-2025-31125', 'no query puts a file inline', () =>
  showNothing(
    `/@fs${secret}?inline&import`,
    `/@fs${secret}?import&?inline=1.wasm?init`,
    '/.env?import&inline',
  ),
)
peer('CVE-2025-31486', 'no query makes a file a picture', () =>
  showNothing(`/@fs${secret}?.svg?.wasm?init`, `/@fs/x/x/x/../../..${secret}?import&?raw`, '/.env?.svg'),
)
peer('CVE-2025-32395', 'a target with a fragment leads nowhere', () =>
  showNothing('/#/../secret.txt', '/@fs/x#/../../secret.txt', '/?#/../../secret.txt'),
)
peer('CVE-2026-39363', 'no web socket is opened', async () => {
  const answer = await get('/', {
    headers: [
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ],
  })
  expect(statusOf(answer)).not.toBe(101)
})
peer('CVE-2025-24010', 'a site under another name is refused, and none may read across', async () => {
  expect(statusOf(await get('/', { host: `evil.example:${server.port}` }))).toBe(403)
  expect((await get('/', evil)).toLowerCase()).not.toContain('access-control-allow')
})
peer('webpack/webpack-dev-server#887', 'a name that was bound to this machine anew is refused', async () => {
  for (const host of ['rebind.example', 'localhost.rebind.example', '127.0.0.1.rebind.example'])
    expect(statusOf(await get('/', { host }))).toBe(403)
})
peer('GHSA-67mh-4wv8-2f99', 'nor may others listen for changes', async () => {
  const answer = await get('/.imprimatur/events?page=/', evil)
  expect(answer.toLowerCase()).not.toContain('access-control-allow')
})
peer('CVE-2025-56648', 'a preflight is granted nothing', async () => {
  for (const target of ['/', '/a.svg', '/nothing/']) {
    const text = `OPTIONS ${target} HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: GET\r\nConnection: close\r\n\r\n`
    expect((await ask(text)).toLowerCase()).not.toContain('access-control-allow')
  }
})
peer('CVE-2025-30359', 'other sites cannot load what is served as a script', async () => {
  for (const target of ['/', '/a.svg', '/nothing/'])
    expect((await get(target)).toLowerCase()).toMatch(/cross-origin-resource-policy: same-origin\r\n/)
})
peer('11ty/dev-server#150', 'two dots, escaped, do not end the server', () =>
  showNothing('/%2e%2e%2f', '/%2e%2e%2fsecret.txt', '/%2e%2e/%2e%2e/', '/%', '/%ff', '/%00'),
)
peer('11ty/dev-server#152', 'a folder whose name begins alike is not the site', () =>
  showNothing('/%2e%2e%2fsite-leak%2fsecret.txt', '/..%2fsite-leak/secret.txt', '/../site-leak/secret.txt'),
)
peer('mkdocs/mkdocs#2601', 'two dots, as they are, lead nowhere', () =>
  showNothing(
    '/../secret.txt',
    '/../../../../../../etc/passwd',
    '//../secret.txt',
    '/dir/../../../secret.txt',
  ),
)
peer('CVE-2023-34238', 'no address shows the source of an error', () =>
  showNothing(
    `/__file-code-frame?filePath=${secret}&lineNumber=1`,
    `/__original-stack-frame?moduleId=${secret}&lineNumber=1`,
    `/.imprimatur/${secret}`,
  ),
)
peer('CVE-2025-58752', 'what looks like a page is looked for within the site, too', () =>
  showNothing('/../secret.html', '/%2e%2e/secret.html', `/@fs${base}/secret.html`, '/..%2fsecret'),
)
peer('CVE-2026-25545', 'the host of a request is never called', async () => {
  let calls = 0
  const other = createServer((_, response) => response.end(String(++calls)))
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) await get('/404.html', { host })
  await new Promise(resolve => other.close(resolve))
  expect(calls).toBe(0)
})
peer('CVE-2025-64745', 'what is asked for is shown as text', async () => {
  const bad = '<script>alert(1)</script>'
  for (const target of [
    `/${bad}/`,
    `/${encodeURIComponent(bad)}/`,
    `/?x=${bad}`,
    `/.imprimatur/events?page=${bad}`,
  ]) {
    const answer = await get(target)
    expect(answer).not.toContain(bad)
  }
})
peer('GHSA-m6fv-jmcg-4jfg', 'a redirect to a folder holds no markup of the address', async () => {
  const [head = '', body] = (await get('/dir?"><img/src=x/onerror=alert(1)>')).split('\r\n\r\n')
  expect(statusOf(head)).toBe(302)
  expect(head).toContain('content-type: text/plain')
  expect(body).not.toContain('<img')
})
peer('expressjs/serve-static#26', 'no redirect leads to another site', async () => {
  for (const target of [
    '//www.example.org/%2e%2e',
    '//example.org',
    '///example.org/..',
    '/%2f%2fexample.org',
    '/\\example.org',
  ]) {
    const location = /^location: *(.*)\r$/im.exec(await get(target))?.[1] ?? '/'
    expect(new URL(location, server.url).origin).toBe(new URL(server.url).origin)
  }
})

// ------------------------------------------------------------------------------------------------------------------- what is built

const RUNNING = new Set(['script', 'iframe', 'object', 'embed', 'foreignobject'])

/** A script that is no program but what the page says of itself to machines. */
function isData({ attrs, childNodes }: DefaultTreeAdapterMap['element']): boolean {
  if (!attrs.some(({ name, value }) => name === 'type' && value === 'application/ld+json')) return false
  JSON.parse(childNodes.map(each => ('value' in each ? each.value : '')).join(''))
  return true
}

/** What in a page would run: scripts, handlers, addresses that are code. */
function codeIn(html: string): readonly string[] {
  const found: string[] = []
  const visit = (node: DefaultTreeAdapterMap['node']) => {
    if ('tagName' in node) {
      if (RUNNING.has(node.tagName) && !isData(node)) found.push(`<${node.tagName}>`)
      for (const { name, value } of node.attrs)
        if (name.startsWith('on') || /^\s*(?:javascript|vbscript|data):/i.test(value))
          found.push(`${name}=${value}`)
    }
    if ('content' in node) visit(node.content)
    if ('childNodes' in node) node.childNodes.forEach(visit)
  }
  visit(parse(html))
  return found
}

const LAYOUT =
  '<!doctype html><html lang="<%= page.lang %>"><head><title><%= page.title %></title><%- metadata() %></head><%- body %></html>'

const siteWith = (files: Files) =>
  folderWith({
    'imprimatur.config.json': '{ "site": { "title": "T", "url": "https://blog.example", "lang": "en" } }',
    'layouts/default.ejs': LAYOUT,
    'pages/index.md': '---\ntitle: Home\n---\nHome.\n',
    ...files,
  })

/** A page is built, and no error is ours; gives its HTML. */
async function built(text: string, files: Files = {}): Promise<string> {
  const cwd = siteWith({ 'pages/a.md': text, ...files })
  const { code, findings, stderr } = await build({ cwd }, '--typography', 'off')
  expect({ code, findings, stderr }).toMatchObject({ code: 0 })
  return readFileSync(join(cwd, 'docs/a/index.html'), 'utf8')
}

/** The build refuses, by a diagnostic, and writes nothing anywhere. */
async function refused(cwd: string, finding: string): Promise<void> {
  const run = await build({ cwd })
  expect([run.code, run.findings]).toEqual([1, [expect.stringContaining(finding)]])
  expect(existsSync(join(cwd, 'docs'))).toBe(false)
}

const script = '<script>alert(1)</script>'

peer('jekyll/jekyll#1944', 'no permalink leads out of the output', async () => {
  for (const permalink of [
    '/a/%2e%2e/%2e%2e/%2e%2e/pwned.html',
    '/../../pwned.html',
    '/..%2f..%2fpwned.html',
  ]) {
    const cwd = siteWith({ 'pages/a.md': `---\npermalink: ${permalink}\n---\n` })
    await refused(cwd, 'route/address')
    expect(existsSync(join(cwd, '../pwned.html'))).toBe(false)
  }
})
peer('CVE-2018-17567', 'links of a stranger’s site publish nothing of elsewhere', async () => {
  const before = { 'secret.txt': SECRET, 'folder/page.md': `${SECRET} ...  "and more"\n` }
  const outside = folderWith(before)
  const cwd = siteWith({ 'pages/own.txt': 'own' })
  symlinkSync(join(outside, 'secret.txt'), join(cwd, 'pages/link.txt'))
  symlinkSync(join(outside, 'folder'), join(cwd, 'pages/folder'))
  symlinkSync('own.txt', join(cwd, 'pages/inner.txt'))
  expect((await build({ cwd }, '--no-config')).code).toBe(0)
  expect(Object.values(bytesOf(join(cwd, 'docs'))).filter(text => text.includes(SECRET))).toEqual([])
  expect(readFileSync(join(cwd, 'docs/inner.txt'), 'utf8')).toBe('own')
  for (const call of [['lint'], ['lint', '--fix'], ['lint', '--fix', '.']]) {
    const { stdout, stderr } = await imprimatur([...call, '--no-config'], { cwd })
    expect(stdout + stderr).not.toContain(SECRET)
  }
  expect(bytesOf(outside)).toEqual(before)
  rmSync(join(cwd, 'pages'), { recursive: true })
  symlinkSync(outside, join(cwd, 'pages'))
  await build({ cwd }, '--no-config')
  expect(Object.values(bytesOf(join(cwd, 'docs'))).filter(text => text.includes(SECRET))).toEqual([])
})
peer('CVE-2024-32875', 'the title of a link is text', async () =>
  expect(codeIn(await built(`[a](https://b.example '">${script}')\n`))).toEqual([]),
)
peer('CVE-2024-55601', 'so are what pictures and tables say', async () =>
  expect(
    codeIn(
      await built(
        `![" onerror="alert(1)](https://b.example/x.png '" onload="alert(1)')\n\n| a" onclick="x |\n|---|\n| b |\n`,
      ),
    ),
  ).toEqual([]),
)
peer('CVE-2026-35166', 'the address of a link is one, and no code', async () =>
  expect(
    codeIn(
      await built(
        '[a](<https://b.example/"onmouseover="alert(1)>) ![a](<https://b.example/"onerror="alert(1)>)\n[j](javascript:alert(1)) [k](JaVaScRiPt&#58;alert(1)) [d](data:text/html,x) <javascript:alert(1)>\n',
      ),
    ),
  ).toEqual([]),
)
peer('GHSA-q76j-gcg9-vxc6', 'the language of a fence is text', async () =>
  expect(
    codeIn(await built(`~~~ ">${script}\ncode\n~~~\n\n~~~ js"onclick="alert(1) {a="b}\ncode\n~~~\n`)),
  ).toEqual([]),
)
peer('hackforla/website#2139', 'titles and descriptions leave no element and no feed', async () => {
  const cwd = siteWith({
    'pages/posts/a.md': `---\ntitle: '</title>${script}'\ndescription: '"></script>${script}'\ndate: 2026-01-01\ntags: ['">${script}']\n---\nWords.\n`,
  })
  await build({ cwd }, '--typography', 'off')
  const made = bytesOf(join(cwd, 'docs'))
  const pages = Object.keys(made).filter(path => path.endsWith('.html'))
  expect(pages).toContain('posts/a/index.html')
  for (const path of pages) expect(codeIn(made[path]!)).toEqual([])
  for (const path of Object.keys(made).filter(each => /\.(?:xml|atom)$/.test(each)))
    expect(made[path]).not.toContain('<script')
})

for (const [number, name, fields] of [
  [
    'CVE-2022-29078',
    'fields called settings are no options of the templates',
    'settings: { view options: { outputFunctionName: "x;globalThis.pwned=1;s" } }\noutputFunctionName: "x;globalThis.pwned=1;s"',
  ],
  [
    'mde/ejs#720',
    'nor do they make other delimiters',
    'delimiter: "?"\nopenDelimiter: "["\ncloseDelimiter: "1\\");globalThis.pwned=1;//"\nsettings: { view options: { closeDelimiter: "x" } }',
  ],
  [
    'mde/ejs#735',
    'nor a function that escapes',
    'client: true\nescapeFunction: "1;globalThis.pwned=1"\nsettings: { view options: { client: true, escapeFunction: "1;globalThis.pwned=1" } }',
  ],
] as const)
  peer(number, name, async () => {
    const html = await built(`---\ntitle: '<b>'\nejs: true\n${fields}\n---\n<%= page.title %>\n`)
    expect(html).toContain('<p>&lt;b&gt;</p>')
    expect(globalThis).not.toHaveProperty('pwned')
  })
peer('CVE-2024-33883', 'what is inherited is no option of the templates', async () => {
  const fields = 'a: { constructor: { prototype: { client: true } } }\nb: { __proto__: { escape: x } }'
  expect(await built(`---\ntitle: T\n${fields}\n---\nWords.\n`)).toContain('Words.')
  const top = await build({
    cwd: siteWith({ 'pages/a.md': '---\ntitle: T\n__proto__: { client: true }\n---\n' }),
  })
  expect(top.stderr).not.toContain('not your fault')
  expect({}).not.toHaveProperty('client')
  expect({}).not.toHaveProperty('escape')
})
peer('CVE-2025-64718', 'merging in YAML changes no prototype', async () => {
  const cwd = siteWith({
    'pages/a.md':
      '---\ntitle: T\nb: &b { __proto__: { polluted: true } }\nc: { <<: *b }\n<<: *b\n---\nWords.\n',
    'pages/d/_defaults.yaml': '__proto__: { polluted: true }\n',
    'pages/d/e.md': 'Words.\n',
  })
  const { stderr } = await build({ cwd })
  expect(stderr).not.toContain('not your fault')
  expect({}).not.toHaveProperty('polluted')
})
for (const [number, name, text] of [
  [
    'jonschlinkert/gray-matter#182',
    'front matter is never code',
    '---js\n{ title: (globalThis.pwned = 1) }\n---\nWords.\n',
  ],
  [
    'simonhaenisch/md-to-pdf#99',
    'whatever it is called',
    '---javascript\n((globalThis.pwned = 1))\n---\nWords.\n',
  ],
  [
    'readmeio/rdme#1518',
    'nor is what follows it',
    '---\ntitle: T\n---\n---js\n{ title: (globalThis.pwned = 1) }\n---\nWords.\n',
  ],
] as const)
  peer(number, name, async () => {
    const cwd = siteWith({ 'pages/a.md': text })
    for (const command of ['build', 'lint'])
      expect((await imprimatur([command], { cwd })).stderr).not.toContain('not your fault')
    await lint([{ path: 'a.md', text }])
    expect(globalThis).not.toHaveProperty('pwned')
  })
peer('11ty/buildawesome#2824', 'fields that are called as ours are theirs', async () => {
  const names = [
    'content',
    'collections',
    'page',
    'site',
    'constructor',
    'toString',
    'then',
    'meet',
    'rewrite',
    'toJSON',
  ]
  const text = `---\ntitle: T\n${names.map(name => `${name}: x\n`).join('')}---\nWords.\n`
  expect(await built(text)).toContain('Words.')
})
peer('CVE-2024-56159', 'nothing of what makes the site is published', async () => {
  const cwd = siteWith({
    'pages/a.md': 'Words.\n',
    'data/secret.json': SECRET,
    '.env': SECRET,
    'package.json': '{}',
  })
  await build({ cwd })
  expect(
    pathsOf(join(cwd, 'docs')).filter(path =>
      /\.(?:map|ejs|md|m?[jt]s)$|config|package|secret|env/.test(path),
    ),
  ).toEqual([])
})
peer('zensical/zensical#945', 'nor are hidden files', async () => {
  const hidden = ['.nav.yml', '.env', '.git/config', '.obsidian/app.json', '.htpasswd', 'a/.DS_Store']
  const cwd = siteWith(Object.fromEntries(hidden.map(path => [`pages/${path}`, SECRET])))
  await build({ cwd })
  expect(Object.values(bytesOf(join(cwd, 'docs'))).filter(text => text.includes(SECRET))).toEqual([])
})
peer('microsoft/mcscatblog#361', 'the name of a file is no command', async () => {
  const names = [
    '$(touch pwned)',
    '`touch pwned`',
    ';touch pwned;',
    '--output=pwned',
    '-rf',
    '|touch pwned',
    "a';touch pwned;'",
  ]
  const cwd = siteWith(
    Object.fromEntries(
      names.map(name => [`pages/${name}.md`, `---\ntitle: ${JSON.stringify(name)}\n---\nIn  a "box".\n`]),
    ),
  )
  execFileSync('git', ['init', '-q'], { cwd })
  for (const call of [
    ['build'],
    ['lint'],
    ['lint', '--diff'],
    ['lint', '--changed', 'HEAD'],
    ['new', '$(touch pwned)'],
  ])
    expect((await imprimatur(call, { cwd })).stderr).not.toContain('not your fault')
  expect(pathsOf(cwd).filter(path => /^(?:docs\/)?pwned/.test(path))).toEqual([])
})
peer('lint-md/cli#60', 'what a terminal would obey is shown', async () => {
  const name = '\u001b]0;pwned\u0007\u001b[2J\u009b31m\r0 errors'
  const cwd = siteWith({ [`pages/${name}.md`]: '---\ntitle: T\n---\nIn  a "box" - he said...\n' })
  for (const call of [['lint'], ['lint', '--diff'], ['lint', '--format', 'concise'], ['build']]) {
    const { stdout, stderr } = await imprimatur(call, { cwd })
    // eslint-disable-next-line no-control-regex -- They are what is sought.
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
  }
})
peer('mvdan/sh#1089', 'a pipe is not waited for', async () => {
  const cwd = siteWith({})
  execFileSync('mkfifo', [join(cwd, 'pages/x.md')])
  for (const command of ['lint', 'build']) {
    const run = await execute('timeout', ['20', process.execPath, cli, command], { cwd })
    expect(run.code).not.toBe(124)
  }
})

// ------------------------------------------------------------------------------------------------------------------ texts that explode

/** It is read, looked through and set: in linear time, or the test would not end. */
async function staysQuick(text: string): Promise<void> {
  const file = { path: 'a.md', text }
  await fix(file, await lint([file]))
  const cwd = siteWith({ 'pages/a.md': text })
  const run = await execute('timeout', ['20', process.execPath, cli, 'build', '--typography', 'off'], { cwd })
  expect([0, 1]).toContain(run.code)
  expect(run.stderr).not.toContain('not your fault')
}

peer('CVE-2026-2327', 'stars behind an address', () =>
  staysQuick(`https://a.example/${'*'.repeat(50_000)}a\n`),
)
peer('GHSA-6v5v-wf23-fmfq', 'quotes without end', () => staysQuick(`${`"a' `.repeat(12_000)}\n`))
peer('CVE-2026-59887', 'mailto: without end', () => staysQuick(`${'mailto:'.repeat(7000)}\n`))
peer('markedjs/marked#1463', 'tildes without end', () => staysQuick(`${'~'.repeat(50_000)}\n`))
peer('CVE-2026-33532', 'YAML that is nested deeply', () =>
  staysQuick(`---\ntitle: T\na: ${'['.repeat(20_000)}1${']'.repeat(20_000)}\n---\nWords.\n`),
)

const box = (size: number, type: string, rest = Buffer.alloc(0)) => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(size)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, rest])
}
/** Boxes of no size behind a true beginning. */
const endlessPictures = (): Files => {
  const ftyp = (brand: string) => box(24, 'ftyp', Buffer.from(`${brand}\0\0\0\0mif1${brand}`, 'latin1'))
  const jxl = Buffer.concat([
    box(12, 'JXL ', Buffer.from([13, 10, 0x87, 10])),
    box(20, 'ftyp', Buffer.from('jxl \0\0\0\0jxl ', 'latin1')),
  ])
  return {
    'pages/a.jxl': Buffer.concat([jxl, box(0, 'jxlp', Buffer.alloc(64))]),
    'pages/b.heic': Buffer.concat([
      ftyp('heic'),
      box(200, 'meta', Buffer.alloc(4)),
      box(150, 'iprp'),
      box(100, 'ipco'),
      box(0, 'ispe', Buffer.alloc(90)),
    ]),
    'pages/c.avif': Buffer.concat([ftyp('avif'), box(0, 'meta', Buffer.alloc(64))]),
    'pages/d.jp2': Buffer.concat([
      box(12, 'jP  ', Buffer.from([13, 10, 0x87, 10])),
      box(0, 'ftyp', Buffer.from('jp2 ')),
      box(0, 'jp2h', Buffer.alloc(64)),
    ]),
  }
}
for (const [number, name, extensions] of [
  ['GHSA-m5qc-5hw7-8vg7', 'pictures whose boxes have no size: AVIF, JPEG 2000', ['c.avif', 'd.jp2']],
  ['GHSA-5p2g-fcmc-qvqq', 'pictures whose boxes have no size: JPEG XL, HEIF', ['a.jxl', 'b.heic']],
] as const)
  peer(number, name, async () => {
    const cwd = siteWith({
      ...endlessPictures(),
      'pages/a.md': extensions.map(each => `![A](${each})\n\n`).join(''),
    })
    const run = await execute('timeout', ['20', process.execPath, cli, 'build'], { cwd })
    expect([0, 1]).toContain(run.code)
    expect(run.stderr).not.toContain('not your fault')
  })

// ------------------------------------------------------------------------------------------------------------------- feeds of others

const url = 'https://ann.example/feed'

/** The page that a planet makes of a feed, and the feed of the planet. */
async function planetOf(body: string): Promise<{ readonly page: string; readonly feed: string }> {
  const read = readFeed({ body: Buffer.from(body), url })
  if ('code' in read) throw new Error(read.message)
  const entries = read.entries.map((each, i) => ({
    ...each,
    id: each.id ?? String(i),
    published: undefined,
    updated: undefined,
    date: '2026-01-01T00:00:00Z',
  }))
  const cwd = siteWith({
    'pages/planet.yaml': planetYaml({ Ann: url }),
    'planet/ann.json': formatKept({ url, title: read.title, home: read.home, entries }),
  })
  expect(await build({ cwd })).toMatchObject({ code: 0 })
  const file = (path: string) => readFileSync(join(cwd, 'docs', path), 'utf8')
  return { page: file('planet/index.html'), feed: file('planet.atom') }
}
const escaped = '&lt;script&gt;alert(1)&lt;/script&gt;'

for (const [number, name, feed] of [
  [
    'dokuwiki/dokuwiki#2081',
    'the author of an entry is text',
    atom(
      `<title>B</title><entry><title>One</title><author><name>${escaped}</name></author><content>Words.</content></entry>`,
    ),
  ],
  [
    'pote/planet.rb#46',
    'the text of an entry runs nothing',
    rss(
      `<item><title>One</title><description>Words.${escaped}&lt;img src=x onerror=alert(1)&gt;&lt;a href="javascript:alert(1)"&gt;a&lt;/a&gt;&lt;svg onload=alert(1)&gt;</description></item>`,
    ),
  ],
  [
    'sdepold/jquery-rss#152',
    'nor does its title',
    rss(
      `<item><title>One ${escaped}&lt;img src=x onerror=alert(1)&gt;</title><description>Words.</description></item>`,
    ),
  ],
  [
    'osmoscraft/fjord#1',
    'its address is one, or none',
    rss(
      `<item><title>One</title><link><![CDATA[ https://b.example"> <img src="1" onerror="alert(1)"> ]]></link><description>Words.</description></item><item><title>Two</title><link>javascript:alert(1)</link></item>`,
    ),
  ],
] as const)
  peer(number, name, async () => {
    const { page, feed: own } = await planetOf(feed)
    expect(page).toContain('Words.')
    expect(codeIn(page)).toEqual([])
    expect(own).not.toMatch(/<script|javascript:/)
  })
peer('CVE-2026-26278', 'entities of a feed expand to nothing', async () => {
  const entities = `<!DOCTYPE rss [<!ENTITY big "${'A'.repeat(5000)}"><!ENTITY lol "&big;&big;&big;&big;&big;&big;&big;&big;"><!ENTITY x SYSTEM "file:///etc/passwd">]>`
  const feed = rss(
    `<item><title>One &lol;&x;</title><description>Words. ${'&lol;'.repeat(5000)}&x;</description></item>`,
  )
  const read = readFeed({ body: Buffer.from(feed.replace('?>', `?>${entities}`)), url })
  const text = JSON.stringify(read)
  expect(text).not.toContain('AAAA')
  expect(text).not.toContain('root:')
})
peer(
  'CVE-2026-33036',
  'numbers of characters expand to as many, and no more is taken than a text may be',
  async () => {
    const feed = rss(
      `<item><title>${'&#65;'.repeat(50_000)}</title><description>${'&#66;'.repeat(150_000)}</description></item>`,
    )
    const read = readFeed({ body: Buffer.from(feed), url })
    expect(JSON.stringify(read).length).toBeLessThan(600_000)
  },
)
const fetching = { userAgent: 'test', validators: {}, timeout: 10_000, limit: 1024 * 1024 }
peer(
  'GHSA-496x-437q-h35q',
  'feeds are not fetched from the network around without TLS, nor files',
  async () => {
    for (const address of [
      'http://169.254.169.254/latest',
      'http://10.0.0.1/',
      'http://[fd00::1]/',
      'file:///etc/passwd',
    ])
      expect(await download(address, fetching)).toMatchObject({
        code: address.startsWith('http') ? 'planet/address' : 'planet/connect',
      })
  },
)
peer('svandragt/lamb#510', 'nor by a redirect', async () => {
  const redirecting = createServer(({ url: to = '' }, response) =>
    response.writeHead(302, { location: decodeURIComponent(to.slice(1)) }).end(),
  )
  await new Promise<void>(resolve => redirecting.listen(0, '127.0.0.1', resolve))
  const { port } = redirecting.address() as AddressInfo
  for (const to of ['http://169.254.169.254/', 'http://192.168.0.1/', 'file:///etc/passwd'])
    expect(await download(`http://127.0.0.1:${port}/${encodeURIComponent(to)}`, fetching)).toMatchObject({
      code: 'planet/redirect',
    })
  await new Promise(resolve => redirecting.close(resolve))
})

// ------------------------------------------------------------------------------------------------------------------ tried elsewhere

elsewhere(
  'privatenumber/tsx#332',
  'tests/siege/two-users.test.ts',
  'cannot have the program run what lies in the shared temporary folder, nor write where a link leads',
)
elsewhere('prettier/prettier-vscode#3972', 'tests/siege/site-code.test.ts', 'with a configuration in %s')
elsewhere(
  'ziglang/zig#2045',
  'tests/build/cache/file-states.test.ts',
  'on a file system whose clock ticks every two seconds, a second change within one is seen',
)

test('the table has these rows, no more and no fewer', () => {
  const table = readFileSync(join(repository, 'docs-dev/peers.md'), 'utf8')
  const written = [...table.matchAll(/^\|([^|]+)\|[^|]+\|[^|]+\|([^|]+)\|$/gm)]
    .map(([, number = '', name = '']) => [number.trim(), name.trim()])
    .slice(2)
  expect(written).toEqual(rows)
  expect(rows.length).toBeGreaterThanOrEqual(30)
})
