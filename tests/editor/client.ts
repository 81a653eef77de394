import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { PassThrough, type Readable, type Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node'
import type * as Protocol from '../../src/editor/protocol.ts'
import type * as Server from '../../src/editor/server.ts'
import { cli, isPackaged } from '../program.ts'

/** An editor of the protocol’s own words, that speaks with the built server. */
export interface Client {
  readonly connection: ProtocolConnection
  uri(path: string): string
  open(path: string, text: string): Promise<void>
  /** Replaces a part of an open text, as typing does. */
  change(path: string, text: string): Promise<void>
  save(path: string): Promise<void>
  close(path: string): Promise<void>
  /** What was last published of a file. */
  of(path: string): readonly Diagnostic[]
  /** Waits until what is published of a file is as it is to be. */
  until(path: string, isSo: (found: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>
  ask<T>(method: string, params: object): Promise<T>
  end(): Promise<number | null>
}

const PATIENCE = 60_000

interface ClientOptions {
  readonly trusted?: boolean
  /** What it says that it can do. */
  readonly capabilities?: object
}

/** What a server reads, what it writes, and how it ends after `shutdown`. */
interface Running {
  readonly input: Writable
  readonly output: Readable
  end(connection: ProtocolConnection): Promise<number | null>
}

/** The program, as an editor starts it. */
function startProgram(root: string): Running {
  const child = spawn(process.execPath, [cli, 'lsp', '--stdio'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  return {
    input: child.stdin,
    output: child.stdout,
    async end(connection) {
      const code = new Promise<number | null>(resolve => child.once('close', resolve))
      await connection.sendNotification('exit')
      return code
    },
  }
}

/** The built server in this process, which takes half a second less. It is left with nobody to hear it: `exit` would end the process. */
async function serveHere(root: string): Promise<Running> {
  const built = <Module>(name: string) =>
    import(pathToFileURL(join(dirname(cli), '../editor', name)).href) as Promise<Module>
  const { createConnection } = await built<typeof Protocol>('protocol.js')
  const { serve } = await built<typeof Server>('server.js')
  const [input, output] = [new PassThrough(), new PassThrough()]
  const connection = createConnection(input, output)
  serve(connection, { version: '0.0.0', cwd: root })
  return {
    input,
    output,
    end(client) {
      client.dispose()
      output.resume()
      return Promise.resolve(0)
    },
  }
}

/** An editor with the program itself. */
export const startProgramClient = (root: string): Promise<Client> => connectTo(startProgram(root), root, {})

/** One with its server, or with the program where modules are in a bundle. */
export const startClient = async (root: string, options: ClientOptions = {}): Promise<Client> =>
  connectTo(isPackaged ? startProgram(root) : await serveHere(root), root, options)

async function connectTo(
  server: Running,
  root: string,
  { trusted = true, capabilities = {} }: ClientOptions,
): Promise<Client> {
  const connection = createProtocolConnection(
    new StreamMessageReader(server.output),
    new StreamMessageWriter(server.input),
  )
  const published = new Map<string, readonly Diagnostic[]>()
  const waiting = new Set<() => void>()
  const versions = new Map<string, number>()
  connection.onNotification(
    'textDocument/publishDiagnostics',
    ({ uri, diagnostics, version }: PublishDiagnosticsParams) => {
      if (version !== undefined && version < (versions.get(uri) ?? 0)) return
      published.set(uri, diagnostics)
      for (const look of waiting) look()
    },
  )
  connection.listen()
  const uri = (path: string) => pathToFileURL(join(root, path)).href
  await connection.sendRequest('initialize', {
    processId: null,
    rootUri: pathToFileURL(root).href,
    capabilities,
    initializationOptions: { trusted },
    workspaceFolders: [{ uri: pathToFileURL(root).href, name: 'site' }],
  })
  await connection.sendNotification('initialized', {})
  const of = (path: string) => published.get(uri(path)) ?? []
  return {
    connection,
    uri,
    of,
    open(path, text) {
      versions.set(uri(path), 1)
      return connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uri(path), languageId: 'markdown', version: 1, text },
      })
    },
    change(path, text) {
      const version = (versions.get(uri(path)) ?? 1) + 1
      versions.set(uri(path), version)
      return connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uri(path), version },
        contentChanges: [{ text }],
      })
    },
    save: path => connection.sendNotification('textDocument/didSave', { textDocument: { uri: uri(path) } }),
    close: path => connection.sendNotification('textDocument/didClose', { textDocument: { uri: uri(path) } }),
    until: (path, isSo) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(`still ${JSON.stringify(of(path))}`))
        }, PATIENCE)
        const look = () => {
          if (!published.has(uri(path)) || !isSo(of(path))) return
          clearTimeout(timer)
          waiting.delete(look)
          resolve(of(path))
        }
        waiting.add(look)
        look()
      }),
    ask: (method, params) => connection.sendRequest(method, params),
    async end() {
      await connection.sendRequest('shutdown')
      return server.end(connection)
    },
  }
}
