/*
 * Edits a site at random through the language server, some thousand times: types, saves, reverts, opens, closes, moves. The heap of the
 * server, swept, is measured on the way; it must not grow. `npm run soak:editor`, or EDITS=500 SEED=2 jiti tools/soak/editor.ts
 */
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import {
  createConnection,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type * as Server from '../../src/editor/server.ts'
import { dice } from '../bench/dice.ts'

const EDITS = Number(process.env.EDITS ?? 2000)
const SEED = Number(process.env.SEED ?? 1)
const PAGES = 40
/** Edits between two measurements. */
const EVERY = Math.max(20, Math.floor(EDITS / 20))
/** What the heap may be larger by at the end, in bytes: sweeps leave more or less. */
const SLACK = 3_000_000

setFlagsFromString('--expose-gc')
const sweep = runInNewContext('gc') as () => void
const { serve } = (await import(
  new URL('../../dist/editor/server.js', import.meta.url).href
)) as typeof Server

const root = mkdtempSync(join(tmpdir(), 'imprimatur-editor-'))
const roll = dice(SEED)
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const pick = <T>(all: readonly T[]) => all[roll.below(all.length)] as T
const uriOf = (path: string) => pathToFileURL(join(root, path)).href

const paths = Array.from({ length: PAGES }, (_, i) => `pages/posts/p${i}.md`)
const pieces = [
  '## Part\n\n',
  'He said "so" - it\'s 5 km.\n\n',
  'Слово "за" слово - и всё.\n\n',
  '![x](no.svg)\n\n',
  '- a\n- b\n\n',
  '<!-- typography off -->\n\n',
]
const text = () =>
  `---\ntitle: T${roll.below(9)}\ntags: [t${roll.below(4)}]\n---\n\n` +
  Array.from({ length: 2 + roll.below(8) }, () =>
    roll.below(3) === 0 ? `[l](${pick(paths).split('/').at(-1)}#part) ` : pick(pieces),
  ).join('')

write('imprimatur.config.json', '{ "site": { "title": "S" } }')
write(
  'layouts/default.ejs',
  '<html lang="<%= page.lang %>"><title><%= page.title %></title><body><%- body %><% for (const p of pages.slice(0, 9)) { %><a href="<%= p.url %>"><%= p.title %></a><% } %></body></html>',
)
for (const path of paths) write(path, text())

const [toServer, toClient] = [new PassThrough(), new PassThrough()]
serve(createConnection(toServer, toClient), { version: '0', cwd: root })
const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer))
client.listen()
await client.sendRequest('initialize', {
  processId: null,
  rootUri: uriOf(''),
  capabilities: {},
  initializationOptions: { trusted: true },
})
await client.sendNotification('initialized', {})

const open = new Map<string, { version: number; text: string }>()
const notify = (method: string, params: object) => client.sendNotification(`textDocument/${method}`, params)
const openPage = async (path: string) => {
  open.set(path, { version: 1, text: read(path) })
  await notify('didOpen', {
    textDocument: { uri: uriOf(path), languageId: 'markdown', version: 1, text: read(path) },
  })
}
const closePage = async (path: string) => {
  open.delete(path)
  await notify('didClose', { textDocument: { uri: uriOf(path) } })
}
const change = async (path: string, fresh: string) => {
  const version = open.get(path)!.version + 1
  open.set(path, { version, text: fresh })
  await notify('didChange', {
    textDocument: { uri: uriOf(path), version },
    contentChanges: [{ text: fresh }],
  })
}
const save = async (path: string) => {
  write(path, open.get(path)!.text)
  await notify('didSave', { textDocument: { uri: uriOf(path) } })
}

const make = ({ changes = {} }: WorkspaceEdit) => {
  for (const [uri, edits] of Object.entries(changes)) {
    const file = fileURLToPath(uri)
    const document = TextDocument.create(uri, '', 0, readFileSync(file, 'utf8'))
    writeFileSync(file, TextDocument.applyEdits(document, edits as TextEdit[]))
  }
}

let moves = 0
/** What an author does. A page is moved when all is saved, so that what is on the disk is what is meant. */
const steps: readonly (() => Promise<void>)[] = [
  async () => change(pick([...open.keys()]), text()),
  async () => {
    const [path, { text: now }] = pick([...open]) as [string, { text: string }]
    const at = roll.below(now.length + 1)
    await change(path, `${now.slice(0, at)} "a" - ${now.slice(at)}`)
  },
  async () => {
    const path = pick([...open.keys()])
    await change(path, read(path))
  },
  async () => save(pick([...open.keys()])),
  async () => {
    const path = pick(paths)
    await (open.has(path) && open.size > 1 ? closePage(path) : open.has(path) ? save(path) : openPage(path))
  },
  async () => {
    if (roll.below(8) !== 0) return
    const all = [...open.keys()]
    for (const path of all) await save(path)
    const at = roll.below(paths.length)
    const [from, to] = [paths[at]!, `pages/posts/m${moves++}.md`]
    for (const path of all) await closePage(path)
    const edit = await client.sendRequest<WorkspaceEdit | null>('workspace/willRenameFiles', {
      files: [{ oldUri: uriOf(from), newUri: uriOf(to) }],
    })
    if (edit) make(edit)
    renameSync(join(root, from), join(root, to))
    paths[at] = to
    await openPage(to)
    await notify('didSave', { textDocument: { uri: uriOf(to) } })
  },
  async () => {
    const textDocument = { uri: uriOf(pick([...open.keys()])) }
    await client.sendRequest('textDocument/documentSymbol', { textDocument })
    await client.sendRequest('textDocument/hover', { textDocument, position: { line: 6, character: 3 } })
    await client.sendRequest('textDocument/formatting', {
      textDocument,
      options: { tabSize: 2, insertSpaces: true },
    })
  },
]

const heaps: number[] = []
try {
  await openPage(paths[0]!)
  for (let i = 1; i <= EDITS; i++) {
    await pick(steps)()
    // Long enough for the site to be looked at, now and then.
    if (i % 12 === 0) await sleep(450)
    if (i % EVERY !== 0) continue
    for (const path of [...open.keys()].slice(1)) await closePage(path)
    await sleep(1500)
    sweep()
    heaps.push(process.memoryUsage().heapUsed)
    console.log(`${i} edits, ${moves} moves: ${(heaps.at(-1)! / 1e6).toFixed(1)} MB`)
  }
} finally {
  client.dispose()
  rmSync(root, { recursive: true, force: true })
}

// What is compiled and cached once is there after a quarter.
const settled = heaps.slice(Math.floor(heaps.length / 4))
const median = (all: readonly number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!
const [first, last] = [settled.slice(0, settled.length / 3), settled.slice(-settled.length / 3)].map(
  median,
) as [number, number]
const grown = last - first
console.log(`From ${(first / 1e6).toFixed(1)} to ${(last / 1e6).toFixed(1)} MB (SEED=${SEED})`)
if (grown > SLACK) console.error(`The heap has grown by ${(grown / 1e6).toFixed(1)} MB`)
process.exit(grown > SLACK ? 1 : 0)
