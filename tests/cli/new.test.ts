import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { guessLanguage, slugOf } from '../../src/scaffold/post.ts'
import { folderWith } from '../folder.ts'
import { build, imprimatur } from '../program.ts'
import { bytesOf, pathsOf } from '../tree.ts'

const env = { SOURCE_DATE_EPOCH: String(Date.UTC(2026, 10, 21) / 1000) }

const files = {
  'imprimatur.config.json': '{ "site": { "title": "Site" } }',
  'pages/index.ejs': '<% for (const p of pages) { %><a href="<%= p.url %>"><%= p.title %></a><% } %>',
  'layouts/default.ejs': '<%- body %>',
  'layouts/post.ejs': '<h1><%= page.title %></h1>',
}

const begin = (cwd: string, ...args: readonly string[]) => imprimatur(['new', ...args], { cwd, env })

describe('a new post', () => {
  test.each([
    [
      ['Let it be printed'],
      'posts/2026/let_it_be_printed.md',
      'title: Let it be printed\ndate: 2026-11-21\n',
    ],
    [
      ['Тире, дефис - "минус"'],
      'posts/2026/tire_defis_minus.md',
      'title: Тире, дефис — «минус»\nlang: ru\ndate: 2026-11-21\n',
    ],
    [['post', 'Keys: how'], 'posts/2026/keys_how.md', 'title: "Keys: how"\ndate: 2026-11-21\n'],
    [['1984'], 'posts/2026/1984.md', 'title: "1984"\ndate: 2026-11-21\n'],
    [['A  note\n'], 'posts/2026/a_note.md', 'title: A note\ndate: 2026-11-21\n'],
    [['日本語', '--lang', 'ja'], 'posts/2026/日本語.md', 'title: 日本語\nlang: ja\ndate: 2026-11-21\n'],
    [['Later', '--draft'], 'posts/2026/later.md', 'title: Later\ndate: 2026-11-21\ndraft: true\n'],
    [['Short', '--section', 'notes'], 'notes/2026/short.md', 'title: Short\ndate: 2026-11-21\n'],
    [['Rock \'n\' "roll"'], 'posts/2026/rock_n_roll.md', 'title: Rock ’n’ “roll”\ndate: 2026-11-21\n'],
  ])('%j', async (args, path, fields) => {
    const cwd = folderWith(files)
    expect(await begin(cwd, ...args)).toMatchObject({ code: 0, stdout: `Wrote pages/${path}\n`, stderr: '' })
    expect(readFileSync(join(cwd, 'pages', path), 'utf8')).toBe(`---\n${fields}layout: post\n---\n\n`)
    // With drafts, so that each is built.
    expect(await build({ cwd, env }, '--drafts')).toMatchObject({ code: 0, findings: [] })
    expect((await imprimatur(['lint', '--no-cache'], { cwd })).code).toBe(0)
  })

  test('has no layout of its own where the site has none for posts', async () => {
    const { 'layouts/post.ejs': _, ...others } = files
    const cwd = folderWith(others)
    await begin(cwd, 'Plain')
    expect(readFileSync(join(cwd, 'pages/posts/2026/plain.md'), 'utf8')).not.toContain('layout')
  })

  test('leaves in its title what is opaque in a page, to the author as well', async () => {
    const config = '{ "site": { "title": "Site" }, "lint": { "opaque": ["%%.*?%%"] } }'
    const cwd = folderWith({ ...files, 'imprimatur.config.json': config })
    const { stderr, stdout } = await begin(cwd, 'On %%a - b%% and [[c - d]] or $e - f$ - "here"')
    const [path = ''] = /posts\/\S+\.md/.exec(stdout + stderr) ?? []
    expect(readFileSync(join(cwd, 'pages', path), 'utf8')).toContain(
      'On %%a - b%% and [[c - d]] or $e - f$ — “here”',
    )
  })

  test('overwrites nothing', async () => {
    const cwd = folderWith({ ...files, 'pages/posts/2026/a.md': 'mine' })
    const before = bytesOf(cwd)
    const { code, stdout } = await begin(cwd, 'A', '--format', 'json')
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      diagnostics: [{ code: 'new/exists', message: 'pages/posts/2026/a.md is there already' }],
    })
    expect(bytesOf(cwd)).toEqual(before)
  })

  test('says what of its title only the author can set', async () => {
    const cwd = folderWith(files)
    const { code, stdout } = await begin(cwd, 'An odd "quote')
    expect(code).toBe(0)
    expect(stdout).toContain('imprimatur/unbalanced-quote')
    expect(existsSync(join(cwd, 'pages/posts/2026/an_odd_quote.md'))).toBe(true)
  })

  test.each([
    [[], 'TITLE is missing'],
    [['  '], 'TITLE is missing'],
    [['Two', 'words'], 'imprimatur new "Two words"'],
    [['!!!'], 'no letter or digit'],
    [['A', '--section', '../..'], '--section ../.. cannot be'],
    [['A', '--section', '/etc'], '--section /etc cannot be'],
    [['A', '--lang', 'not a language'], '--lang not a language is no language'],
  ])('%j is refused, and nothing is written', async (args, text) => {
    const cwd = folderWith(files)
    const before = pathsOf(cwd)
    const { code, stderr } = await begin(cwd, ...args)
    expect(code).toBe(2)
    expect(stderr).toContain(text)
    expect(pathsOf(cwd)).toEqual(before)
  })
})

test.each([
  ['Щука съела ёжика', 'schuka_syela_yozhika'],
  ['C++ — это не C#', 'c_eto_ne_c'],
  ['The space that doesn’t break', 'the_space_that_doesnt_break'],
  ['日本 語', '日本_語'],
  ['…', ''],
])('the name of “%s”', (title, name) => expect(slugOf(title)).toBe(name))

test.each([
  ['Linting in CI', 'ru', 'en'],
  ['Линтер в CI', 'en', 'ru'],
  ['Привіт', 'uk', 'uk'],
  ['Größe', 'de', 'de'],
  ['1984', 'ru', 'ru'],
  ['日本語', 'en', 'en'],
])('“%s” on a site in %s is in %s', (title, site, lang) => expect(guessLanguage(title, site)).toBe(lang))
