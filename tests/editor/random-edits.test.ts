import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { Diagnostic } from '../../src/core/types.ts'
import { openWorkspace, type Workspace } from '../../src/editor/site/workspace.ts'
import { folderWith } from '../folder.ts'
import { createDice, SEED } from '../seed.ts'

/** More of them, and other ones, are made by `npm run soak:editor`. */
const EDITS = Number(process.env.EDITS ?? 120)

const layout = `<!doctype html><html lang="<%= page.lang %>"><title><%= page.title %></title><body><%- include('partials/foot') %><%- body %>
<% for (const p of pages) if (p !== page) { %><a href="<%= p.url %>"><%= p.title %></a><% } %></body></html>`

const site = {
  'imprimatur.config.mjs': 'export default { site: { title: "A" } }\n',
  'layouts/default.ejs': layout,
  'layouts/partials/foot.ejs': '<p>foot</p>',
  'pages/a.md': '---\ntitle: A\ntags: [one]\n---\n\n## Part\n\n[b](b.md#part)\n',
  'pages/b.md': '## Part\n\nHe said "so".\n',
  'pages/posts/c.md': '---\ndate: 2026-01-02\n---\n\n[a](../a.md#part)\n',
  'pages/d.ejs': '<p><%= pages.length %></p><a href="/a/#part">a</a>',
  'pages/cat.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"/>',
}

/** What texts are made of: some of it is right, some of it is not. */
const pieces = [
  '## Part\n\n',
  '## Other part\n\n',
  'He said "so" - and it\'s 5 km.\n\n',
  '[b](b.md#part) [b](/b/) ',
  '[c](posts/c.md) ',
  '[nowhere](nowhere.md) ',
  '![cat](cat.svg) ![no](no.svg)\n\n',
  'Слово "за" слово - и всё.\n\n',
  '<a href="/posts/c/#part">x</a>\n\n',
  '<!-- typography off -->\n\n',
]
const heads = [
  '',
  '---\ntitle: New\n---\n',
  '---\nlang: ru\n---\n',
  '---\ndraft: true\n---\n',
  '---\ndraft: perhaps\n---\n',
  '---\nlayout: nowhere\n---\n',
  '---\npermalink: /a/\n---\n',
  '---\ntags: [two]\ntypography: off\n---\n',
  '---\nbroken: [\n---\n',
  '---\ntranslationOf: b.md\n---\n',
]
const defaults = ['lang: ru\n', 'lang: en\n', 'typography: off\n', 'draft: true\n', 'lang: 5\n', '{', '']
const baselines = ['', '{', { 'common/punctuation/quote': 1 }, { 'common/nbsp/afterShortWord': 9 }].map(
  counts =>
    typeof counts === 'string'
      ? counts
      : JSON.stringify({ version: 1, files: { 'pages/a.md': counts, 'pages/posts/c.md': counts } }),
)
const layouts = [
  layout,
  layout.replace('foot', 'none'),
  '<%- body %>',
  '<%= page.nothing.at.all %>',
  `${layout}<a href="/b/#part">`,
]
const configs = [
  site['imprimatur.config.mjs'],
  'export default { site: { title: "B", lang: "ru" }, lint: { rules: { "common/punctuation/quote": "off" } } }\n',
  'export default { build: { links: "warn" } }\n',
  'export default {{\n',
]

/** What an editor shows of a site: what was found in it, and the typography of every open text. */
function shown(workspace: Workspace, open: ReadonlyMap<string, string>): readonly string[] {
  const line = ({ code, file, span, message }: Diagnostic) =>
    JSON.stringify([code, file?.path, span, message])
  const { typography } = workspace
  const set = [...open].flatMap(([path, text]) => {
    const found = typography.lint({ path, text })
    const tolerated = typography.tolerated({ path, text }, found)
    return found.map(each => `${tolerated.has(each) ? 'tolerated ' : ''}${line(each)}`)
  })
  return [...workspace.found.map(line), ...set].toSorted()
}

test(`after each of ${EDITS} edits an editor is shown what one that is opened then would be (SEED=${SEED})`, async () => {
  const root = folderWith(site)
  const roll = createDice(SEED)
  const pick = <T>(all: readonly T[]) => all[roll(all.length)] as T
  const text = () => pick(heads) + Array.from({ length: roll(5) }, () => pick(pieces)).join('')
  const pages = ['pages/a.md', 'pages/b.md', 'pages/posts/c.md', 'pages/new.md', 'pages/posts/Other.md']
  const workspace = await openWorkspace(root, { isTrusted: true })
  await workspace.refresh()
  const open = new Map<string, string>()
  const write = (path: string, contents: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), contents)
  }
  const edits: Readonly<Record<string, () => readonly string[] | undefined>> = {
    'a page is written in': () => {
      const path = pick(pages)
      open.set(path, text())
      workspace.edit(path, open.get(path))
      return [path]
    },
    'a layout is written in': () => {
      open.set('layouts/default.ejs', pick(layouts))
      workspace.edit('layouts/default.ejs', open.get('layouts/default.ejs'))
      return ['layouts/default.ejs']
    },
    'defaults of a folder are written in': () => {
      const path = pick(['pages/_defaults.yaml', 'pages/posts/_defaults.yaml'])
      open.set(path, pick(defaults))
      workspace.edit(path, open.get(path))
      return [path]
    },
    'somebody else writes defaults': () => {
      write('pages/posts/_defaults.yaml', pick(defaults))
      return undefined
    },
    'somebody else writes a baseline': () => {
      write('.imprimatur-baseline.json', pick(baselines))
      return undefined
    },
    'what is open is saved': () => {
      for (const [path, contents] of open) write(path, contents)
      return undefined
    },
    'what is open is closed, unsaved': () => {
      const path = pick([...open.keys()])
      if (path === undefined) return []
      open.delete(path)
      workspace.edit(path, undefined)
      return [path]
    },
    'somebody else writes a page': () => {
      write(pick(pages), text())
      return undefined
    },
    'a page goes': () => {
      rmSync(join(root, pick(pages)), { force: true })
      return undefined
    },
    'two pages change places': () => {
      const [from, to] = [join(root, pick(pages)), join(root, pick(pages))]
      if (existsSync(from)) renameSync(from, (mkdirSync(dirname(to), { recursive: true }), to))
      return undefined
    },
    'the configuration changes': () => {
      write('imprimatur.config.mjs', roll(2) === 0 ? configs[0]! : pick(configs))
      return undefined
    },
  }
  const names = Object.keys(edits)
  const done: string[] = []
  let meant = 0
  for (let i = 0; i < EDITS; i++) {
    const name = roll(2) === 0 ? names[0]! : pick(names)
    done.push(name)
    await workspace.refresh(edits[name]!())
    const fresh = await openWorkspace(root, { isTrusted: true })
    await fresh.refresh()
    const expected = shown(fresh, open)
    const config = readFileSync(join(root, 'imprimatur.config.mjs'), 'utf8')
    // One that is opened with a broken configuration has no last good one.
    if (config === 'export default {{\n') continue
    meant += expected.length
    expect(shown(workspace, open), `after ${done.length}: ${done.slice(-3).join(', ')}`).toEqual(expected)
  }
  for (const path of open.keys()) workspace.edit(path, undefined)
  expect(meant).toBeGreaterThan(EDITS)
}, 600_000)
