import { fileURLToPath } from 'node:url'
import { pathBelow } from '../config/site-root.ts'
import type { Connection, InitializeResult } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { OpenText } from './actions/code-actions.ts'
import { spanOf, textEdits, touches } from './positions.ts'
import { CodeActionKind, FIX_ALL, TextDocuments, TextDocumentSyncKind } from './protocol.ts'
import { createPublisher } from './publisher.ts'
import { createWorkspaces, type Workspaces } from './site/workspaces.ts'

/** Loaded when they are asked for first: no text waits for them before it is linted. */
const actions = () => import('./actions/code-actions.ts')
const navigation = () => import('./navigation.ts')
const headings = () => import('./rename/rename-heading.ts')

/** Milliseconds without a change after which the site is looked at. */
const QUIET = 300

const capabilities: InitializeResult['capabilities'] = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  hoverProvider: true,
  completionProvider: { triggerCharacters: ['(', '"', "'", '/', '#', ':', ' '] },
  definitionProvider: true,
  referencesProvider: true,
  documentLinkProvider: {},
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  renameProvider: { prepareProvider: true },
  workspace: {
    workspaceFolders: { supported: true, changeNotifications: true },
    fileOperations: { willRename: { filters: [{ scheme: 'file', pattern: { glob: '**/*' } }] } },
  },
}

/** What a client may say when it starts the server. */
interface Options {
  /** Whether the code of the site may run: a configuration that is a program, layouts, templates. */
  readonly trusted?: boolean
}

interface ServerFacts {
  /** Of the program. */
  readonly version: string
  /** Absolute. */
  readonly cwd: string
}

/** Serves an editor: typography at once, all else that a build would say shortly after. */
export function serve(connection: Connection, { version, cwd }: ServerFacts): void {
  const documents = new TextDocuments(TextDocument)
  let workspaces: Workspaces
  let publisher: ReturnType<typeof createPublisher>
  let abilities = { createsFiles: false }

  /** An open document with what is known of its site. */
  const opened = async ({ uri }: { readonly uri: string }): Promise<OpenText | undefined> => {
    const document = documents.get(uri)
    if (!document) return undefined
    const { workspace, path } = await workspaces.of(uri)
    return { document, workspace, file: { path, text: document.getText() } }
  }

  connection.onInitialize(({ initializationOptions, capabilities: client }) => {
    const { trusted = false } = (initializationOptions ?? {}) as Options
    workspaces = createWorkspaces({ isTrusted: trusted }, cwd)
    publisher = createPublisher(connection, { documents, workspaces, quiet: QUIET })
    const { documentChanges, resourceOperations } = client.workspace?.workspaceEdit ?? {}
    abilities = { createsFiles: documentChanges === true && resourceOperations?.includes('create') === true }
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration) connection.onInitialized(watchFiles)
    return { capabilities, serverInfo: { name: 'imprimatur', version } }
  })

  /** Which folders a site has only its configuration says, and what that reads it only knows itself. */
  const watchFiles = () =>
    void connection.client.register({ method: 'workspace/didChangeWatchedFiles' } as never, {
      watchers: [{ globPattern: '**/*' }],
    })

  documents.onDidChangeContent(({ document }) => void publisher.changed(document))
  documents.onDidClose(({ document }) => void publisher.closed(document))
  documents.onDidSave(() => publisher.saved())
  connection.onDidChangeWatchedFiles(() => publisher.saved())

  connection.onCodeAction(async ({ textDocument, range, context }) => {
    const { codeActions } = await actions()
    const page = await opened(textDocument)
    return page ? codeActions(page, range, { only: context.only, abilities }) : []
  })
  connection.onDocumentFormatting(async ({ textDocument }) => {
    const { fixAll } = await actions()
    const page = await opened(textDocument)
    return page ? textEdits(page.document, fixAll(page)) : []
  })
  connection.onDocumentRangeFormatting(async ({ textDocument, range }) => {
    const { fixAll } = await actions()
    const page = await opened(textDocument)
    if (!page) return []
    const within = spanOf(page.document, range)
    return textEdits(
      page.document,
      fixAll(page).filter(({ span }) => touches(span, within)),
    )
  })
  connection.onHover(async ({ textDocument, position }) => {
    const { hover } = await import('./hover.ts')
    const page = await opened(textDocument)
    return page && hover(page, position)
  })
  connection.onCompletion(async ({ textDocument, position }) => {
    const { completion } = await import('./completion.ts')
    const page = await opened(textDocument)
    return page ? completion(page, position) : []
  })
  connection.onDefinition(async ({ textDocument, position }) => {
    const { definition } = await navigation()
    const page = await opened(textDocument)
    return page ? [...definition(page, page.document.offsetAt(position))] : []
  })
  connection.onReferences(async ({ textDocument, position }) => {
    const { references } = await navigation()
    const page = await opened(textDocument)
    return page ? [...references(page, page.document.offsetAt(position))] : []
  })
  connection.onDocumentLinks(async ({ textDocument }) => {
    const { documentLinks } = await navigation()
    const page = await opened(textDocument)
    return page ? documentLinks(page) : []
  })
  connection.onDocumentSymbol(async ({ textDocument }) => {
    const { documentSymbols } = await navigation()
    const page = await opened(textDocument)
    return page ? documentSymbols(page) : []
  })
  connection.onWorkspaceSymbol(async ({ query }) => {
    const { workspaceSymbols } = await navigation()
    return workspaces.all.flatMap(each => workspaceSymbols(each, query))
  })
  connection.onPrepareRename(async ({ textDocument, position }) => {
    const { renamable } = await headings()
    const page = await opened(textDocument)
    return page && renamable(page, position)
  })
  connection.onRenameRequest(async ({ textDocument, position, newName }) => {
    const { renameHeading } = await headings()
    const page = await opened(textDocument)
    return page && renameHeading(page, position, newName)
  })
  connection.workspace.onWillRenameFiles(async ({ files }) => {
    const [first] = files
    if (!first) return null
    const { movePages, movesOf } = await import('./rename/move-page.ts')
    const { workspace } = await workspaces.of(first.oldUri)
    if (!workspace.site) return null
    const below = (uri: string) => pathBelow(workspace.root, fileURLToPath(uri))
    const renamed = files.map(({ oldUri, newUri }) => [below(oldUri), below(newUri)] as const)
    return movePages(workspace, movesOf(workspace.site, renamed)) ?? null
  })

  documents.listen(connection)
  connection.listen()
}
