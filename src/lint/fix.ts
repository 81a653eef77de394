import type { Edit, SourceFile } from '../model.ts'
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

/** The page with the edits made, or undefined when it would then say something else: a bug of ours that must not reach the page. */
export function fixText(file: SourceFile, edits: readonly Edit[]): string | undefined {
  const text = applyEdits(file.text, edits)
  return saysTheSame(file, { ...file, text }) ? text : undefined
}
