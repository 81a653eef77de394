import { diagnostic } from '../diagnostic.ts'
import type { Diagnostic, Edit, Result, SourceFile } from '../model.ts'
import { saysTheSame } from './self-check.ts'

/** Applies edits that do not overlap, in any order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let out = ''
  let at = 0
  for (const { span, text: insert } of edits.toSorted(
    (a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1],
  )) {
    if (span[0] < at) throw new Error(`edits overlap at ${span[0]}`)
    out += text.slice(at, span[0]) + insert
    at = span[1]
  }
  return out + text.slice(at)
}

export const safeEdits = (diagnostics: readonly Diagnostic[]): readonly Edit[] =>
  diagnostics.flatMap(({ fix }) => (fix?.safe ? fix.edits : []))

/** The page with every safe fix made, or the page as it was and why: it would then say something else. */
export function fixSource(file: SourceFile, diagnostics: readonly Diagnostic[]): Result<SourceFile> {
  const edits = safeEdits(diagnostics)
  if (edits.length === 0) return { value: file, diagnostics: [] }
  const fixed = { ...file, text: applyEdits(file.text, edits) }
  if (saysTheSame(file, fixed)) return { value: fixed, diagnostics: [] }
  const message = 'The page is left alone: with its fixes it would say something else'
  const hint = 'set it by hand, and please report the page'
  return { value: file, diagnostics: [diagnostic('lint/left-alone', message, { hint, file, span: [0, 0] })] }
}
