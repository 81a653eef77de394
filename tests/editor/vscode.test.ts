import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createContext, Script } from 'node:vm'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { repository } from '../program.ts'

const folderOfExtension = join(repository, 'editors/vscode')

interface Started {
  readonly server: {
    readonly module: string
    readonly args: readonly string[]
    readonly options: { readonly cwd: string }
  }
  readonly options: { readonly initializationOptions: { readonly trusted: boolean } }
  isRunning: boolean
}

/** The extension, in a VS Code that has nothing but what it uses. */
function load({ folder, trusted, path = '' }: { folder: string; trusted: boolean; path?: string }) {
  const started: Started[] = []
  const granted: (() => void)[] = []
  const handlers = () => ({ dispose: () => undefined })
  const workspace = {
    isTrusted: trusted,
    workspaceFolders: [
      { name: 'site', uri: { scheme: 'file', fsPath: folder, toString: () => `file://${folder}` } },
    ],
    getConfiguration: () => ({ get: () => path }),
    onDidGrantWorkspaceTrust: (each: () => void) => void granted.push(each),
    onDidChangeConfiguration: handlers,
    onDidChangeWorkspaceFolders: handlers,
  }
  class LanguageClient {
    private readonly own: Started
    constructor(_id: string, _name: string, server: Started['server'], options: Started['options']) {
      this.own = { server, options, isRunning: false }
      started.push(this.own)
    }
    async start() {
      this.own.isRunning = true
    }
    async stop() {
      this.own.isRunning = false
    }
  }
  const modules: Readonly<Record<string, unknown>> = {
    vscode: { workspace, window: {}, commands: { registerCommand: handlers } },
    'vscode-languageclient/node': { LanguageClient, TransportKind: { stdio: 0 } },
  }
  const real = createRequire(import.meta.url)
  const exports: { activate?: (context: object) => Promise<void>; deactivate?: () => Promise<unknown> } = {}
  const sandbox = createContext({ exports, require: (name: string) => modules[name] ?? real(name) })
  new Script(readFileSync(join(folderOfExtension, 'extension.cjs'), 'utf8')).runInContext(sandbox)
  return {
    started,
    workspace,
    activate: () => exports.activate?.({ subscriptions: { push: () => undefined } }),
    deactivate: () => exports.deactivate?.(),
    grant: () => Promise.all(granted.map(each => each())),
  }
}

const installed = () => folderWith({ 'node_modules/imprimatur/dist/cli/main.js': '' })

test('the program that a trusted folder has installed is started, and ended', async () => {
  const folder = installed()
  const { started, activate, deactivate } = load({ folder, trusted: true })
  await activate()
  expect(started).toMatchObject([
    {
      server: {
        module: join(folder, 'node_modules/imprimatur/dist/cli/main.js'),
        args: ['lsp'],
        options: { cwd: folder },
      },
      options: { initializationOptions: { trusted: true } },
      isRunning: true,
    },
  ])
  await deactivate()
  expect(started[0]?.isRunning).toBe(false)
})

test('of a folder that is not trusted nothing is started before it is', async () => {
  const { started, activate, grant, workspace } = load({ folder: installed(), trusted: false })
  await activate()
  expect(started).toEqual([])
  workspace.isTrusted = true
  await grant()
  expect(started).toMatchObject([{ options: { initializationOptions: { trusted: true } } }])
})

test('a program of one’s own looks at a folder that is not trusted, and is told so', async () => {
  const { started, activate } = load({ folder: installed(), trusted: false, path: '/opt/imprimatur' })
  await activate()
  expect(started).toMatchObject([
    { server: { module: '/opt/imprimatur' }, options: { initializationOptions: { trusted: false } } },
  ])
})

test('what it says of itself is there', () => {
  const { main, contributes, version } = JSON.parse(
    readFileSync(join(folderOfExtension, 'package.json'), 'utf8'),
  )
  const code = readFileSync(join(folderOfExtension, main), 'utf8')
  for (const { command } of contributes.commands) expect(code).toContain(`'${command}'`)
  for (const name of Object.keys(contributes.configuration.properties))
    expect(code).toContain(`'${name.split('.')[1]}'`)
  expect(version).toBe(JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')).version)
})
