import { createRequire } from 'node:module'
import type * as Protocol from 'vscode-languageserver/node'

/** By `require`: `import` would look for the exports of its eighty files first, which takes twice as long as to run them. */
export const {
  CodeActionKind,
  CompletionItemKind,
  DiagnosticSeverity,
  SymbolKind,
  TextDocuments,
  TextDocumentSyncKind,
  createConnection,
} = createRequire(import.meta.url)('vscode-languageserver/node') as typeof Protocol

/** The kind of the action that sets all of a page: what editors call when they save. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.imprimatur`
