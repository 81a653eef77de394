import type { CodeAction } from 'vscode-languageserver'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { readSource } from '../../core/read-file.ts'
import { parseJson } from '../../core/json.ts'
import { documentOf, rangeOf } from '../positions.ts'
import { CodeActionKind } from '../protocol.ts'
import type { Workspace } from '../site/workspace.ts'

const NAME = 'imprimatur.config.json'

/** Turns a rule off in a configuration of JSON. One that is a program is its author's to change. */
export function ruleOff({ root }: Pick<Workspace, 'root'>, code: string): CodeAction[] {
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
