import { describe, expect, test } from 'vitest'
import { starter } from '../../src/scaffold/starter.ts'
import { textOfPart } from '../../src/theme/parts.ts'
import { folderWith } from '../folder.ts'
import { build, imprimatur } from '../program.ts'
import { bytesOf } from '../tree.ts'

test('the stylesheet of a new site has something for each block that the Markdown can make', () => {
  for (const selector of [
    'figure',
    'figcaption',
    'aside.note',
    '.note-title',
    '.tasks',
    '.table',
    '.align-right',
    '.tml-right',
    'img',
  ])
    expect([selector, textOfPart('pages/main.css').includes(selector)]).toEqual([selector, true])
})

/** What `init` writes into an empty folder, and the folder. */
async function begun(name = 'my-site') {
  const above = folderWith()
  const run = await imprimatur(['init', name], { cwd: above, env: { SOURCE_DATE_EPOCH: '1764590400' } })
  expect(run).toMatchObject({ code: 0, stderr: '' })
  return { cwd: `${above}/${name}`, said: run.stdout }
}

test('a new site is built without diagnostics, and its prose is well set', async () => {
  const { cwd } = await begun()
  const { findings, code } = await build({ cwd }, '--external-links')
  expect([code, findings]).toEqual([0, []])
  const lint = await imprimatur(['lint'], { cwd })
  expect([lint.code, lint.stdout + lint.stderr]).toEqual([0, expect.stringContaining('well set')])
})

test('it has a home and posts in both languages, a page about itself, one for keys, 404 and an icon', async () => {
  const { cwd } = await begun()
  await build({ cwd })
  const docs = bytesOf(`${cwd}/docs`)
  for (const path of [
    'index.html',
    'ru/index.html',
    'about/index.html',
    'ru/about/index.html',
    'about/keys/index.html',
    '404.html',
    'favicon.svg',
  ])
    expect(docs).toHaveProperty([path])
  for (const [home, lang, other] of [
    ['index.html', 'en', 'ru'],
    ['ru/index.html', 'ru', 'en'],
  ] as const) {
    expect(docs[home]).toContain(`<html lang="${lang}">`)
    expect(docs[home]).toMatch(new RegExp(`<link rel="alternate" hreflang="${other}"`))
    expect(docs[home]).toMatch(new RegExp(`<li><a href="[^"]*" hreflang="${other}" lang="${other}">`))
  }
  // In the list of both languages each post of the other one says so.
  const list = Buffer.from(docs['posts/index.html'] ?? '', 'latin1').toString('utf8')
  expect(list).toMatch(
    /<a class="u-url p-name" href="\/ru\/posts\/\d+\/first_proof\/" hreflang="ru">[^<]*<\/a>\s*<span class="language">Русский<\/span>/,
  )
  expect(list.match(/class="language"/g)).toHaveLength(1)
})

test('a folder with a package, a repository and a readme is none with a site, and what is there stays', async () => {
  const own = { 'package.json': '{ "name": "mine" }', '.gitignore': 'x\n', 'README.md': '# Mine\n' }
  const cwd = folderWith(own)
  const { code, stdout } = await imprimatur(['init'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toContain('Left as they are: package.json, .gitignore')
  expect(stdout).toContain('npx --no-install imprimatur dev')
  expect(bytesOf(cwd)).toMatchObject(own)
})

describe('in a folder that has a site, init says one thing and writes nothing:', () => {
  test.each([
    [{ 'imprimatur.config.json': '{}', 'pages/index.md': '', 'layouts/default.ejs': '' }],
    [{ 'pages/mine.md': '' }],
    [{ 'layouts/post.ejs': '' }],
  ])('%j', async files => {
    const cwd = folderWith(files)
    const { code, stdout } = await imprimatur(['init', '--format', 'json'], { cwd })
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { code: string }[] }
    expect([code, diagnostics.map(each => each.code)]).toEqual([1, ['init/exists']])
    expect(bytesOf(cwd)).toEqual(files)
  })
})

test('the package of a new site has a name that npm takes, and the program as it is', () => {
  for (const [folder, name] of [
    ['My Blog', 'my-blog'],
    ['Étude_2', 'e-tude-2'],
    ['дневник', 'site'],
  ] as const) {
    const { text = '' } =
      starter({ today: '2026-06-01', name: folder, version: '1.2.3' }).get('package.json') ?? {}
    expect(JSON.parse(text)).toMatchObject({ name, private: true, devDependencies: { imprimatur: '^1.2.3' } })
  }
})
