import { diagnostic } from '../core/diagnostic.ts'
import type { Diagnostic, Edit, Result, SourceFile } from '../core/types.ts'
import { ruleCodes } from './rules/rule-codes.ts'
import { largestSafeSet } from './safety/bisect.ts'
import { saysTheSame } from './safety/same-meaning.ts'

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

/** The characters that a page may have more or fewer of when the safe fixes are made. */
export const writesOf = (diagnostics: readonly Diagnostic[]): string =>
  [...new Set(diagnostics.map(({ fix }) => (fix?.safe && fix.writes) || ''))].join('')

/** Pages to render at most to find the fix at fault. */
const MOST_RENDERINGS = 200

export interface ProvenFixes {
  /** With all of these the page says what it said. */
  readonly made: readonly Diagnostic[]
  /** Those with which it would say something else. */
  readonly withheld: readonly Diagnostic[]
}

/** Which safe fixes of a page may be made together. */
export function provenFixes(file: SourceFile, diagnostics: readonly Diagnostic[]): ProvenFixes {
  const fixable = diagnostics.filter(({ fix }) => fix?.safe)
  if (fixable.length === 0) return { made: [], withheld: [] }
  const { markdown: extend, opaque } = fixable.find(({ fix }) => fix?.markdown ?? fix?.opaque)?.fix ?? {}
  const isSafe = (some: readonly Diagnostic[]) =>
    saysTheSame(file, fixed(file, some), { writes: writesOf(some), extend, opaque })
  const safe = new Set(largestSafeSet(fixable, isSafe, MOST_RENDERINGS))
  return { made: [...safe], withheld: fixable.filter(each => !safe.has(each)) }
}

export interface FixedSource extends Result<SourceFile> {
  readonly value: SourceFile
  /** What was changed, with spans in the page as it was, in order. */
  readonly edits: readonly Edit[]
}

/** The page with every safe fix made but those with which it would say something else, and which those are. */
export function fixSource(file: SourceFile, diagnostics: readonly Diagnostic[]): FixedSource {
  const { made, withheld } = provenFixes(file, diagnostics)
  const value = made.length === 0 ? file : fixed(file, made)
  const edits = safeEdits(made).toSorted((a, b) => a.span[0] - b.span[0])
  return { value, edits, diagnostics: withheld.map(each => leftAlone(file, each)) }
}

const fixed = (file: SourceFile, some: readonly Diagnostic[]): SourceFile => ({
  ...file,
  text: applyEdits(file.text, safeEdits(some)),
})

const leftAlone = (file: SourceFile, { code, span }: Diagnostic): Diagnostic =>
  diagnostic('lint/left-alone', `With the fix of ${code} the page would say something else`, {
    hint: ruleCodes.has(code)
      ? 'set it by hand, and please report the page'
      : 'set it by hand, or make the rule narrower',
    file,
    span,
  })
