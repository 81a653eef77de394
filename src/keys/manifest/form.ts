import type { Code } from '../../core/codes.ts'
import { diagnostic, suggestion } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'
import { findIssues, type Issue, type StructureKind } from './kinds.ts'
import type { LocatedDocument } from './yaml-document.ts'

/** What the faults of a form are called. */
interface FormCodes {
  readonly value: Code
  readonly unknownKey: Code
}

/** Everything in a YAML file that is not of this kind, with its place. A key without a value is missing. */
export const formFaults = (
  document: LocatedDocument,
  kind: StructureKind,
  codes: FormCodes,
): readonly Diagnostic[] =>
  findIssues(kind, withoutNulls(document.value)).map(issue => explain(issue, document, codes))

const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])),
  )
}

function explain(
  issue: Issue,
  { file, value, spanOf, keySpanOf, start }: LocatedDocument,
  codes: FormCodes,
): Diagnostic {
  const { path } = issue
  const key = path.findLast(part => typeof part === 'string')
  if (issue.what === 'unknown-key') {
    const hint = `${suggestion(String(key), issue.known)}the keys here are ${issue.known.join(', ')}`
    return diagnostic(codes.unknownKey, `“${key}” is no key here`, { hint, file, span: keySpanOf(path) })
  }
  if (issue.what === 'missing') {
    const hint = `add it; it must be ${issue.expected}`
    return diagnostic(codes.value, `“${key}” is missing`, { hint, file, span: spanOf(path) })
  }
  if (path.length === 0)
    return diagnostic(codes.value, `The file must be ${issue.expected}`, {
      hint: 'write it so',
      file,
      span: start,
    })
  const written = path.reduce<unknown>((inner, part) => (inner as Record<string, unknown>)[part], value)
  const hint =
    typeof written === 'string' || typeof written === 'object'
      ? 'correct it'
      : 'correct it; a number or a date goes in quotes'
  const what = typeof path.at(-1) === 'number' ? `An item of “${key}”` : `“${key}”`
  return diagnostic(codes.value, `${what} must be ${issue.expected}`, { hint, file, span: spanOf(path) })
}
