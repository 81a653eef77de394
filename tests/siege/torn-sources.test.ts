import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { build } from '../program.ts'
import { bytesOf, type Files } from '../tree.ts'

/*
 * Somebody writes while a site is built. The first page has a template that does it: it is rendered when the fields of all pages have been
 * read, and before the others are.
 */

const page = (word: string) => `---\ntitle: ${word}\n---\n${word} body.\n`

const site: Files = {
  'layouts/default.ejs':
    '<title><%= page.title %></title><%- include("part") %><%- body %> <%= page.own %> One',
  'layouts/part.ejs': 'One',
  'pages/b.md': page('One'),
  'pages/c.md': `${page('One')}![](cat.svg)\n`,
  'pages/cat.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
  'pages/data.txt': 'One',
  'pages/_defaults.yaml': 'own: One\n',
}

/** A page that runs code when it is rendered: so many times at most. */
const running = (code: string, times: number): Files => ({
  'pages/a.ejs': `---
title: A
---
<% const fs = process.getBuiltinModule('node:fs')
const file = path => ${'`${process.env.SITE}/${path}`'}
const times = Number(fs.readFileSync(file('times'), 'utf8'))
if (times < ${times}) { ${code}; fs.writeFileSync(file('times'), String(times + 1)) } %>`,
  times: '0',
})

const begin = (code: string, times = 1) => {
  const cwd = folderWith({ ...site, ...running(code, times) })
  process.env.SITE = cwd
  return cwd
}

/** What a build from nothing makes of the sources as they are now. */
async function afresh(cwd: string) {
  const copy = folderWith()
  for (const name of ['layouts', 'pages', 'times'])
    cpSync(join(cwd, name), join(copy, name), { recursive: true })
  const { code, findings } = await build({ cwd: copy })
  return { code, findings, files: bytesOf(join(copy, 'docs')) }
}

const replace = (path: string, one: string, other: string) =>
  `fs.writeFileSync(file('${path}'), fs.readFileSync(file('${path}'), 'utf8').replaceAll('${one}', '${other}'))`

const happenings: Readonly<Record<string, string>> = {
  'a page is written anew': replace('pages/b.md', 'One', 'Two'),
  'a page is replaced by rename, with the same size': `fs.writeFileSync(file('new'), ${JSON.stringify(page('Two'))}); fs.renameSync(file('new'), file('pages/b.md'))`,
  'a page is written that is no page any more': replace('pages/b.md', 'title: One', 'draft: true'),
  'a page goes': "fs.unlinkSync(file('pages/c.md'))",
  'a layout changes': replace('layouts/default.ejs', ' One', ' Two'),
  'a partial changes': replace('layouts/part.ejs', 'One', 'Two'),
  'an image changes its size': replace('pages/cat.svg', '1', '7'),
  'a file that is copied changes': replace('pages/data.txt', 'One', 'Two'),
  'defaults change': replace('pages/_defaults.yaml', 'One', 'Two'),
}

describe.each(Object.entries(happenings))('while a site is built, %s', (_, code) => {
  test('it is what a build from nothing makes of them as they are then', async () => {
    const cwd = begin(code)
    const { code: exit, findings } = await build({ cwd })
    const made = { code: exit, findings, files: bytesOf(join(cwd, 'docs')) }
    expect(made).toEqual(await afresh(cwd))
    expect((await build({ cwd }, '--check')).code).toBe(0)
    expect((await build({ cwd })).stdout).toContain('"diagnostics": []')
    expect(bytesOf(join(cwd, 'docs'))).toEqual(made.files)
  })
})

test('where it never ends, the site stays as it was, and the source is named', async () => {
  const cwd = begin(`fs.appendFileSync(file('pages/b.md'), 'More. ')`, Infinity)
  const { code, findings } = await build({ cwd })
  expect([code, findings, bytesOf(cwd)]).toEqual([
    1,
    ['build/changing pages/b.md'],
    expect.not.objectContaining({ 'docs/index.html': expect.anything() as unknown }),
  ])
})

test('what is no source may change all the while, such as the log of the build', async () => {
  const cwd = begin(`fs.appendFileSync(file('build.log'), 'More. ')`, Infinity)
  expect((await build({ cwd })).code).toBe(0)
})
