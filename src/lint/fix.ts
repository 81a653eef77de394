import { diagnostic } from '../core/diagnostic.ts'
import type { Diagnostic, Edit, Result, SourceFile } from '../core/types.ts'
import { saysTheSame } from './safety/same-meaning.ts'
import { largestSafeSet } from './safety/bisect.ts'

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

/** Pages to render at most to find the fix at fault. */
const MOST_RENDERINGS = 200

/** The page with every safe fix made but those with which it would say something else, and which those are. */
export function fixSource(file: SourceFile, diagnostics: readonly Diagnostic[]): Result<SourceFile> {
  const fixable = diagnostics.filter(({ fix }) => fix?.safe)
  if (fixable.length === 0) return { value: file, diagnostics: [] }
  const fixed = (some: readonly Diagnostic[]) => ({ ...file, text: applyEdits(file.text, safeEdits(some)) })
  const safe = new Set(largestSafeSet(fixable, some => saysTheSame(file, fixed(some)), MOST_RENDERINGS))
  const withheld = fixable.filter(each => !safe.has(each))
  return { value: fixed([...safe]), diagnostics: withheld.map(each => leftAlone(file, each)) }
}

const leftAlone = (file: SourceFile, { code, span }: Diagnostic): Diagnostic =>
  diagnostic('lint/left-alone', `With the fix of ${code} the page would say something else`, {
    hint: 'set it by hand, and please report the page',
    file,
    span,
  })
