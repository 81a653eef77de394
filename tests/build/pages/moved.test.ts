import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith } from '../../folder.ts'
import { build } from '../../program.ts'
import { bytesOf } from '../../tree.ts'

const post = (n: number, tags: string) =>
  `---\ntitle: Post ${n}\ndate: 2026-01-0${n}\ntags: [${tags}]\n---\nText.\n`

const moved = (permalink: string, target: string, aliases = '') =>
  `---\nlayout: redirect\npermalink: ${permalink}\nredirectTarget: ${target}\naliases: [${aliases}]\n---\n`

const site = {
  'imprimatur.config.json': '{ "site": { "title": "Moved", "url": "https://moved.example.org" } }',
  'layouts/default.ejs': '<%- body %>',
  'pages/index.md': 'Home\n',
  'pages/posts/a.md': post(1, 'one, two'),
  'pages/posts/b.md': post(2, 'one'),
  'pages/new.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"/>',
  'pages/moved/feed.md': moved('/feed.xml', '/atom.xml', '/feeds/all.rss, /feed/'),
  'pages/moved/tag.md': moved('/tag/one.html', '/tags/one/', '/tag/one2.html'),
  'pages/moved/tag-feed.md': moved('/feeds/one.xml', '/tags/one/atom.xml'),
  'pages/moved/picture.md': moved('/old.svg', '/new.svg'),
}

const files = (cwd: string) => bytesOf(join(cwd, 'docs'))

test('an old address of a feed or a file has what is at the new one; where pages are, a redirect leads straight there', async () => {
  const cwd = folderWith(site)
  const { code, report } = await build({ cwd })
  expect([code, report.diagnostics]).toEqual([0, []])
  const built = files(cwd)
  expect(built['feed.xml']).toContain('<feed')
  expect(built['feed.xml']).toBe(built['atom.xml'])
  expect(built['feeds/all.rss']).toBe(built['atom.xml'])
  expect(built['feeds/one.xml']).toBe(built['tags/one/atom.xml'])
  expect(built['old.svg']).toBe(site['pages/new.svg'])
  expect(built['feed/index.html']).toContain('url=/atom.xml')
  for (const path of ['tag/one.html', 'tag/one2.html']) expect(built[path]).toContain('url=/tags/one/')
})

test('it follows its target: a post more, a target that somebody else makes, and none at all', async () => {
  const cwd = folderWith(site)
  await build({ cwd })
  writeFileSync(join(cwd, 'pages/posts/c.md'), post(3, 'one'))
  await build({ cwd })
  expect(files(cwd)['feeds/one.xml']).toContain('/posts/c/')
  expect(files(cwd)['feed.xml']).toBe(files(cwd)['atom.xml'])
  writeFileSync(join(cwd, 'pages/atom.xml'), '<feed>my own</feed>')
  await build({ cwd })
  expect(files(cwd)['feed.xml']).toBe('<feed>my own</feed>')
  rmSync(join(cwd, 'pages/atom.xml'))
  await build({ cwd })
  expect(files(cwd)['feed.xml']).toContain('/posts/c/')
  rmSync(join(cwd, 'pages/new.svg'))
  const run = await build({ cwd })
  expect([run.code, run.findings]).toEqual([1, ['link/broken pages/moved/picture.md:4:17']])
})
