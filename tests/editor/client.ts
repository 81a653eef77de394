import { spawn } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node'
import { cli } from '../program.ts'

/** An editor of the protocol’s own words, that speaks with the built server on its standard input and output. */
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

const PATIENCE = 30_000

interface ClientOptions {
  readonly trusted?: boolean
  /** What it says that it can do. */
  readonly capabilities?: object
}

export async function startClient(
  root: string,
  { trusted = true, capabilities = {} }: ClientOptions = {},
): Promise<Client> {
  const child = spawn(process.execPath, [cli, 'lsp', '--stdio'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
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
    processId: process.pid,
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
      const code = new Promise<number | null>(resolve => child.once('close', resolve))
      await connection.sendNotification('exit')
      return code
    },
  }
}
