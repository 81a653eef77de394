import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { folderWith } from '../../folder.ts'
import { imprimatur } from '../../program.ts'

const noon = Date.UTC(2026, 10, 21, 12) / 1000
const site = {
  'layouts/default.ejs': '<title><%= page.title %></title><%- body %>',
  'pages/index.md': '# Home\n\n[There](there.md), a "word".\n',
  'pages/there.md': 'Words.\n',
  'pages/soon.md': '---\npublishDate: 2026-11-21T13:00:00Z\n---\nIt has come.\n',
}

let cwd: string
beforeEach(() => {
  cwd = folderWith(site)
})

/** What a build at a moment says, and whether it has looked at any page. */
async function build(seconds = noon) {
  const env = { SOURCE_DATE_EPOCH: String(seconds) }
  const { stdout, stderr, code } = await imprimatur(['build', '--verbose'], { cwd, env })
  const steps = stderr.replaceAll(/ +\d+\.\d\d s {2}(.*)\n/g, '')
  return { told: [code, stdout, steps], hasLooked: /putting the pages in order|changed files/.test(stderr) }
}

/** A build, and one that finds all as that has left it. */
async function settle(seconds = noon) {
  await build(seconds)
  const again = await build(seconds)
  expect(again.hasLooked).toBe(false)
  return again.told
}

test('an unchanged build looks at no page, and says what one that looks at all of them says', async () => {
  const told = await settle()
  expect(String(told)).toContain('page/typography')
  expect(String(told)).toContain('0 written, 0 removed')
  expect(String(told)).toContain('1 unpublished')
  rmSync(join(cwd, 'node_modules'), { recursive: true })
  const whole = await build()
  expect(whole).toEqual({ told, hasLooked: true })
})

test('a page comes at its time, though nothing has changed', async () => {
  await settle()
  expect((await build(noon + 3599)).hasLooked).toBe(false)
  expect((await build(noon + 3600)).hasLooked).toBe(true)
  expect(readFileSync(join(cwd, 'docs/soon/index.html'), 'utf8')).toContain('It has come.')
  // A clock that was put back.
  await settle(noon + 3600)
  expect((await build(noon)).hasLooked).toBe(true)
})

test.each<[string, () => void]>([
  ['a source', () => writeFileSync(join(cwd, 'pages/there.md'), 'Worms.\n')],
  ['a new file', () => writeFileSync(join(cwd, 'pages/data.txt'), 'data')],
  ['a file that is gone', () => rmSync(join(cwd, 'pages/there.md'))],
  ['a layout', () => writeFileSync(join(cwd, 'layouts/default.ejs'), '<%- body %>')],
  ['what was written', () => writeFileSync(join(cwd, 'docs/index.html'), 'Mine.')],
  ['what was written and is gone', () => rmSync(join(cwd, 'docs/there/index.html'))],
  ['the list of what was written', () => rmSync(join(cwd, 'docs/.imprimatur-files'))],
  ['the configuration', () => writeFileSync(join(cwd, 'imprimatur.config.json'), '{"site":{"title":"T"}}')],
])('%s is seen', async (_, change) => {
  await settle()
  change()
  expect((await build()).hasLooked).toBe(true)
})
