import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import type { WorkspaceEdit } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type * as MovePage from '../../src/editor/rename/move-page.ts'
import type * as RenameHeading from '../../src/editor/rename/rename-heading.ts'
import type * as Workspaces from '../../src/editor/site/workspace.ts'
import { folderWith } from '../folder.ts'
import { build, repository } from '../program.ts'
import { pathsOf, type Files } from '../tree.ts'
import { edited } from './edits.ts'

/** As they are built: a page of keys brings along scripts that lie beside them then. */
const fromDist = async <Module>(path: string) =>
  (await import(pathToFileURL(join(repository, 'dist/editor', path)).href)) as Module
const { movePages, movesOf } = await fromDist<typeof MovePage>('rename/move-page.js')
const { renameHeading } = await fromDist<typeof RenameHeading>('rename/rename-heading.js')
const { openWorkspace } = await fromDist<typeof Workspaces>('site/workspace.js')

/** `npm run soak:rename` has a thousand. */
const POSTS = Number(process.env.POSTS ?? 60)

const layout =
  '<!doctype html><html lang="<%= page.lang %>"><title><%= page.title %></title><body><%- page.body %></body></html>'

/** Posts with headings, that link to the ones before in every way that there is. */
function siteOf(count: number): Files {
  const pathOf = (i: number) => `posts/${2020 + (i % 5)}/post-${i}.md`
  const posts = Array.from({ length: count }, (_, i) => {
    const other = pathOf((i * 7 + 3) % count)
    const address = `/${other.replace(/\.md$/, '')}/`
    const links = `[by file](../../${other}#part) [by address](${address}#notes) <a href="${address}">HTML</a> [above](#part)`
    return [
      `pages/${pathOf(i)}`,
      `---\ntitle: Post ${i}\ndate: 2020-01-01\n---\n\n## Part\n\nText. ${links}\n\n### Notes\n\n[r][]\n\n[r]: ../../${other}#part-1\n\n## Part\n`,
    ] as const
  })
  return {
    'layouts/default.ejs': layout,
    'imprimatur.config.json': '{ "build": { "typography": "off" } }',
    ...Object.fromEntries(posts),
  }
}

function write({ changes = {} }: WorkspaceEdit): number {
  for (const [uri, edits] of Object.entries(changes)) {
    const file = fileURLToPath(uri)
    writeFileSync(file, edited(readFileSync(file, 'utf8'), edits))
  }
  return Object.keys(changes).length
}

async function rename(
  workspace: Workspaces.Workspace,
  path: string,
  heading: string,
  words: string,
): Promise<number> {
  const text = readFileSync(join(workspace.root, path), 'utf8')
  const document = TextDocument.create(`file://${join(workspace.root, path)}`, 'markdown', 1, text)
  const at = document.positionAt(text.indexOf(heading) + heading.indexOf(' ') + 1)
  const made = renameHeading({ document, file: { path, text }, workspace }, at, words)
  if (!made) throw new Error(`${heading} of ${path} is not renamed`)
  const files = write(made)
  await workspace.refresh()
  return files
}

async function move(workspace: Workspaces.Workspace, from: string, to: string): Promise<number> {
  const files = write(movePages(workspace, movesOf(workspace.site!, [[from, to]]))!)
  mkdirSync(dirname(join(workspace.root, to)), { recursive: true })
  renameSync(join(workspace.root, from), join(workspace.root, to))
  await workspace.refresh()
  return files
}

/** What a build says, warnings too, and the pages that it makes. */
async function builtSite(root: string) {
  const { report } = await build({ cwd: root }, '--output', 'out')
  const found = report.diagnostics.map(({ code, message }) => `${code}: ${message}`)
  const pages = pathsOf(join(root, 'out')).filter(path => path.endsWith('.html'))
  return { found: found.toSorted(), pages }
}

/** The pages that answer no more: neither as themselves nor by leading to one that does. */
const silent = (root: string, pages: readonly string[]) =>
  pages.filter(path => {
    const place = join(root, 'out', path)
    if (!existsSync(place)) return true
    const to = /http-equiv="refresh" content="0; *url=([^"]+)"/i.exec(readFileSync(place, 'utf8'))?.[1]
    return (
      to !== undefined &&
      !existsSync(join(root, 'out', decodeURIComponent(new URL(to, 'https://a.test').pathname), 'index.html'))
    )
  })

test(`on a site of ${POSTS} posts, headings, posts and folders are renamed, and every link and old address holds`, async () => {
  const root = folderWith(siteOf(POSTS))
  const before = await builtSite(root)
  expect(before.found).toEqual([])
  const workspace = await openWorkspace(root, { isTrusted: true })
  await workspace.refresh()
  expect(
    await rename(workspace, 'pages/posts/2023/post-3.md', '## Part', 'What else? Слова'),
  ).toBeGreaterThan(1)
  expect(await rename(workspace, 'pages/posts/2020/post-10.md', '### Notes', 'Remarks')).toBeGreaterThan(1)
  expect(await move(workspace, 'pages/posts/2023/post-3.md', 'pages/essays/on links.md')).toBeGreaterThan(1)
  expect(await rename(workspace, 'pages/essays/on links.md', '### Notes', 'Part')).toBeGreaterThan(1)
  expect(await move(workspace, 'pages/posts/2021', 'pages/archive/old')).toBeGreaterThan(POSTS / 5)
  expect(await move(workspace, 'pages/essays/on links.md', 'pages/posts/2024/again.md')).toBeGreaterThan(1)
  const after = await builtSite(root)
  expect(after.found).toEqual([])
  expect(before.pages.length).toBeGreaterThan(POSTS)
  expect(silent(root, before.pages)).toEqual([])
}, 1_200_000)

test('on the site of this repository, too', async () => {
  const root = folderWith()
  for (const name of ['pages', 'layouts', 'zines', 'imprimatur.config.ts'])
    cpSync(join(repository, name), join(root, name), { recursive: true })
  const before = await builtSite(root)
  const workspace = await openWorkspace(root, { isTrusted: true })
  await workspace.refresh()
  const posts = pathsOf(join(root, 'pages')).filter(path => /^posts\/.*\.md$/.test(path))
  const [first = '', second = ''] = posts
  const heading = (path: string) => /^##+ .*$/m.exec(readFileSync(join(root, 'pages', path), 'utf8'))?.[0]
  expect(
    await rename(workspace, 'pages/about/markdown.md', heading('about/markdown.md')!, 'Something else'),
  ).toBeGreaterThan(0)
  expect(await move(workspace, `pages/${first}`, 'pages/posts/2027/moved.md')).toBeGreaterThan(0)
  expect(await move(workspace, 'pages/about/markdown.md', 'pages/about/writing/markdown.md')).toBeGreaterThan(
    1,
  )
  expect(await move(workspace, dirname(`pages/${second}`), 'pages/posts/1999')).toBeGreaterThan(0)
  const after = await builtSite(root)
  expect(after.found).toEqual(before.found)
  expect(silent(root, before.pages)).toEqual([])
}, 300_000)
