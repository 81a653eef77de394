import type { Document } from '../../document/document.ts'
import { CellKind, Segment } from './cells.ts'
import type { Language } from '../../document/language.ts'

/** The values of `title` and `description`, where the YAML stays valid whatever is set in them. */
export function frontMatterSegments(document: Document, lang: Language | undefined): readonly Segment[] {
  const { file, frontMatter } = document
  if (frontMatter.language !== 'yaml') return []
  return ['title', 'description']
    .filter(name => typeof frontMatter.fields[name] === 'string')
    .map(name => frontMatter.span(name, 'value'))
    .toSorted((a, b) => a[0] - b[0])
    .flatMap(([start, end]) => scalar(file.text.slice(start, end), start, lang) ?? [])
}

/** YAML 1.2, 7.3: a plain scalar, or one in quotes, on one line. Undefined for others, and where there are escapes. */
function scalar(value: string, start: number, lang: Language | undefined): Segment | undefined {
  if (/[\r\n]/.test(value)) return undefined
  const [, single, double] = /^'((?:[^']|'')*)'$|^"([^"\\]*)"$/.exec(value) ?? []
  const inner = single ?? double
  if (inner === undefined && /^[-?:,[\]{}#&*!|>'"%@`]/.test(value)) return undefined
  const segment = new Segment(lang, true)
  const from = start + (inner === undefined ? 0 : 1)
  const text = inner ?? value
  for (const { 0: part, index } of text.matchAll(single === undefined ? /.+/g : /''|[^']+/g)) {
    const apostrophe = single !== undefined && part === "''"
    const kind = apostrophe ? CellKind.blank : CellKind.text
    segment.add(apostrophe ? "'" : part, kind, from + index, from + index + part.length)
  }
  return segment.pieces.length > 0 ? segment : undefined
}
