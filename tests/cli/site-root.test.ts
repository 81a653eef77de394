import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { imprimatur } from '../program.ts'

const site = () =>
  folderWith({
    'imprimatur.config.json': '{ "site": { "title": "A" } }',
    'layouts/default.ejs': '<%- page.body %>',
    'pages/index.md': 'He said "so".\n',
    'pages/posts/a.md': "It's so.\n",
    'notes/b.md': "It's a note.\n",
  })

test('a command finds the site that it is called in, as git does', async () => {
  const root = site()
  const { code } = await imprimatur(['build', '--quiet'], { cwd: join(root, 'pages/posts') })
  expect([code, existsSync(join(root, 'docs/posts/a/index.html'))]).toEqual([0, true])
})

test('paths are named from where one stands, and mean what they say', async () => {
  const root = site()
  const { stdout } = await imprimatur(['lint', '--format', 'concise', 'a.md'], {
    cwd: join(root, 'pages/posts'),
  })
  expect(stdout).toMatch(/^a\.md:1:3: /)
  const { stdout: all } = await imprimatur(['lint', '--format', 'concise'], { cwd: join(root, 'notes') })
  expect(all).toMatch(/^\.\.\/pages\/index\.md:1:/)
  expect(all).not.toContain('b.md')
})

test('--root means that folder and no other', async () => {
  const { code, stderr } = await imprimatur(['build', '--root', '.'], { cwd: join(site(), 'notes') })
  expect([code, stderr]).toEqual([2, expect.stringContaining('There is no folder pages/')])
})

test('the nearest is meant where one lies in another', async () => {
  const root = folderWith({ 'pages/index.md': '', 'inner/pages/index.md': '', 'inner/drafts/x.md': '' })
  const { stdout } = await imprimatur(['lint'], { cwd: join(root, 'inner/drafts') })
  expect(stdout).toMatch(/^1 page/)
})
