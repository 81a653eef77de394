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
  const { made, withheld } = prove(file, diagnostics)
  return { made, withheld }
}

/** The same, and the page with those that may be made. */
function prove(file: SourceFile, diagnostics: readonly Diagnostic[]): ProvenFixes & { value: SourceFile } {
  const fixable = diagnostics.filter(({ fix }) => fix?.safe)
  if (fixable.length === 0) return { made: [], withheld: [], value: file }
  const { markdown: extend, opaque } = fixable.find(({ fix }) => fix?.markdown ?? fix?.opaque)?.fix ?? {}
  const isSafe = (some: readonly Diagnostic[], page = fixed(file, some)) =>
    saysTheSame(file, page, { writes: writesOf(some), extend, opaque })
  const whole = fixed(file, fixable)
  // Nearly always all of them go together.
  if (isSafe(fixable, whole)) return { made: fixable, withheld: [], value: whole }
  const made = largestSafeSet(fixable, some => isSafe(some), MOST_RENDERINGS)
  const safe = new Set(made)
  return {
    made,
    withheld: fixable.filter(each => !safe.has(each)),
    value: made.length === 0 ? file : fixed(file, made),
  }
}

export interface FixedSource extends Result<SourceFile> {
  readonly value: SourceFile
  /** What was changed, with spans in the page as it was, in order. */
  readonly edits: readonly Edit[]
}

/** The page with every safe fix made but those with which it would say something else, and which those are. */
export function fixSource(file: SourceFile, diagnostics: readonly Diagnostic[]): FixedSource {
  const { made, withheld, value } = prove(file, diagnostics)
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
