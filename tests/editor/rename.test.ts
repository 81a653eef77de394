import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import type { WorkspaceEdit } from 'vscode-languageserver'
import { build } from '../../src/index.ts'
import { folderWith } from '../folder.ts'
import { startClient, type Client } from './client.ts'
import { edited } from './edits.ts'

let client: Client
let root: string
afterEach(async () => void (await client.end()))

const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
const layout = '<html lang="en"><title><%= page.title %></title><body><%- page.body %></body></html>'
const config = '{ "build": { "typography": "off" } }'

async function begin(files: Record<string, string>) {
  root = folderWith({ 'layouts/default.ejs': layout, 'imprimatur.config.json': config, ...files })
  expect(await faults()).toEqual([])
  client = await startClient(root)
  const [first = ''] = Object.keys(files)
  await client.open(first, `${files[first]}\n[broken](/nowhere/)\n`)
  await client.until(first, found => found.some(({ code }) => code === 'link/broken'))
  await client.change(first, files[first]!)
}

const faults = async () =>
  (await build({ root })).diagnostics.map(({ code, file, message }) => [code, file?.path, message])
const read = (path: string) => readFileSync(join(root, path), 'utf8')

function make({ changes = {} }: WorkspaceEdit) {
  for (const [uri, edits] of Object.entries(changes)) {
    const file = fileURLToPath(uri)
    writeFileSync(file, edited(readFileSync(file, 'utf8'), edits))
  }
}

const rename = (path: string, line: number, character: number, newName: string) =>
  client.ask<WorkspaceEdit | null>('textDocument/rename', {
    textDocument: { uri: client.uri(path) },
    position: { line, character },
    newName,
  })

async function move(...moves: (readonly [from: string, to: string])[]) {
  const edit = await client.ask<WorkspaceEdit>('workspace/willRenameFiles', {
    files: moves.map(([from, to]) => ({ oldUri: client.uri(from), newUri: client.uri(to) })),
  })
  make(edit)
  for (const [from, to] of moves) {
    mkdirSync(dirname(join(root, to)), { recursive: true })
    renameSync(join(root, from), join(root, to))
  }
}

describe('a heading that is renamed', () => {
  const files = {
    'pages/a.md':
      '# Top\n\n## Notes\n\n[here](#notes), [below](#notes-1)\n\n## Notes\n\n## Named {#kept}\n\n[k](#kept)\n',
    'pages/b.md':
      '[a](a.md#notes) <a href="/a/#notes-1">x</a> ![](x.svg "#notes")\n\n[r]: /a/#notes\n\n[r]\n',
    'pages/c.ejs': '<a href="/a/#notes">x</a>',
    'pages/x.svg': PICTURE,
  }

  test('keeps its links, and those of headings whose ids change with it', async () => {
    await begin(files)
    make((await rename('pages/a.md', 2, 4, 'What else? Слова'))!)
    expect(read('pages/a.md')).toBe(
      '# Top\n\n## What else? Слова\n\n[here](#what-else-слова), [below](#notes)\n\n## Notes\n\n## Named {#kept}\n\n[k](#kept)\n',
    )
    expect(read('pages/b.md')).toBe(
      '[a](a.md#what-else-слова) <a href="/a/#notes">x</a> ![](x.svg "#notes")\n\n[r]: /a/#what-else-слова\n\n[r]\n',
    )
    expect(read('pages/c.ejs')).toBe('<a href="/a/#what-else-слова">x</a>')
    expect(await faults()).toEqual([])
  })

  test('from a link to it', async () => {
    await begin(files)
    await client.open('pages/b.md', files['pages/b.md'])
    make((await rename('pages/b.md', 0, 8, 'New'))!)
    expect(read('pages/b.md')).toMatch(/^\[a\]\(a\.md#new\)/)
    expect(await faults()).toEqual([])
  })

  test('keeps an id that its author named, with its list', async () => {
    await begin(files)
    make((await rename('pages/a.md', 8, 5, 'Other'))!)
    expect(read('pages/a.md')).toContain('## Other {#kept}\n\n[k](#kept)\n')
    expect(await faults()).toEqual([])
  })

  test.each([['two\nlines'], ['   ']])('is not made %j', async name => {
    await begin(files)
    expect(await rename('pages/a.md', 2, 4, name)).toBe(null)
  })
})

describe('a page that moves', () => {
  const files = {
    'pages/posts/a.md':
      '---\ntitle: A\n---\n\n![](pic.svg) [b](b.md#x) [c](../c.md) [self](#h) [c](/c/)\n\n## H\n',
    'pages/posts/b.md':
      '---\ntranslationOf: a.md\n---\n\n## X\n\n[a](a.md#h) [a](/posts/a/?q#h) <a href="../a/">a</a>\n',
    'pages/c.md': '[a](posts/a.md) [b](/posts/b/)\n',
    'pages/r.md': '---\nlayout: redirect\nredirectTarget: /posts/a/\n---\n',
    'pages/posts/pic.svg': PICTURE,
  }

  test('keeps every link, and answers at its old address', async () => {
    await begin(files)
    await move(['pages/posts/a.md', 'pages/notes/new name.md'])
    expect(await faults()).toEqual([])
    expect(read('pages/notes/new name.md')).toBe(
      '---\naliases: [/posts/a/]\ntitle: A\n---\n\n![](../posts/pic.svg) [b](../posts/b.md#x) [c](../c.md) [self](#h) [c](/c/)\n\n## H\n',
    )
    expect(read('pages/posts/b.md')).toBe(
      '---\ntranslationOf: ../notes/new name.md\n---\n\n## X\n\n[a](../notes/new%20name.md#h) [a](/notes/new%20name/?q#h) <a href="/notes/new%20name/">a</a>\n',
    )
    expect(read('pages/r.md')).toContain('redirectTarget: /notes/new%20name/')
    expect(read('docs/posts/a/index.html')).toContain('/notes/new%20name/')
  })

  test('with its whole folder', async () => {
    await begin(files)
    await move(['pages/posts', 'pages/essays'])
    expect(await faults()).toEqual([])
    expect(read('pages/c.md')).toBe('[a](essays/a.md) [b](/essays/b/)\n')
    expect(read('docs/posts/a/index.html')).toContain('/essays/a/')
    expect(read('docs/posts/b/index.html')).toContain('/essays/b/')
  })

  test('with a permalink it keeps its address, and gets no alias', async () => {
    await begin({ 'pages/a.md': '---\npermalink: /here/\n---\n', 'pages/b.md': '[a](a.md) [a](/here/)\n' })
    await move(['pages/a.md', 'pages/z.md'])
    expect(read('pages/z.md')).toBe('---\npermalink: /here/\n---\n')
    expect(read('pages/b.md')).toBe('[a](z.md) [a](/here/)\n')
    expect(await faults()).toEqual([])
  })
})

describe('the old address is put among the aliases', () => {
  test.each([
    ['no front matter', 'Text.\n', '---\naliases: [/a/]\n---\n\nText.\n'],
    ['YAML in a row', '---\naliases: [/x/]\n---\n', '---\naliases: [/x/, /a/]\n---\n'],
    ['an empty row', '---\naliases: []\n---\n', '---\naliases: [/a/]\n---\n'],
    [
      'YAML in lines',
      '---\naliases:\n  - /x/ # old\n  - /y/\ntags: []\n---\n',
      '---\naliases:\n  - /x/ # old\n  - /y/\n  - /a/\ntags: []\n---\n',
    ],
    ['one', '---\naliases: /x/\n---\n', '---\naliases: [/x/, /a/]\n---\n'],
    ['TOML', '+++\ntitle = "A"\n+++\n', '+++\naliases = ["/a/"]\ntitle = "A"\n+++\n'],
    ['TOML in a row', '+++\naliases = ["/x/"]\n+++\n', '+++\naliases = ["/x/", "/a/"]\n+++\n'],
    ['JSON', '{\n  "title": "A"\n}\n\nText.\n', '{\n  "aliases": ["/a/"],\n  "title": "A"\n}\n\nText.\n'],
    ['CRLF', '---\r\ntitle: A\r\n---\r\n', '---\r\naliases: [/a/]\r\ntitle: A\r\n---\r\n'],
  ])('%s', async (_, before, after) => {
    await begin({ 'pages/b.md': '', 'pages/a.md': before })
    await move(['pages/a.md', 'pages/new.md'])
    expect(read('pages/new.md')).toBe(after)
    expect(await faults()).toEqual([])
  })
})
