import type { CodeAction } from 'vscode-languageserver'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { configNames } from '../../config/site-root.ts'
import { isPresent, readSource } from '../../core/read-file.ts'
import { parseJson } from '../../core/json.ts'
import { documentOf, rangeOf } from '../positions.ts'
import { CodeActionKind } from '../protocol.ts'
import type { Workspace } from '../site/workspace.ts'

/** What a client said that it can do. */
export interface ClientAbilities {
  /** Whether an edit of a workspace may make files. */
  readonly createsFiles: boolean
}

const NAME = 'imprimatur.config.json'

/**
 * Turns a rule off in a configuration of JSON. One that is a program is its author's to change. Where there is none, one is made, by a client
 * that can make files.
 */
export function ruleOff(
  { root }: Pick<Workspace, 'root'>,
  code: string,
  { createsFiles }: ClientAbilities,
): CodeAction[] {
  const hasOne = configNames.some(name => isPresent(join(root, name)))
  if (!hasOne) return createsFiles ? [newConfig(root, code)] : []
  const file = readSource(root, NAME).value
  if (!file) return []
  const config = parsed(file.text)
  if (!config) return []
  const rules = { ...config.lint?.rules, [code]: 'off' }
  const indent = /\n([ \t]+)"/.exec(file.text)?.[1] ?? '  '
  const newText = `${JSON.stringify({ ...config, lint: { ...config.lint, rules } }, null, indent)}\n`
  const document = documentOf(file)
  const range = rangeOf(document, [0, file.text.length])
  const uri = pathToFileURL(join(root, NAME)).href
  return [
    {
      title: `Turn ${code} off for this site`,
      kind: CodeActionKind.QuickFix,
      edit: { changes: { [uri]: [{ range, newText }] } },
    },
  ]
}

/** LSP 3.17, `WorkspaceEdit`: what it does is done in order, and `null` is the version of what no client has open. */
function newConfig(root: string, code: string): CodeAction {
  const uri = pathToFileURL(join(root, NAME)).href
  const newText = `${JSON.stringify({ lint: { rules: { [code]: 'off' } } }, null, 2)}\n`
  const start = { line: 0, character: 0 }
  return {
    title: `Turn ${code} off for this site, in a new ${NAME}`,
    kind: CodeActionKind.QuickFix,
    edit: {
      documentChanges: [
        { kind: 'create', uri, options: { overwrite: false, ignoreIfExists: false } },
        { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText }] },
      ],
    },
  }
}

interface JsonConfig {
  readonly lint?: { readonly rules?: object }
}

function parsed(text: string): JsonConfig | undefined {
  try {
    return parseJson(text) as JsonConfig
  } catch {
    return undefined
  }
}
