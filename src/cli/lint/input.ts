import { resolve } from 'node:path'
import { diagnostic } from '../../core/diagnostic.ts'
import { reason } from '../../core/source.ts'
import type { Diagnostic, SourceFile } from '../../core/types.ts'
import { readDocument } from '../../document/document.ts'
import { ignoring } from '../../lint/files.ts'
import type { Call, Outcome } from '../arguments.ts'
import type { LintRun } from './run.ts'
import { lintText } from './text.ts'
import { pathBelow } from '../../config/site-root.ts'

/** Lints one page from standard input; one that is ignored passes as it is. */
export async function lintInput(job: LintRun, cwd: string, stdin: Call['stdin']): Promise<Outcome> {
  const { root, config, settingsOf, mode, values } = job
  let text: string
  try {
    text = stdin.read()
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error
    const hint = 'pipe a page into it: imprimatur lint --stdin < page.md'
    const message = `Standard input cannot be read: ${reason(error)}`
    return { diagnostics: [diagnostic('usage/argument', message, { hint })] }
  }
  const name = resolve(cwd, String(values['stdin-filename'] ?? 'stdin.md'))
  const file = { path: pathBelow(root, name), text }
  if (ignoring(config.lint.ignore)(file.path))
    return { diagnostics: [], ...(mode === 'fix' && { output: text }) }
  const {
    diagnostics: found,
    leftAlone,
    fixed,
  } = await lintText(readDocument(file), settingsOf(file.path), mode)
  const diagnostics = [...found, ...leftAlone]
  if (mode === 'fix') return { diagnostics, output: fixed.text }
  return mode === 'diff' ? difference(diagnostics, await diffOf(file, fixed)) : { diagnostics }
}

/** What `--diff` prints of a page; empty when nothing would change. */
export async function diffOf(before: SourceFile, after: SourceFile): Promise<string> {
  if (before.text === after.text) return ''
  const { unifiedDiff } = await import('../../lint/diff.ts')
  return unifiedDiff(before, after)
}

/** A difference is a finding. */
export const difference = (diagnostics: readonly Diagnostic[], output: string): Outcome => ({
  diagnostics,
  output,
  failed: output !== '',
})
