import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createHeardChanges } from '../../src/dev/heard-changes.ts'
import { createDevSession } from '../../src/dev/session.ts'
import { createSiteWatch } from '../../src/editor/site/site-watch.ts'
import { watchFiles } from '../../src/dev/server/watcher.ts'
import { startDevServer } from '../../src/index.ts'
import { folderWith } from '../folder.ts'
import { build, imprimatur, repository, type JsonReport } from '../program.ts'
import { bytesOf, writeFiles } from '../tree.ts'

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
    await expect.poll(() => seen).toContain('pages/index.md')
    await watcher.close()
  })
})

test('seven folders in pages/ that lead to each other are refused by name', async () => {
  const cwd = folderWith(plain)
  meshed(join(cwd, 'pages'), 7)
  const { code, report } = await build({ cwd })
  const errors = report.diagnostics.filter(({ severity }) => severity === 'error')
  expect([code, errors]).toMatchObject([
    1,
    [...errors].map(() => ({
      code: 'file/read',
      message: expect.stringContaining('ways to the same folder') as string,
    })),
  ])
  expect(errors.length).toBeGreaterThan(0)
})

/** A link among the sources that is not followed -> where it leads, what is said of it. */
const unfollowed: Readonly<Record<string, readonly [target: string, code: string, message: string]>> = {
  'to nothing': ['nowhere', 'file/read', 'it is a symbolic link that leads to nothing'],
  'to itself': ['a', 'file/read', 'symbolic links lead round in a circle'],
  'to a device': ['/dev/null', 'file/read', 'it is a pipe, a socket or a device'],
  'to the folder of the site': ['../..', 'file/read', 'to the folder of the site itself'],
  'to what the site lies in': ['../../..', 'file/read', 'to a folder that the site itself lies in'],
  'to the output folder': ['../../docs', 'file/read', 'into the output folder'],
  'into the output folder': ['../../docs/in', 'file/read', 'into the output folder'],
  'to its own folder': ['.', 'file/left-out', 'to a folder that it lies in itself'],
  'to a folder above it': ['..', 'file/left-out', 'to a folder that it lies in itself'],
}

describe.each(Object.entries(unfollowed))('a link %s', (_, [target, code, message]) => {
  const path = 'pages/in/a'
  const isError = code === 'file/read'
  const expected = [{ code, path, message: expect.stringContaining(message) as string }]
  const begin = () => {
    const root = folderWith({ ...plain, 'pages/in/b.md': 'Words.\n' })
    return { root, lay: () => symlinkSync(target, join(root, path)) }
  }

  test('is said by build and lint alike, and a build has the rest or nothing', async () => {
    const { root, lay } = begin()
    await build({ cwd: root })
    const before = bytesOf(join(root, 'docs'))
    lay()
    for (const command of ['build', 'build', 'lint', 'lint']) {
      const run = await imprimatur([command, '--format', 'json'], { cwd: root })
      const { diagnostics } = JSON.parse(run.stdout || run.stderr) as JsonReport
      const found = diagnostics.map(each => ({ code: each.code, path: each.file, message: each.message }))
      expect([command, run.code, found]).toEqual([command, isError ? 1 : 0, expected])
      for (const { hint } of diagnostics) expect(hint).toMatch(/^(?:let it lead to|put a file there)/)
    }
    expect(bytesOf(join(root, 'docs'))).toEqual(before)
  })

  test('is said by a dev session and an editor from when it comes until it goes', async () => {
    const { root, lay } = begin()
    mkdirSync(join(root, 'docs/in'), { recursive: true })
    const session = createDevSession({ root, overrides: {}, now: () => new Date() })
    const watch = createSiteWatch(root)
    const said = async () => {
      await Promise.all([session.refresh([path]), watch.refresh([path])])
      const page = session.read('index.html')!.diagnostics()
      return [page, (await watch.check())!].map(found =>
        found.map(({ code, message, file }) => ({ code, message, path: file?.path })),
      )
    }
    expect(await said()).toEqual([[], []])
    lay()
    expect(await said()).toMatchObject([expected, expected])
    rmSync(join(root, path))
    expect(await said()).toEqual([[], []])
  })
})

test('a folder of pages that is a link out of a site that is not trusted is not left out in silence', async () => {
  const beside = folderWith({ 'index.md': 'Secret.\n' })
  const cwd = folderWith({ 'layouts/default.ejs': '<%- body %>' })
  symlinkSync(beside, join(cwd, 'pages'))
  const { findings } = await build({ cwd }, '--no-config')
  expect(findings).toContain('file/left-out pages')
})

test('a template of the site that is a link to nothing is not taken for absent, nor is that of the theme put in its place', async () => {
  const cwd = folderWith({
    'imprimatur.config.json': '{ "theme": "imprimatur" }',
    'pages/index.md': 'Words.\n',
  })
  mkdirSync(join(cwd, 'layouts'))
  symlinkSync('nowhere', join(cwd, 'layouts/default.ejs'))
  const { code, findings } = await build({ cwd })
  expect([code, findings]).toEqual([1, ['file/read layouts/default.ejs']])
})

/** What a site may have and may do without. */
const optional = [
  'imprimatur.config.json',
  '.imprimatur-baseline.json',
  'planet/feed.json',
  'pages/about/keys.yaml.sig',
]

test.each(optional)('%s that is a link to nothing is not taken for absent', async path => {
  const cwd = folderWith()
  cpSync(join(repository, 'tests/fixtures/keys/expiring'), cwd, { recursive: true })
  writeFiles(cwd, {
    'pages/planet.yaml':
      'title: Planet\nfeeds:\n  - name: feed\n    url: https://feed.example.org/atom.xml\n',
  })
  mkdirSync(dirname(join(cwd, path)), { recursive: true })
  rmSync(join(cwd, path), { force: true })
  symlinkSync('nowhere', join(cwd, path))
  const runs = [await imprimatur(['build'], { cwd }), await imprimatur(['lint'], { cwd })]
  const text = runs.map(({ stdout, stderr }) => stdout + stderr).join('')
  expect(text).toContain('a symbolic link that leads to nothing')
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

test('what is neither file nor folder in a site of another generator is not read, and is in the report', async () => {
  const outside = folderWith({ 'secret.md': 'Secret.\n' })
  const cwd = folderWith({
    'old/_config.yml': 'title: T\n',
    'old/_posts/2026-01-01-a.md': '---\ntitle: A\n---\nWords.\n',
  })
  const links = {
    '_posts/2026-01-02-b.md': 'nowhere',
    up: '..',
    _drafts: outside,
    'pw.txt': join(outside, 'secret.md'),
  }
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(cwd, 'old', path))
  execFileSync('mkfifo', [join(cwd, 'old/pipe.md')])
  const { code, stdout } = await imprimatur(['import', 'old', 'new'], { cwd })
  expect([code, stdout]).toEqual([0, expect.stringContaining('5 things could not be carried over')])
  const made = bytesOf(join(cwd, 'new'))
  for (const path of Object.keys(links))
    expect(made['IMPORT.md']).toContain(`\`${path}\`\n\n- \`a symbolic link, which is not followed`)
  expect(made['IMPORT.md']).toContain('`pipe.md`\n\n- `a pipe, a socket or a device')
  expect(Object.values(made).filter(text => text.includes('Secret'))).toEqual([])
})
