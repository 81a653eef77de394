import { cpSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { readFileSync, writeFileSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { dirname, join } from 'node:path'
import { createRequire } from 'node:module'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Command } from '../../src/cli/arguments.ts'
import type { Diagnostic } from '../../src/core/types.ts'
import { unattended } from '../call.ts'
import { startDev, reportOn, withoutClient, type Dev } from './dev-server.ts'
import { repository } from '../program.ts'
import { createDice, type Dice } from '../seed.ts'
import { pathsOf, writeFiles, type Files } from '../tree.ts'

/** An author’s day in fast motion: change after change to a site, and what the server gives held to a fresh build. */
export interface DevScenario {
  readonly dev: Dev
  /** Makes one change, or several at once, and names it. */
  change(): Promise<string>
  /** Compares what the server gives with a fresh build; gives the differences. */
  compare(): Promise<readonly string[]>
}

/** A day on which the keys of the fixture are valid. */
const day = { SOURCE_DATE_EPOCH: String(Date.UTC(2026, 10, 21, 12) / 1000) }

const svg = (side: number) => `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"/>`

const config = (fields = '') => `import { words } from './data/words.ts'
import data from './data.json'
export default {
  site: { title: data.title, url: 'https://example.org', words },
  keys: { manifest: 'pages/about/keys.yaml' },
  ${fields}
}
`

const setting = (typography: string) => `build: { typography: '${typography}' },`

const layout = (mark = '') => `<!doctype html>
<html lang="<%= page.lang %>"><head><title><%= page.title %> <%= site.title %> <%= site.words %></title><%- metadata() %>
<% if (asset) { %><link rel="stylesheet" href="<%= asset('/main.css') %>"><% } %></head>
<body>${mark}<%- include('partials/nav') %><%- body %>
<% if (page.previous) { %><a href="<%= page.previous.url %>"><%= page.previous.title %></a><% } %></body></html>
`

const site: Files = {
  'imprimatur.config.ts': config(),
  'data.json': '{ "title": "Site" }',
  'data/words.ts': 'export const words = 1\n',
  'layouts/default.ejs': layout(),
  'layouts/post.ejs': '---\nlayout: default\n---\n<article><%- body %></article>',
  'layouts/partials/nav.ejs': '<nav><a href="/">Home</a></nav>',
  'pages/index.ejs':
    '<% for (const p of pages) if (p !== page) { %><p><a href="<%= p.url %>"><%= typeset(p.title) %></a> <%= p.excerpt %></p><% } %>',
  'pages/404.md': '# Nothing\n',
  'pages/main.css': 'p { color: red }',
  'pages/cat.svg': svg(10),
  'pages/posts/2026/a.md':
    '---\ntitle: A\ndate: 2026-01-01\n---\nOne "word" - two. ![](../../cat.svg)\n\n## Part\n',
  'pages/posts/2026/b.md': '---\ndate: 2026-01-02\ntags: [x]\n---\n# B\n\n[a](a.md)\n',
}

/** Lays the site down in an empty folder and starts the server there; fresh builds go into another. */
export async function startScenario(root: string, output: string, seed: number): Promise<DevScenario> {
  cpSync(join(repository, 'tests/fixtures/keys/good/pages'), join(root, 'pages'), { recursive: true })
  writeFiles(root, site)
  const dev = await startDev(root, [], day)
  const dice = createDice(seed)
  const known = new Set(possible)
  let isFar = false
  return {
    dev,
    async change() {
      const times = dice(8) === 0 ? 1 + dice(4) : 1
      const changes: string[] = []
      for (let i = 0; i < times; i++) changes.push(change(root, dice))
      isFar ||= changes.some(name => name.startsWith('data/') || name === MENDED)
      // The watcher is to meet half-done work, and the server to be asked before the watcher has rung.
      if (dice(4) === 0) await sleep(dice(40))
      return changes.join(', ')
    },
    async compare() {
      const made = await freshBuild(root, output)
      for (const path of made.paths)
        if (!/^many\/p\d/.test(path) || path.startsWith('many/p7')) known.add(path)
      // What lies outside the site’s folders is not looked at with each request: the watcher reports it later.
      for (let tries = 0; ; tries++) {
        const wrong = await compare(dev.url, output, made, known)
        if (wrong.length === 0 || !isFar || tries === PATIENCE) {
          isFar = false
          return wrong
        }
        await sleep(50)
      }
    },
  }
}

const PATIENCE = 100
const MENDED = 'everything mended'

interface Made {
  /** Of the files that were built; none after an error. */
  readonly paths: readonly string[]
  readonly errors: readonly Diagnostic[]
}

const require = createRequire(import.meta.url)
const built = pathToFileURL(join(repository, 'dist/cli/commands/build.js')).href

/** As the built program does it. */
async function freshBuild(root: string, output: string): Promise<Made> {
  const { command } = (await import(built)) as { command: Command }
  rmSync(output, { recursive: true, force: true })
  // A process that builds but once would read it.
  delete require.cache[join(root, 'data.json')]
  const { diagnostics } = await command.run({
    ...unattended,
    values: { root, output },
    positionals: [],
    cwd: root,
    env: day,
  })
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const paths = existsSync(output) && errors.length === 0 ? pathsOf(output) : []
  return { paths: paths.filter(path => path !== '.imprimatur-files'), errors }
}

const addressOf = (path: string) =>
  `/${path
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/(^|\/)index\.html$/, '$1')}`

async function compare(
  url: string,
  output: string,
  { paths, errors }: Made,
  known: ReadonlySet<string>,
): Promise<readonly string[]> {
  if (errors.length > 0) {
    // A build stops at an error; the server reports the same on the pages that have it.
    const pages = [...known].filter(path => path.endsWith('.html'))
    const reports = await Promise.all(pages.map(path => reportOn(url, addressOf(path))))
    const diagnostics = reports.flatMap(report =>
      report.diagnostics.filter(({ severity }) => severity === 'error'),
    )
    const served = new Set(diagnostics.map(({ code, place }) => `${code} ${place?.file ?? ''}`))
    const expected = new Set(errors.map(({ code, file }) => `${code} ${file?.path ?? ''}`))
    // A build checks no links when it could not render every page.
    const isWhole = errors.every(({ code }) => code.startsWith('link/'))
    const more = [...served].filter(error => !expected.has(error) && (isWhole || !error.startsWith('link/')))
    return [
      ...[...expected].filter(error => !served.has(error)).map(error => `not reported: ${error}`),
      ...more.map(error => `reported: ${error}`),
    ]
  }
  const made = new Set(paths)
  const served = await Promise.all([...known].map(path => readServed(url, path)))
  // What is held back is at its address, and says so.
  const heldBack = new Set<string>()
  for (const { path, status } of served)
    if (
      !made.has(path) &&
      ![404, 302].includes(status) &&
      (await reportOn(url, addressOf(path))).notice !== undefined
    )
      heldBack.add(path)
  return served.flatMap(({ path, status, hasClient, body }) => {
    if (!made.has(path))
      return [404, 302].includes(status) || heldBack.has(path) ? [] : [`${status} for ${path}, which is gone`]
    if (status !== 200) return [`${status} ${path}`]
    if (hasClient !== path.endsWith('.html')) return [`the client is where it should not be, or not: ${path}`]
    return body === readFileSync(join(output, path), 'latin1') ? [] : [`other than built: ${path}`]
  })
}

async function readServed(url: string, path: string) {
  const response = await request(url + addressOf(path))
  const sent = (await buffer(response)).toString('latin1')
  const body = withoutClient(sent)
  return { path, status: response.statusCode ?? 0, hasClient: sent !== body, body }
}

/** On a connection of its own: one that was kept open may be closed at the moment that it is used again. */
const request = (url: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: false }, resolve).on('error', reject)
  })

const fronts = [
  '',
  'title: T\n',
  'title: Other "title"\ndate: 2026-02-03\n',
  'date: 2026-02-03\ntags: [x, y]\nlang: ru\n',
  'date: 2025-05-05\nlayout: post\n',
  'draft: true\n',
  'date: 2027-01-01\n',
  'aliases: [/old/place/]\ndate: 2026-03-03\n',
  'slug: renamed\n',
  'permalink: /else/where/\n',
  'ejs: true\ntitle: <i>\n',
  'section: notes\ndate: 2024-01-01\n',
  'typography: fix\ndate: 2026-03-09\n',
  'translationOf: /posts/2026/a/\nlang: ru\n',
  'date: 2026-13-01\n',
  'title: [\n',
  'layout: nowhere\n',
]

const bodies = [
  'Text.\n',
  '# Heading\n\nSome "quotes" - and dashes.\n\n## Part\n',
  '![](../../cat.svg) and [a](a.md)\n',
  '[b](b.md#part)\n',
  '[[toc]]\n\n## One\n\n## Two\n',
  '```js\nconst x = 1\n```\n',
  '<%= pages.length %> <%= page.words %>\n',
  '[away](/nowhere/)\n',
  '[c](c.md)\n',
]

const names = ['a', 'b', 'c', 'd e', 'ё', 'index']

/** Where posts may turn up, whether or not the site was ever whole with them. */
const possible = [
  'none.html',
  'index.html',
  'about/keys/index.html',
  'else/where/index.html',
  'linked/index.html',
  'new.txt/index.html',
  ...['2020', '2021', '2022', '2023', '2025', '2026'].flatMap(year =>
    ['', ...names, 'renamed'].map(name => join('posts', year, name === 'index' ? '' : name, 'index.html')),
  ),
]

/** Makes one change to the site in `root`, as an author, an editor or git would, and names it. */
function change(root: string, dice: Dice): string {
  const pick = <T>(list: readonly T[]) => list[dice(list.length)] as T
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
    return path
  }
  const remove = (path: string) => {
    rmSync(join(root, path), { recursive: true, force: true })
    return path
  }
  const front = () => pick(dice(4) ? fronts.slice(0, 6) : fronts)
  const text = () => `---\n${front()}---\n${pick(dice(3) ? bodies.slice(0, 6) : bodies)}${dice(9)}\n`
  const post = () => `pages/posts/${pick(['2025', '2026'])}/${pick(names)}.md`
  const mend = () => {
    for (const path of ['pages/posts', 'pages/many']) remove(path)
    for (const [path, contents] of Object.entries(site)) write(path, String(contents))
    return MENDED
  }
  const changes: readonly (() => string)[] = [
    () => write(post(), text()),
    () => write(post(), text()),
    () => write(post(), text()),
    () => write('pages/posts/2026/a.md', `${site['pages/posts/2026/a.md']}${dice(9)}\n`),
    () => `without ${remove(post())}`,
    () => {
      // As editors do: a new file takes the place of the old one.
      const path = post()
      write(`${path}.tmp`, text())
      renameSync(join(root, `${path}.tmp`), join(root, path))
      return `${path} by rename`
    },
    () => {
      const [from, to] = [post(), post()].map(path => join(root, path)) as [string, string]
      if (!existsSync(from)) return 'nothing'
      mkdirSync(dirname(to), { recursive: true })
      renameSync(from, to)
      return `${from} -> ${to}`
    },
    () => {
      const [from, to] = [join(root, 'pages/posts/2025'), join(root, `pages/posts/${2020 + dice(4)}`)]
      if (!existsSync(from) || existsSync(to)) return 'nothing'
      renameSync(from, to)
      return `folder ${from} -> ${to}`
    },
    () => write('layouts/default.ejs', layout(`<i>${dice(9)}</i>`)),
    () => write('layouts/post.ejs', `---\nlayout: default\n---\n${dice(9)}<%- body %>`),
    () => write('layouts/partials/nav.ejs', `<nav>${dice(9)}<a href="/">Home</a></nav>`),
    () => write('layouts/partials/nav.ejs', pick(['<%= nobody %>', '<% if (', '<a href="/gone/">x</a>'])),
    () => `without ${remove(pick(['layouts/post.ejs', 'layouts/partials', 'layouts/section.ejs']))}`,
    () => write('layouts/section.ejs', `Section ${dice(9)} <%= page.posts.length %>`),
    () => write('pages/main.css', `p { color: #${dice(999)} }`),
    () => write('pages/main.css', 'p { background: url(cat.svg) }'),
    () => write('pages/cat.svg', svg(10 + dice(5))),
    () => `without ${remove(pick(['pages/cat.svg', 'pages/main.css', 'pages/404.md', 'pages/index.ejs']))}`,
    () => `without ${remove('pages/new.txt')}`,
    () => {
      // A file becomes a folder, and a folder a file.
      remove('pages/new.txt')
      return write(pick(['pages/new.txt', 'pages/new.txt/index.md']), `new ${dice(99)}\n`)
    },
    () =>
      write(
        pick(['pages/_defaults.yaml', 'pages/posts/_defaults.yaml']),
        pick([`own: ${dice(9)}`, 'lang: de', 'tags: [z]', 'draft: true', 'tags: {']),
      ),
    () => `without ${remove(pick(['pages/_defaults.yaml', 'pages/posts/_defaults.yaml']))}`,
    () => write('pages/posts/_index.md', `All ${dice(9)}\n`),
    () => `without ${remove('pages/posts/_index.md')}`,
    () => write('data.json', `{ "title": "Site ${dice(9)}" }`),
    () => write('data.json', '{ broken'),
    () => write('data/words.ts', `export const words = ${dice(99)}\n`),
    () => write('imprimatur.config.ts', config(pick(['', setting('fix'), setting('off'), 'oops']))),
    () =>
      write('imprimatur.config.ts', config(pick(['build: { drafts: true },', 'build: { extras: false },']))),
    () => write('layouts/partials/keys/page.ejs', `${dice(9)} <%= keys.serial %>`),
    () => `without ${remove('layouts/partials/keys')}`,
    () => write('pages/about/keys.md', `---\ntitle: Keys ${dice(9)}\n---\n`),
    () => {
      const path = 'pages/about/keys.yaml'
      const good = readFileSync(join(repository, 'tests/fixtures/keys/good', path), 'utf8')
      return write(path, dice(2) ? good : `${good}\n# tampered with\n`)
    },
    () => {
      // As git does: a hundred files at once.
      const count = dice(2) ? 100 : 0
      if (count === 0) return `without ${remove('pages/many')}`
      for (let i = 0; i < count; i++) write(`pages/many/p${i}.md`, `# P ${i}\n`)
      return 'a hundred pages'
    },
    () => {
      const link = join(root, 'pages/linked.md')
      rmSync(link, { force: true })
      write('beside.md', `Beside ${dice(9)}\n`)
      symlinkSync('../beside.md', link)
      return 'a link'
    },
    () => write('beside.md', `Beside ${dice(9)}\n`),
    () => {
      // The same length, and very likely the same tick of the clock.
      write('pages/posts/2026/a.md', 'one 1\n')
      return write('pages/posts/2026/a.md', 'one 2\n')
    },
    mend,
    mend,
    mend,
  ]
  return pick(changes)()
}
