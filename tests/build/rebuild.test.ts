import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { build } from '../program.ts'
import { bytesOf, type Files } from '../tree.ts'

const post = (title: string, n: number, body: string) =>
  `---\nlayout: post\ntitle: ${title}\ndate: 2026-0${1 + (n % 9)}-11\nlang: en\ntags: [t${n % 2}]\n---\n${body}\n\n## Part\n`

/** A site in which pages depend on one another in every way that templates have. */
const site: Files = {
  'imprimatur.config.json': '{ "site": { "title": "Again", "url": "https://again.example.org" } }',
  'layouts/default.ejs':
    '<!doctype html><title><%= page.title %></title><%- metadata() %><link rel="stylesheet" href="<%= asset("main.css") %>">' +
    '<%- include("partials/foot", { page }) %><main><%- body %></main><a href="<%= archive({ tag: "t1" }) ?? "/" %>">t</a>\n',
  'layouts/post.ejs':
    '---\nlayout: default\n---\n<%- body %><%= page.words %> <%= page.previous?.title %> <%= page.next?.next?.excerpt %>',
  'layouts/partials/foot.ejs': '<p><%= site.title %> <%= page.url %></p>',
  'pages/main.css': 'body { color: black }',
  'pages/cat.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"/>',
  'pages/index.ejs':
    '<% for (const p of pages) if (p !== page) { %><a href="<%= p.url %>"><%= p.title %></a> <%= p.minutes %><% } %>',
  'pages/tags.ejs': '<% for (const [tag, all] of collections.tags) { %><%= tag %> <%= all.length %> <% } %>',
  'pages/alone.md': 'Alone, "badly" set. ![A cat](cat.svg)\n',
  'pages/moved.md': '---\nlayout: redirect\nredirectTarget: /alone/\n---\n',
  ...Object.fromEntries(
    [1, 2, 3, 4, 5].map(n => [
      `pages/posts/p${n}.md`,
      post(`Post ${n}`, n, `See [the next](p${(n % 5) + 1}.md#part) and ![](../cat.svg).`),
    ]),
  ),
}

/** Everything that may happen between two builds. Each is tried on whatever the ones before it left. */
const changes: Readonly<Record<string, (cwd: string, n: number) => void>> = {
  'a post says something else': (cwd, n) =>
    write(cwd, `pages/posts/p${n}.md`, post(`Post ${n}`, n, `Words ${n}.`)),
  'a post has another title': (cwd, n) => write(cwd, `pages/posts/p${n}.md`, post(`Other ${n}`, n, 'Words.')),
  'a post has another day': (cwd, n) =>
    write(cwd, `pages/posts/p${n}.md`, post(`Post ${n}`, n + 3, 'Words.')),
  'a post comes': (cwd, n) => write(cwd, `pages/posts/new${n}.md`, post(`New ${n}`, n, '[first](p1.md)')),
  'a post goes': (cwd, n) => rmSync(join(cwd, `pages/posts/new${n}.md`), { force: true }),
  'a post that others link to goes': cwd => rmSync(join(cwd, 'pages/posts/p2.md'), { force: true }),
  'it comes back': cwd => write(cwd, 'pages/posts/p2.md', post('Post 2', 2, 'Back.')),
  'a post moves': (cwd, n) => move(cwd, `pages/posts/new${n}.md`, `pages/posts/moved${n}.md`),
  'a post is badly set': (cwd, n) =>
    write(cwd, `pages/posts/p${n}.md`, post(`Post ${n}`, n, 'A "word" - badly.')),
  'a layout changes': (cwd, n) =>
    write(cwd, 'layouts/post.ejs', `---\nlayout: default\n---\n${n}<%- body %>`),
  'a partial changes': (cwd, n) => write(cwd, 'layouts/partials/foot.ejs', `<p>${n} <%= page.path %></p>`),
  'a stylesheet changes': (cwd, n) => write(cwd, 'pages/main.css', `body { margin: ${n}px }`),
  'an image changes its size': (cwd, n) =>
    write(cwd, 'pages/cat.svg', `<svg xmlns="http://www.w3.org/2000/svg" width="${n}" height="4"/>`),
  'the configuration changes': (cwd, n) =>
    write(
      cwd,
      'imprimatur.config.json',
      `{ "site": { "title": "T${n}", "url": "https://again.example.org" } }`,
    ),
  'typography is mended on the way': cwd =>
    write(cwd, 'imprimatur.config.json', '{ "build": { "typography": "fix" } }'),
  'somebody edits the built site': cwd => write(cwd, 'docs/index.html', 'mine now'),
  'somebody edits the built site in place, with its time put back': cwd => {
    const file = join(cwd, 'docs/alone/index.html')
    if (!existsSync(file)) return
    const { atime, mtime } = statSync(file)
    writeFileSync(file, readFileSync(file, 'utf8').replace(/[a-z](?=<\/main>)/, letter))
    utimesSync(file, atime, mtime)
  },
  'somebody takes a built page away': cwd => rmSync(join(cwd, 'docs/alone/index.html'), { force: true }),
  'a file is touched': cwd => utimesSync(join(cwd, 'pages/alone.md'), 1, 1),
  'the build cache breaks': cwd => write(cwd, 'node_modules/.cache/imprimatur/build.bin', 'nonsense'),
  'a file takes the address of a feed': (cwd, n) => write(cwd, `pages/${feedName(n)}`, `<own n="${n}"/>`),
  'it goes again': (cwd, n) => rmSync(join(cwd, `pages/${feedName(n)}`), { force: true }),
  'a page takes the address of a feed': (cwd, n) =>
    write(cwd, 'pages/taker.md', `---\nlayout: none\npermalink: /${feedName(n)}\n---\nTaken.\n`),
  'a redirect takes the address of a feed': (cwd, n) =>
    write(
      cwd,
      'pages/taker.md',
      `---\nlayout: redirect\nredirectTarget: /alone/\npermalink: /${feedName(n)}\n---\n`,
    ),
  'a page takes the address of a list': (cwd, n) =>
    write(cwd, 'pages/taker.md', `---\npermalink: /tags/t${n % 2}/\n---\nTaken.\n`),
  'nothing takes it any more': cwd => rmSync(join(cwd, 'pages/taker.md'), { force: true }),
  'an alias takes the address of a page that goes': cwd => {
    rmSync(join(cwd, 'pages/posts/p4.md'), { force: true })
    write(cwd, 'pages/heir.md', '---\naliases: [/posts/p4/]\n---\nHeir.\n')
  },
  'the page comes back': cwd => {
    rmSync(join(cwd, 'pages/heir.md'), { force: true })
    write(cwd, 'pages/posts/p4.md', post('Post 4', 4, 'Back.'))
  },
  'a folder has defaults': (cwd, n) =>
    write(
      cwd,
      n % 2 ? 'pages/_defaults.yaml' : 'pages/posts/_defaults.yaml',
      [`tags: [d${n}]`, 'lang: de', 'unlisted: true', 'layout: none', `own: ${n}`, 'permalink: /d/:slug/'][
        n
      ] ?? '',
    ),
  'a folder has none any more': (cwd, n) =>
    rmSync(join(cwd, n % 2 ? 'pages/_defaults.yaml' : 'pages/posts/_defaults.yaml'), { force: true }),
  'a page shows a folder': cwd => write(cwd, 'pages/posts/_index.md', 'All\n'),
  'it shows it no more': cwd => rmSync(join(cwd, 'pages/posts/_index.md'), { force: true }),
  'a post is translated': (cwd, n) => write(cwd, `pages/posts/p${n}.de.md`, `# Nummer ${n}\n`),
  'a post of the same size, with its time set back': (cwd, n) => {
    const file = join(cwd, `pages/posts/p${n}.md`)
    if (!existsSync(file)) return
    const { atime, mtime } = statSync(file)
    writeFileSync(file, readFileSync(file, 'utf8').replace(/[a-z](?=\n\n## Part)/, letter))
    utimesSync(file, atime, mtime)
  },
  'nothing changes': () => {},
}

const feedName = (n: number) => ['atom.xml', 'rss.xml', 'feed.json'][n % 3]!

const letter = (before: string) => (before === 'z' ? 'a' : String.fromCharCode(before.charCodeAt(0) + 1))

function write(cwd: string, path: string, text: string): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true })
  writeFileSync(join(cwd, path), text)
}

function move(cwd: string, from: string, to: string): void {
  try {
    renameSync(join(cwd, from), join(cwd, to))
  } catch {} // gone already
}

const env = { SOURCE_DATE_EPOCH: '1795219200' }

/** The sources alone, in a folder where nothing was ever built. */
function copyOf(cwd: string): string {
  const copy = folderWith({})
  const isSource = (path: string) => !['docs', 'node_modules'].includes(basename(path))
  cpSync(cwd, copy, { recursive: true, filter: isSource })
  return copy
}

const runs = Number(process.env.RUNS ?? 3)

test('a build with the cache gives the same files and diagnostics as one without', async () => {
  const step = fc.tuple(fc.constantFrom(...Object.keys(changes)), fc.integer({ min: 1, max: 5 }))
  const days = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 8 })
  let compared = 0
  await fc.assert(
    fc.asyncProperty(days, async together => {
      const cwd = folderWith(site)
      await build({ cwd, env })
      for (const steps of together) {
        for (const [name, n] of steps) changes[name]!(cwd, n)
        const copy = copyOf(cwd)
        const [again, afresh] = await Promise.all([build({ cwd, env }), build({ cwd: copy, env })])
        expect([again.code, again.report.diagnostics]).toEqual([afresh.code, afresh.report.diagnostics])
        if (again.code !== 0) continue
        compared++
        expect(bytesOf(join(cwd, 'docs'))).toEqual(bytesOf(join(copy, 'docs')))
      }
    }),
    { numRuns: runs, endOnFailure: true },
  )
  expect(compared).toBeGreaterThan(2 * runs)
})

test('an author’s file replaces a generated one at its address, which comes back when the file goes', async () => {
  const feeds = ['atom.xml', 'rss.xml', 'feed.json']
  const takers: Readonly<Record<string, (feed: string) => readonly [path: string, text: string]>> = {
    'a file': feed => [`pages/${feed}`, 'own'],
    'a page': feed => ['pages/own.md', `---\nlayout: none\npermalink: /${feed}\n---\nown`],
    'a redirect': feed => [
      'pages/own.md',
      `---\nlayout: redirect\nredirectTarget: /own/\npermalink: /${feed}\n---\n`,
    ],
    'a list': feed => [
      'pages/own.ejs',
      `---\nlayout: none\npermalink: /${feed}\n---\nown <%= pages.length %>`,
    ],
  }
  const cwd = folderWith({ ...site, 'pages/own/index.md': 'Own' })
  for (const feed of feeds) {
    for (const taker of Object.values(takers)) {
      await build({ cwd, env })
      const generated = readFileSync(join(cwd, 'docs', feed), 'utf8')
      const [path, text] = taker(feed)
      write(cwd, path, text)
      await build({ cwd, env })
      expect(readFileSync(join(cwd, 'docs', feed), 'utf8')).toContain('own')
      expect((await build({ cwd, env }, '--check')).code).toBe(0)
      rmSync(join(cwd, path))
      await build({ cwd, env })
      expect(readFileSync(join(cwd, 'docs', feed), 'utf8')).toBe(generated)
    }
  }
})

describe('what is rendered again', () => {
  /** Files that changed just before a build are looked at anew by the next one. */
  const TICK = 150
  const chance = '<%- body %><%= Math.random() %>'
  const rendered = async (files: Files, change: (cwd: string) => void) => {
    const cwd = folderWith({ ...site, 'layouts/default.ejs': chance, ...files })
    await sleep(TICK)
    expect(await build({ cwd, env })).toMatchObject({ code: 0, findings: ['page/typography pages/alone.md'] })
    const before = bytesOf(join(cwd, 'docs'))
    change(cwd)
    await build({ cwd, env })
    const after = bytesOf(join(cwd, 'docs'))
    return Object.keys(after).filter(path => before[path] !== after[path])
  }
  const posts = [1, 2, 3, 4, 5].map(n => `posts/p${n}/index.html`)

  test('nothing, when nothing changed', async () => {
    expect(await rendered({}, () => {})).toEqual([])
  })

  test('a page whose body changed, and the pages that use it', async () => {
    const change = (cwd: string) => write(cwd, 'pages/alone.md', 'Other words.\n')
    const found = await rendered({ 'layouts/post.ejs': chance }, change)
    expect(found.filter(path => path.endsWith('.html'))).toEqual(['alone/index.html', 'index.html'])
  })

  test('a page whose title changed, and the pages that list it', async () => {
    const change = (cwd: string) => write(cwd, 'pages/alone.md', '---\ntitle: Other\n---\n')
    const found = await rendered({ 'layouts/post.ejs': chance }, change)
    expect(found).toEqual(expect.arrayContaining(['alone/index.html', 'index.html', 'tags/index.html']))
    expect(found.filter(path => posts.includes(path))).toEqual([])
  })

  test('a page that uses many pages, when the body of one changed', async () => {
    const many = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`pages/many/m${n}.md`, 'Words\n']))
    const change = (cwd: string) => write(cwd, 'pages/many/m7.md', 'Other words\n')
    const found = await rendered({ 'layouts/post.ejs': chance, ...many }, change)
    expect(found.filter(path => path.endsWith('.html'))).toEqual(['index.html', 'many/m7/index.html'])
  })

  test('a page whose neighbour changed, when its layout uses the neighbour', async () => {
    const layout = `${chance}<%= page.next?.title %>`
    const change = (cwd: string) => write(cwd, 'pages/posts/p3.md', post('Third', 3, 'Words.'))
    const found = await rendered({ 'layouts/post.ejs': layout }, change)
    expect(found.filter(path => posts.includes(path))).toEqual([posts[1], posts[2], posts[3]])
  })

  test('every page of a layout that changed, and no other', async () => {
    const change = (cwd: string) => write(cwd, 'layouts/post.ejs', `${chance} other`)
    const found = await rendered({ 'layouts/post.ejs': chance }, change)
    expect(found.filter(path => !path.startsWith('posts/p'))).not.toContain('alone/index.html')
    expect(found).toEqual(expect.arrayContaining(posts))
  })

  test('all, on another day', async () => {
    const cwd = folderWith({ ...site, 'layouts/default.ejs': chance })
    await build({ cwd, env })
    const { report } = await build({ cwd, env: { SOURCE_DATE_EPOCH: '1795305600' } })
    expect(report.summary).toMatch(/^docs\/: (?:[1-9]\d) written/)
  })
})
