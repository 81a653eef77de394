import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { CodeAction, Diagnostic, Hover, TextEdit } from 'vscode-languageserver'
import { lint } from '../../src/index.ts'
import { conversations } from '../../src/keys/clients/conversations.ts'
import { groupsOf } from '../../src/keys/identity/fingerprint.ts'
import { fixSource } from '../../src/lint/fix.ts'
import { folderWith } from '../folder.ts'
import { repository } from '../program.ts'
import { startClient, type Client } from './client.ts'
import { edited } from './edits.ts'

let client: Client
afterEach(async () => void (await client.end()))

const at = (line: number, character: number) => ({ line, character })
const codes = (found: readonly Diagnostic[]) => found.map(({ code }) => code)

async function begin(files: Record<string, string>, options: Parameters<typeof startClient>[1] = {}) {
  client = await startClient(folderWith({ 'layouts/default.ejs': '<%- page.body %>', ...files }), options)
}

const actionsAt = (path: string, line: number, character: number, only?: readonly string[]) =>
  client.ask<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: client.uri(path) },
    range: { start: at(line, character), end: at(line, character) },
    context: { diagnostics: [], ...(only && { only }) },
  })

const editsOf = (action: CodeAction | undefined, path: string): readonly TextEdit[] =>
  action?.edit?.changes?.[client.uri(path)] ?? []

test('what is badly set is told at once, with places in UTF-16, and again after each change', async () => {
  await begin({ 'pages/a.md': '' })
  await client.open('pages/a.md', 'Hello 😀 it is "so".\n')
  const found = await client.until('pages/a.md', each => each.length > 0)
  expect(found.find(({ code }) => code === 'common/punctuation/quote')).toMatchObject({
    range: { start: at(0, 15), end: at(0, 19) },
    severity: 2,
    source: 'imprimatur',
  })
  await client.change('pages/a.md', 'Hello 😀, fine.\n')
  expect(await client.until('pages/a.md', each => each.length === 0)).toEqual([])
})

test('what is open and not in a file yet is looked at, too', async () => {
  await begin({})
  const uri = 'untitled:Untitled-1'
  await client.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'markdown', version: 1, text: 'A word - and more.' },
  })
  const edits = await client.ask<TextEdit[]>('textDocument/formatting', {
    textDocument: { uri },
    options: { tabSize: 2, insertSpaces: true },
  })
  expect(edited('A word - and more.', edits)).toBe('A&nbsp;word&nbsp;— and more.')
})

describe('setting', () => {
  const text = 'He said "yes" and "no" - so.\n\nIt\'s a "third".\n'
  const path = 'pages/a.md'

  test('one place; all of its rule; everything: each says what the linter proves', async () => {
    await begin({ [path]: text })
    await client.open(path, text)
    const actions = await actionsAt(path, 0, 9)
    const one = actions.find(({ isPreferred }) => isPreferred)
    expect(edited(text, editsOf(one, path))).toBe('He said “yes” and "no" - so.\n\nIt\'s a "third".\n')
    const all = actions.find(({ title }) => title.startsWith('Set all'))
    expect(edited(text, editsOf(all, path))).toBe("He said “yes” and “no” - so.\n\nIt's a “third”.\n")
    const file = { path, text }
    const whole = fixSource(file, await lint([file])).value?.text
    const [fixAll] = await actionsAt(path, 0, 0, ['source.fixAll.imprimatur'])
    expect(edited(text, editsOf(fixAll, path))).toBe(whole)
    const formatted = await client.ask<TextEdit[]>('textDocument/formatting', {
      textDocument: { uri: client.uri(path) },
      options: { tabSize: 2, insertSpaces: true },
    })
    expect(edited(text, formatted)).toBe(whole)
    expect(formatted.length).toBeGreaterThan(3)
  })

  test('a range alone', async () => {
    await begin({ [path]: text })
    await client.open(path, text)
    const formatted = await client.ask<TextEdit[]>('textDocument/rangeFormatting', {
      textDocument: { uri: client.uri(path) },
      range: { start: at(2, 0), end: at(3, 0) },
      options: { tabSize: 2, insertSpaces: true },
    })
    expect(edited(text, formatted)).toBe('He said "yes" and "no" - so.\n\nIt’s a&nbsp;“third”.\n')
  })

  test('always sets the text as it is now, not as it was when it was last looked at', async () => {
    await begin({ [path]: text })
    await client.open(path, text)
    await client.change(path, `New line.\n\n${text}`)
    const [fixAll] = await actionsAt(path, 0, 0, ['source.fixAll'])
    const file = { path, text: `New line.\n\n${text}` }
    expect(edited(file.text, editsOf(fixAll, path))).toBe(fixSource(file, await lint([file])).value?.text)
  })
})

describe('leaving a place alone', () => {
  test.each([
    [
      'behind the line before',
      'One line\nhe said "so".\n',
      1,
      10,
      'One line <!-- typography-next-line off: CODE, say why -->\nhe said "so".\n',
    ],
    [
      'above a paragraph',
      'One.\n\nHe said "so".\n',
      2,
      10,
      'One.\n\n<!-- typography-next-line off: CODE, say why -->\nHe said "so".\n',
    ],
    [
      'in a quotation',
      '> One line\n> he said "so".\n',
      1,
      12,
      '> One line <!-- typography-next-line off: CODE, say why -->\n> he said "so".\n',
    ],
  ])('%s', async (_, text, line, character, expected) => {
    await begin({ 'pages/a.md': text })
    await client.open('pages/a.md', text)
    const action = (await actionsAt('pages/a.md', line, character)).find(({ title }) =>
      title.startsWith('Leave'),
    )
    const code = /off: (\S+),/.exec(editsOf(action, 'pages/a.md')[0]?.newText ?? '')?.[1] ?? ''
    const after = edited(text, editsOf(action, 'pages/a.md'))
    expect(after).toBe(expected.replace('CODE', code))
    await client.change('pages/a.md', after)
    await client.until('pages/a.md', found => !codes(found).includes(code))
    expect(codes(client.of('pages/a.md'))).not.toContain('lint/suppression')
  })

  test('is not offered where a comment would change the page', async () => {
    const text = '| a | b |\n| - | - |\n| x | "y" |\n'
    await begin({ 'pages/a.md': text })
    await client.open('pages/a.md', text)
    await client.until('pages/a.md', found => found.length > 0)
    const titles = (await actionsAt('pages/a.md', 2, 7)).map(({ title }) => title)
    expect(titles.filter(title => title.startsWith('Set'))).not.toEqual([])
    expect(titles.filter(title => title.startsWith('Leave'))).toEqual([])
  })
})

test('a rule is turned off in a configuration of JSON, and in none that is a program', async () => {
  const config = '{\n  "site": { "title": "A" }\n}\n'
  const text = 'He said "so".\n'
  await begin({ 'imprimatur.config.json': config, 'pages/a.md': text })
  await client.open('pages/a.md', text)
  const off = (await actionsAt('pages/a.md', 0, 9)).find(({ title }) => title.startsWith('Turn'))
  const changed = edited(config, editsOf(off, 'imprimatur.config.json'))
  expect(JSON.parse(changed)).toEqual({
    site: { title: 'A' },
    lint: { rules: { 'common/punctuation/quote': 'off' } },
  })
})

test('a rule is turned off in a new configuration, said to be new, by a client that can make files', async () => {
  const text = 'He said "so".\n'
  const capabilities = {
    workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
  }
  await begin({ 'pages/a.md': text }, { capabilities })
  await client.open('pages/a.md', text)
  const off = (await actionsAt('pages/a.md', 0, 9)).find(({ title }) => title.startsWith('Turn'))
  expect(off?.title).toBe('Turn common/punctuation/quote off for this site, in a new imprimatur.config.json')
  const [create, write] = off!.edit!.documentChanges as [object, { edits: TextEdit[] }]
  const uri = client.uri('imprimatur.config.json')
  expect(create).toMatchObject({ kind: 'create', uri, options: { overwrite: false } })
  expect(write).toMatchObject({ textDocument: { uri, version: null } })
  expect(JSON.parse(edited('', write.edits))).toEqual({
    lint: { rules: { 'common/punctuation/quote': 'off' } },
  })
})

test.each([
  ['the client cannot make files', {}, {}],
  [
    'there is one that is a program',
    { 'imprimatur.config.mjs': 'export default {}' },
    { workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename'] } } },
  ],
])('no configuration is made when %s', async (_, files: Record<string, string>, capabilities) => {
  const text = 'He said "so".\n'
  await begin({ ...files, 'pages/a.md': text }, { capabilities })
  await client.open('pages/a.md', text)
  const titles = (await actionsAt('pages/a.md', 0, 9)).map(({ title }) => title)
  expect(titles.length).toBeGreaterThan(0)
  expect(titles.filter(title => title.startsWith('Turn'))).toEqual([])
})

describe('hover in the manifest of keys', () => {
  const manifest = readFileSync(join(repository, 'pages/about/keys.yaml'), 'utf8')
  const hoverAt = (text: string, words: string) => {
    const lines = text.slice(0, text.indexOf(words)).split('\n')
    return client.ask<Hover | null>('textDocument/hover', {
      textDocument: { uri: client.uri('pages/keys.yaml') },
      position: at(lines.length - 1, lines.at(-1)!.length),
    })
  }
  const beginWith = async (text: string) => {
    const config = '{ "keys": { "manifest": "pages/keys.yaml" } }'
    await begin({ 'imprimatur.config.json': config, 'pages/keys.yaml': manifest })
    await client.open('pages/keys.yaml', text)
  }

  test('says which device it is, its fingerprint as its client shows it, and what became of it', async () => {
    await beginWith(manifest)
    const value = async (words: string) =>
      ((await hoverAt(manifest, words))!.contents as { value: string }).value
    expect(await value('f48fbf96')).toContain(
      `**phone** · Conversations · press\\@example\\.org · 1204387561\n\nAs Conversations shows it:\n\n\`\`\`\n${conversations.layOut(
        groupsOf('f48fbf963fe0e30722b651b45f17e12d17627ecbb1bea8a789c2060a53016b12'),
      )}\n`,
    )
    expect(await value('f48fbf96')).toContain('Compared on 2025-03-03 (on-device).')
    expect(await value('old laptop')).toContain('Revoked on 2025-10-06: lost on a train.')
  })

  test('says nothing elsewhere, nor of a manifest with a mistake', async () => {
    await beginWith(manifest)
    expect(await hoverAt(manifest, 'serial: 3')).toBe(null)
    const wrong = manifest.replace('f48fbf96', 'f48fbf9x')
    await client.change('pages/keys.yaml', wrong)
    expect(await hoverAt(wrong, 'f48fbf9x')).toBe(null)
  })
})

test('hover says what a rule wants, why, and how it looks', async () => {
  await begin({ 'pages/a.md': '' })
  await client.open('pages/a.md', 'He said "so".\n')
  const { contents } = await client.ask<Hover>('textDocument/hover', {
    textDocument: { uri: client.uri('pages/a.md') },
    position: at(0, 9),
  })
  expect(contents).toMatchObject({ kind: 'markdown' })
  expect((contents as { value: string }).value).toMatch(/^\*\*common\/punctuation\/quote\*\*: .*\n\n.*→/s)
})

test('ignored pages, and those that set typography: off, are silent; what a baseline tolerates is a hint', async () => {
  const text = 'He said "so".\n'
  await begin({
    'imprimatur.config.json': '{ "lint": { "ignore": ["pages/old/**"] } }',
    'pages/old/a.md': text,
    'pages/off.md': text,
    'pages/b.md': text,
    '.imprimatur-baseline.json': JSON.stringify({
      version: 1,
      files: { 'pages/b.md': { 'common/punctuation/quote': 1 } },
    }),
  })
  await client.open('pages/b.md', text)
  const found = await client.until('pages/b.md', each => each.length > 0)
  expect(found.find(({ code }) => code === 'common/punctuation/quote')?.severity).toBe(4)
  await client.open('pages/old/a.md', text)
  await client.open('pages/off.md', `---\ntypography: 'off'\n---\n${text}`)
  expect(await client.until('pages/old/a.md', () => true)).toEqual([])
  expect(await client.until('pages/off.md', () => true)).toEqual([])
})

test('a baseline that cannot be read is told where it is, and tolerates nothing', async () => {
  const text = 'He said "so".\n'
  await begin({ 'pages/b.md': text, '.imprimatur-baseline.json': '<<<<<<< ours\n' })
  await client.open('pages/b.md', text)
  const found = await client.until('.imprimatur-baseline.json', each => each.length > 0)
  expect(found[0]).toMatchObject({ code: 'config/baseline', severity: 1 })
  expect(client.of('pages/b.md').find(({ code }) => code === 'common/punctuation/quote')?.severity).toBe(2)
})

test('in a folder that is not trusted no program of it runs, and typography is told', async () => {
  await begin(
    {
      'imprimatur.config.mjs': `import { writeFileSync } from 'node:fs'\nwriteFileSync(new URL('ran', import.meta.url), '')\nexport default {}\n`,
      'layouts/default.ejs': '<% process.exit(3) %>',
      'pages/a.md': 'He said "so".\n',
    },
    { trusted: false },
  )
  await client.open('pages/a.md', 'He said "so".\n')
  await client.until('pages/a.md', found => found.length > 0)
  const found = await client.until('imprimatur.config.mjs', each => each.length > 0)
  expect(found[0]?.message).toContain('this folder is not trusted')
  expect(existsSync(new URL(client.uri('ran')))).toBe(false)
})
