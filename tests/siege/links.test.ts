import { mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createHeardChanges } from '../../src/dev/heard-changes.ts'
import { watchFiles } from '../../src/dev/server/watcher.ts'
import { startDevServer } from '../../src/index.ts'
import { folderWith } from '../folder.ts'
import { build, imprimatur } from '../program.ts'
import { writeFiles } from '../tree.ts'

/* Folders that links lead to from each other: the ways through them are more than anybody could go. */

const plain = { 'layouts/default.ejs': '<%- body %>', 'pages/index.md': 'Home.\n' }

/** Folders of which each has a link to each of the others. */
function meshed(folder: string, size: number): void {
  const names = Array.from({ length: size }, (_, i) => `f${i}`)
  for (const name of names) mkdirSync(join(folder, name), { recursive: true })
  for (const from of names)
    for (const to of names) if (from !== to) symlinkSync(`../${to}`, join(folder, from, to))
}

const laid: Readonly<Record<string, (root: string) => void>> = {
  'layouts/ with links to itself and above the site': root => {
    symlinkSync('.', join(root, 'layouts/self'))
    symlinkSync('../..', join(root, 'layouts/above'))
  },
  'pages/ with links to itself, twice': root => {
    symlinkSync('.', join(root, 'pages/a'))
    symlinkSync('../pages', join(root, 'pages/b'))
  },
  'a folder beside the site with links to itself and to the site': root => {
    const beside = folderWith()
    symlinkSync(beside, join(root, 'pages/beside'))
    symlinkSync('.', join(beside, 'self'))
    symlinkSync(join(root, 'pages'), join(beside, 'pages'))
  },
  'four folders in layouts/ that lead to each other': root => meshed(join(root, 'layouts'), 4),
  'four folders beside pages/ that lead to each other': root => meshed(root, 4),
}

describe.each(Object.entries(laid))('%s', (_, lay) => {
  test('is built and linted', async () => {
    const cwd = folderWith(plain)
    lay(cwd)
    expect((await build({ cwd })).code).toBe(0)
    expect((await build({ cwd }, '--check')).code).toBe(0)
    expect((await imprimatur(['lint'], { cwd })).code).toBe(0)
  })

  test('is watched, and a change is seen', async () => {
    const root = folderWith(plain)
    lay(root)
    const seen: string[] = []
    const heard = createHeardChanges(root, process.platform)
    const watcher = watchFiles({
      root,
      isIgnored: () => false,
      heard,
      onChange: paths => void seen.push(...paths),
      onError: error => expect(error).toBeUndefined(),
    })
    await watcher.ready
    // Links may lead to where nobody hears of a change.
    expect(await heard.pending()).toBeUndefined()
    writeFiles(root, { 'new.md': 'Words.\n' })
    renameSync(join(root, 'new.md'), join(root, 'pages/index.md'))
    await expect.poll(() => seen, { timeout: 20_000 }).toContain('pages/index.md')
    await watcher.close()
  })
})

test('seven folders in pages/ that lead to each other are refused by name', async () => {
  const cwd = folderWith(plain)
  meshed(join(cwd, 'pages'), 7)
  const { code, report } = await build({ cwd })
  expect([code, report.diagnostics[0]]).toMatchObject([
    1,
    { code: 'file/read', message: expect.stringContaining('ways to the same folder') as string },
  ])
})

test('a layout in a folder that a link leads to is followed by the next build', async () => {
  const cwd = folderWith({ ...plain, 'layouts/default.ejs': "<%- include('linked/part') %>" })
  const beside = folderWith({ 'part.ejs': 'One' })
  symlinkSync(beside, join(cwd, 'layouts/linked'))
  for (const word of ['One', 'Two']) {
    writeFiles(beside, { 'part.ejs': word })
    expect((await build({ cwd })).code).toBe(0)
    expect(readFileSync(join(cwd, 'docs/index.html'), 'utf8')).toContain(word)
  }
})

test('a server that does not see every file yet is closed at once', async () => {
  const { value: server } = await startDevServer({ root: folderWith(plain), port: 0 })
  await server!.close()
  await expect(fetch(server!.url)).rejects.toThrow('fetch failed')
})
