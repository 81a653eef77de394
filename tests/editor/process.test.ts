import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node'
import { expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { cli, repository } from '../program.ts'

test.each(['SIGTERM', 'SIGINT', 'the end of its input'] as const)('a server ends by %s', async how => {
  const child = spawn(process.execPath, [cli, 'lsp'], { cwd: folderWith(), stdio: 'pipe' })
  const closed = new Promise<number | null>(resolve => child.once('close', resolve))
  let said = ''
  child.stderr.setEncoding('utf8').on('data', text => (said += text))
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { processId: null, rootUri: null, capabilities: {} },
  })
  child.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`)
  await new Promise(resolve => child.stdout.once('data', resolve))
  if (how === 'the end of its input') child.stdin.end()
  else child.kill(how)
  // LSP 3.17, Exit Notification: without a shutdown before it, the end of a server is 1.
  expect([0, 1]).toContain(await closed)
  expect(said).toBe('')
})

test('until a text was linted, nothing is loaded that builds a site or answers questions', async () => {
  const cwd = folderWith({ 'pages/a.md': 'in a box', 'spy.mjs': spy })
  const child = spawn(process.execPath, ['--import', './spy.mjs', cli, 'lsp'], { cwd, stdio: 'pipe' })
  let loaded = ''
  child.stderr.setEncoding('utf8').on('data', text => (loaded += text))
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  const arrived = new Promise(resolve => {
    connection.onNotification('textDocument/publishDiagnostics', resolve)
  })
  connection.listen()
  const uri = pathToFileURL(join(cwd, 'pages/a.md')).href
  const initializationOptions = { trusted: true }
  await connection.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    capabilities: {},
    initializationOptions,
  })
  await connection.sendNotification('initialized', {})
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'markdown', version: 1, text: 'in a box' },
  })
  await arrived
  const modules = loaded.split('\n')
  child.kill()
  const dist = pathToFileURL(join(repository, 'dist')).href
  expect(modules).toContain(`${dist}/lint/lint.js`)
  expect(modules).toContain(`${dist}/editor/server.js`)
  const dear =
    /\/dist\/(?:build|dev|planet|zine|keys)\/|\/editor\/(?:hover|completion|navigation|actions|rename)|node_modules\/(?:jiti|yaml|ejs)\//
  expect(modules.filter(url => dear.test(url))).toEqual([])
})

/** Lists every module that is loaded, on standard error. */
const spy = `
import { register } from 'node:module'
register('data:text/javascript,' + encodeURIComponent(\`
  import { writeSync } from 'node:fs'
  export async function resolve(name, context, next) {
    const found = await next(name, context)
    writeSync(2, found.url + '\\\\n')
    return found
  }
\`))
`
