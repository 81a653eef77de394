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
import * as fc from 'fast-check'
import { folderWith } from '../folder.ts'
import { bytesOf, type Files } from '../tree.ts'

export const post = (title: string, n: number, body: string) =>
  `---\nlayout: post\ntitle: ${title}\ndate: 2026-0${1 + (n % 9)}-11\nlang: en\ntags: [t${n % 2}]\n---\n${body}\n\n## Part\n`

/** What no list has; the first is at another address, too. */
export const note = (n: number, body: string) =>
  `---\nlayout: plain\ntitle: Note ${n}\nunlisted: true\n${n === 1 ? 'aliases: [/first/]\n' : ''}---\n${body}\n\n## Part\n`

/** Bodies of notes: what they lead to is at hand, or is not. */
const soundBodies: readonly string[] = [
  'Words.',
  'See [another](n2.md#part).',
  'See [a post](../posts/p1.md) and ![](../cat.svg).',
  'See [an old address](/first/).',
  'Set "badly" - so.',
  '<p style="color: red">Red.</p>',
  '# A title of its own',
]

/** The same, and some that lead nowhere. */
export const noteBodies: readonly string[] = [
  ...soundBodies,
  'See [what is gone](n2.md#gone) and <a id="gone"></a>.',
  'See [nothing](/nowhere/).',
]

/** A site in which pages depend on one another in every way that templates have. */
export const site: Files = {
  'imprimatur.config.json': '{ "site": { "title": "Again", "url": "https://again.example.org" } }',
  'layouts/default.ejs':
    '<!doctype html><title><%= page.title %></title><%- metadata() %><link rel="stylesheet" href="<%= asset("main.css") %>">' +
    '<%- include("partials/foot", { page }) %><main><%- body %></main><a href="<%= archive({ tag: "t1" }) ?? "/" %>">t</a>\n',
  'layouts/post.ejs':
    '---\nlayout: default\n---\n<%- body %><%= page.words %> <%= page.previous?.title %> <%= page.next?.next?.excerpt %>',
  'layouts/partials/foot.ejs': '<p><%= site.title %> <%= page.url %></p>',
  // Of itself a page is all that this shows: a note is made without any other page, and so is one that it leads to.
  'layouts/plain.ejs':
    '<!doctype html><title><%= page.title %></title><nav><a href="/notes/n1/#part">1</a></nav><%- body %>\n',
  ...Object.fromEntries([1, 2, 3].map(n => [`pages/notes/n${n}.md`, note(n, 'Words.')])),
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
export const changes: Readonly<Record<string, (cwd: string, n: number) => void>> = {
  'a post says something else': (cwd, n) =>
    write(cwd, `pages/posts/p${n}.md`, post(`Post ${n}`, n, `Words ${n}.`)),
  'a post says more, and nothing else changes': (cwd, n) => {
    const path = `pages/posts/p${n}.md`
    if (existsSync(join(cwd, path))) write(cwd, path, `${readFileSync(join(cwd, path), 'utf8')}More.\n`)
  },
  'a note says something else': (cwd, n) =>
    write(cwd, `pages/notes/n${1 + (n % 3)}.md`, note(1 + (n % 3), soundBodies[n % soundBodies.length]!)),
  'two notes say something else': (cwd, n) => {
    write(cwd, 'pages/notes/n1.md', note(1, soundBodies[n % soundBodies.length]!))
    write(cwd, 'pages/notes/n2.md', note(2, `${soundBodies[(n * 5) % soundBodies.length]}\n\n## More`))
  },
  'a page says more': (cwd, n) =>
    write(cwd, 'pages/alone.md', `Alone, "badly" set. ![A cat](cat.svg) ${n}\n`),
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
  'its columns break': cwd => write(cwd, 'node_modules/.cache/imprimatur/build-files.bin', 'nonsense'),
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
  'an old address leads to a feed': (cwd, n) =>
    write(
      cwd,
      'pages/old.md',
      `---\nlayout: redirect\nredirectTarget: /${feedName(n)}\npermalink: /old.xml\naliases: [/older.xml]\n---\n`,
    ),
  'a file takes that address': (cwd, n) => {
    rmSync(join(cwd, 'pages/old.md'), { force: true })
    write(cwd, 'pages/old.xml', `<old n="${n}"/>`)
  },
  'and leaves it': cwd => rmSync(join(cwd, 'pages/old.xml'), { force: true }),
  'an alias takes the address of a list': (cwd, n) =>
    write(cwd, 'pages/taker.md', `---\naliases: [/tags/t${n % 2}/, /posts/]\n---\nTaken.\n`),
  'a file takes the address of a list': (cwd, n) => write(cwd, `pages/tags/t${n % 2}/index.html`, 'Taken.\n'),
  'and leaves that': cwd => rmSync(join(cwd, 'pages/tags'), { recursive: true, force: true }),
  'a post of the same size, with its time set back': (cwd, n) =>
    inPlace(cwd, `pages/posts/p${n}.md`, /[a-z](?=\n\n## Part)/),
  'a layout of the same size, with its time set back': cwd =>
    inPlace(cwd, 'layouts/default.ejs', /[a-z](?=<\/a>\n)/),
  'a partial of the same size, with its time set back': cwd =>
    inPlace(cwd, 'layouts/partials/foot.ejs', /[a-z](?=>$)/),
  'a stylesheet of the same size, with its time set back': cwd =>
    inPlace(cwd, 'pages/main.css', /\d|[a-z](?= \})/),
  'an image of the same size, with its time set back': cwd => inPlace(cwd, 'pages/cat.svg', /\d(?=" height)/),
  'a layout older than the site': cwd => age(cwd, 'layouts/post.ejs'),
  'a configuration older than the site': cwd => age(cwd, 'imprimatur.config.json'),
  'nothing changes': () => {},
}

const feedName = (n: number) => ['atom.xml', 'rss.xml', 'feed.json'][n % 3]!

/** Writes over a file what has the same size, and gives it its old times, as `cp -p` and archives do. */
function inPlace(cwd: string, path: string, one: RegExp): void {
  const file = join(cwd, path)
  if (!existsSync(file)) return
  const { atime, mtime } = statSync(file)
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(one, before =>
      /\d/.test(before) ? String((Number(before) % 9) + 1) : letter(before),
    ),
  )
  utimesSync(file, atime, mtime)
}

function age(cwd: string, path: string): void {
  const file = join(cwd, path)
  writeFileSync(file, `${readFileSync(file, 'utf8')} `)
  utimesSync(file, 1, 1)
}

const letter = (before: string) => (before === 'z' ? 'a' : String.fromCharCode(before.charCodeAt(0) + 1))

export function write(cwd: string, path: string, text: string): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true })
  writeFileSync(join(cwd, path), text)
}

function move(cwd: string, from: string, to: string): void {
  try {
    renameSync(join(cwd, from), join(cwd, to))
  } catch {} // gone already
}

/** Midday, UTC. */
export const env = { SOURCE_DATE_EPOCH: '1795219200' }

/** The sources alone, in a folder where nothing was ever built. */
function copyOf(cwd: string): string {
  const copy = folderWith({})
  const isSource = (path: string) => !['docs', 'node_modules'].includes(basename(path))
  cpSync(cwd, copy, { recursive: true, filter: isSource })
  return copy
}

/** A build in a folder: its exit code and what it found. */
export type BuildIn = (
  cwd: string,
) => Promise<{ readonly code: number | null; readonly diagnostics: unknown }>

export interface Walked {
  readonly edits: number
  /** Sites that were good, and alike. */
  readonly compared: number
  /** The first build that differs from a clean one. */
  readonly difference?: {
    readonly edits: readonly string[]
    readonly again: unknown
    readonly afresh: unknown
  }
}

/**
 * One site for a while: some edits at a time, then a build with the cache and one from nothing. `more` are edits that are not of the
 * site’s own files.
 */
export async function walk(
  seed: number,
  most: number,
  build: BuildIn,
  more: Readonly<Record<string, (n: number) => void>> = {},
): Promise<Walked> {
  const step = fc.tuple(
    fc.constantFrom(...Object.keys(changes), ...Object.keys(more)),
    fc.integer({ min: 1, max: 5 }),
  )
  const days = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 8 })
  const [together = []] = fc.sample(days, { numRuns: 1, seed })
  const cwd = folderWith(site)
  await build(cwd)
  const edits: string[] = []
  let compared = 0
  for (const steps of together) {
    for (const [name, n] of steps.slice(0, Math.max(0, most - edits.length))) {
      const change = changes[name]
      if (change) change(cwd, n)
      else more[name]?.(n)
      edits.push(`${name} (${n})`)
    }
    const copy = copyOf(cwd)
    const [again, afresh] = await Promise.all([build(cwd), build(copy)])
    const results = [again, afresh].map(({ code, diagnostics }, i) => ({
      code,
      diagnostics,
      files: code === 0 ? bytesOf(join(i === 0 ? cwd : copy, 'docs')) : {},
    }))
    const [one, other] = results
    if (JSON.stringify(one) !== JSON.stringify(other))
      return { edits: edits.length, compared, difference: { edits, again: one, afresh: other } }
    if (again.code === 0) compared++
    if (edits.length >= most) break
  }
  return { edits: edits.length, compared }
}
