const { existsSync } = require('node:fs')
const { join } = require('node:path')
const { commands, window, workspace } = require('vscode')
const { LanguageClient, TransportKind } = require('vscode-languageclient/node')

/** One server for each folder, since each has a program of its own. */
const clients = new Map()

/** The program that a folder has installed, or the one that the settings name. */
function programOf(folder) {
  const path = workspace.getConfiguration('imprimatur').get('path')
  if (path) return path
  const installed = join(folder.uri.fsPath, 'node_modules', 'imprimatur', 'dist', 'cli', 'main.js')
  // What a folder has installed is its code, too.
  return workspace.isTrusted && existsSync(installed) ? installed : undefined
}

async function start(folder) {
  const module = programOf(folder)
  if (folder.uri.scheme !== 'file' || !module || clients.has(folder.uri.toString())) return
  const server = {
    module,
    args: ['lsp'],
    transport: TransportKind.stdio,
    options: { cwd: folder.uri.fsPath },
  }
  const pattern = `${folder.uri.fsPath.replaceAll('\\', '/')}/**/*`
  const documentSelector = ['markdown', 'html', 'ejs', 'yaml'].map(language => ({
    scheme: 'file',
    language,
    pattern,
  }))
  const client = new LanguageClient('imprimatur', `Imprimatur (${folder.name})`, server, {
    documentSelector,
    workspaceFolder: folder,
    initializationOptions: { trusted: workspace.isTrusted },
  })
  clients.set(folder.uri.toString(), client)
  try {
    await client.start()
  } catch (error) {
    window.showErrorMessage(`Imprimatur: the language server does not start: ${error.message}`)
  }
}

async function stop(folder) {
  const client = clients.get(folder.uri.toString())
  clients.delete(folder.uri.toString())
  await client?.stop()
}

const folders = () => workspace.workspaceFolders ?? []

async function restart() {
  await Promise.all(folders().map(stop))
  await Promise.all(folders().map(start))
}

exports.activate = async context => {
  context.subscriptions.push(
    commands.registerCommand('imprimatur.restart', restart),
    workspace.onDidGrantWorkspaceTrust(restart),
    workspace.onDidChangeConfiguration(event => event.affectsConfiguration('imprimatur') && restart()),
    workspace.onDidChangeWorkspaceFolders(async ({ added, removed }) => {
      await Promise.all(removed.map(stop))
      await Promise.all(added.map(start))
    }),
  )
  await Promise.all(folders().map(start))
}

exports.deactivate = () => Promise.all([...clients.values()].map(client => client.stop()))
