import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatKept, type KeptEntry } from '../../src/planet/kept.ts'
import { folderWith } from '../folder.ts'
import { build, repository } from '../program.ts'
import { pathsOf, type Files } from '../tree.ts'
import { planetYaml } from './planet-site.ts'

const SITE = 'https://planet.example'

const config = JSON.stringify({ site: { title: 'Ours', url: SITE, lang: 'en' } })

const entry = (n: number, rest: Partial<KeptEntry> = {}): KeptEntry => ({
  id: `https://blog.example/${n}`,
  link: `https://blog.example/${n}`,
  title: `Post ${n}`,
  date: `2026-01-0${n}T10:30:00Z`,
  ...rest,
})

const kept = (...entries: readonly KeptEntry[]) =>
  formatKept({ url: 'https://ann.example/feed', home: 'https://ann.example/', entries })

/** A site that has fetched a feed with these entries. */
const site = (entries: readonly KeptEntry[], files: Files = {}) =>
  folderWith({
    'imprimatur.config.json': config,
    'layouts/default.ejs': '<html lang="en"><head><%- metadata() %></head><%- body %></html>',
    'pages/index.md': '---\ntitle: Home\n---\n',
    'pages/planet.yaml': planetYaml({ Ann: 'https://ann.example/feed' }),
    'planet/ann.json': kept(...entries),
    ...files,
  })

const docs = (cwd: string, path: string) => readFileSync(join(cwd, 'docs', path), 'utf8')

test('a build makes a page, a feed and a list of what is kept, and publishes nothing else of it', async () => {
  const cwd = site([
    entry(2, { author: 'Ann B.', lang: 'ru', content: '<p>Два</p>' }),
    entry(1, { title: '<b>"quotes" -- & tags', content: '<p>"x" -- y</p><script>no</script>' }),
  ])
  expect(await build({ cwd }, '--typography', 'fix')).toMatchObject({ code: 0, findings: [] })
  expect(pathsOf(join(cwd, 'docs')).filter(path => path.includes('planet'))).toEqual([
    'planet.atom',
    'planet.opml',
    'planet/index.html',
  ])
  const page = docs(cwd, 'planet/index.html')
  expect(page).toContain(`<section class="planet-day" aria-labelledby="d2026-01-02">
<h2 id="d2026-01-02"><time datetime="2026-01-02">Friday, January 2, 2026</time></h2>
<article class="planet-entry">
<h3 dir="auto" lang="ru"><a href="https://blog.example/2">Post 2</a></h3>
<p class="about"><bdi>Ann B.</bdi> · <a href="https://ann.example/"><bdi>Ann</bdi></a> · <time datetime="2026-01-02T10:30:00Z">10:30 UTC</time></p>
<div class="planet-text" dir="auto" lang="ru">
<p>Два</p>
</div>
</article>
</section>`)
  expect(page).toContain('&lt;b&gt;&#34;quotes&#34; -- &amp; tags</a>')
  expect(page).toContain('<p>"x" -- y</p>\n')
  expect(page).toContain(
    '<link rel="alternate" type="application/atom+xml" title="Planet" href="/planet.atom">',
  )
  expect(docs(cwd, 'index.html')).not.toContain('planet.atom')
  expect(docs(cwd, 'planet.opml')).toContain('xmlUrl="https://ann.example/feed"')
  expect(docs(cwd, 'sitemap.xml')).toContain(`<loc>${SITE}/planet/</loc>`)
  const rng = join(repository, 'tests/schemas/atom.rng')
  const file = join(cwd, 'docs/planet.atom')
  expect(
    spawnSync('xmllint', ['--noout', '--nonet', '--relaxng', rng, file], { encoding: 'utf8' }),
  ).toMatchObject({ status: 0 })
})

test('a build in which nothing has changed makes nothing of it, and one in which something has makes it anew', async () => {
  const cwd = site([entry(1)])
  await build({ cwd })
  const before = docs(cwd, 'planet.atom')
  expect((await build({ cwd })).report.summary).toContain(' 0 written')
  writeFileSync(join(cwd, 'planet/ann.json'), kept(entry(2), entry(1)))
  expect((await build({ cwd })).report.summary).toContain(' 2 written')
  expect(docs(cwd, 'planet.atom')).not.toBe(before)
  writeFileSync(join(cwd, 'planet/ann.json'), kept(entry(1)))
  await build({ cwd })
  expect(docs(cwd, 'planet.atom')).toBe(before)
  expect(await build({ cwd }, '--check')).toMatchObject({ code: 0, findings: [] })
})

describe('what is the author’s own wins', () => {
  test('a layout', async () => {
    const cwd = site([entry(1, { content: '<h1>x</h1>' })], {
      'layouts/planet.ejs':
        '<% for (const { date: day, entries } of planet.days) for (const { title, source, body } of entries) { %><%= day %> <%= title %> <%= source.name %> <%- body %><% } %>',
    })
    expect(await build({ cwd })).toMatchObject({ code: 0 })
    expect(docs(cwd, 'planet/index.html')).toBe('2026-01-01 Post 1 Ann <h4>x</h4>')
  })

  test('a page and a file of the same address', async () => {
    const cwd = site([entry(1)], {
      'pages/planet.md': '---\ntitle: Ours\nlayout: planet\n---\nBefore that.\n',
      'pages/planet.atom': 'mine',
    })
    expect(await build({ cwd })).toMatchObject({ code: 0, findings: [] })
    expect(docs(cwd, 'planet/index.html')).toMatch(/<p>Before that\.<\/p>[^]*Post 1/)
    expect(docs(cwd, 'planet.atom')).toBe('mine')
  })

  test('any page shows the newest of it', async () => {
    const cwd = site([entry(2), entry(1)], {
      'pages/index.ejs': '<% for (const { title } of planet.entries.slice(0, 1)) { %><%= title %><% } %>',
      'pages/index.md': '---\npermalink: /other/\n---\n',
    })
    expect(await build({ cwd })).toMatchObject({ code: 0 })
    expect(docs(cwd, 'index.html')).toContain('Post 2')
  })

  test('a site that wants no extras has none', async () => {
    const cwd = site([entry(1)], {
      'imprimatur.config.json': JSON.stringify({ build: { extras: false } }),
    })
    expect(await build({ cwd })).toMatchObject({ code: 0 })
    expect(pathsOf(join(cwd, 'docs')).filter(path => path.includes('planet'))).toEqual([])
  })

  test('what is kept is not copied either where the whole site is pages', async () => {
    const cwd = folderWith({
      'imprimatur.config.json': JSON.stringify({ dirs: { pages: '.', layouts: 'none', output: '../out' } }),
      'index.md': '---\nlayout: none\n---\n',
      'planet.yaml': planetYaml({ Ann: 'https://ann.example/feed' }),
      'planet/ann.json': kept(entry(1)),
      'planet/other.json': '{}',
      'planet/picture.txt': 'x',
    })
    await build({ cwd }, '--output', '../planet-out')
    const out = join(cwd, '../planet-out')
    expect(existsSync(join(out, 'planet.yaml'))).toBe(false)
    expect(pathsOf(join(out, 'planet'))).toEqual(['index.html', 'picture.txt'])
  })
})

test('a broken link in a feed’s entry is no error; one of the author’s is', async () => {
  const gone = `${SITE}/gone/`
  const cwd = site([entry(1, { link: gone, content: `<a href="${gone}">x</a>` })])
  expect(await build({ cwd })).toMatchObject({ code: 0, findings: [] })
  const own = site([entry(1)], { 'layouts/planet.ejs': `<a href="/gone/">x</a><%= planet.title %>` })
  expect(await build({ cwd: own })).toMatchObject({
    code: 1,
    findings: [expect.stringMatching(/^link\/broken/)],
  })
})

describe('what is wrong with it stops the build, with its place', () => {
  test.each<readonly [Files, string]>([
    [{ 'planet/ann.json': '{ "url": ' }, 'planet/kept planet/ann.json:1:10'],
    [{ 'pages/planet.yaml': 'title: P\nfeed: []\nfeeds: []\n' }, 'planet/unknown-key pages/planet.yaml:2:1'],
    [{ 'imprimatur.config.json': '{ "dirs": { "output": "planet" } }' }, 'config/dirs'],
  ])('%j', async (files, finding) => {
    const run = await build({ cwd: site([entry(1)], files) })
    expect(run.code).toBeGreaterThan(0)
    expect(run.findings).toEqual([finding])
  })

  test('a feed of which nothing is kept yet is a warning', async () => {
    const cwd = site([], {
      'pages/planet.yaml': planetYaml({ Ann: 'https://ann.example/feed', New: 'https://new.example/' }),
    })
    expect(await build({ cwd })).toMatchObject({
      code: 0,
      findings: ['planet/unfetched pages/planet.yaml:6:10'],
    })
    expect(docs(cwd, 'planet/index.html')).toContain('Nothing yet.')
  })
})
