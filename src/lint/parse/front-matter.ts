import type { SourceFile } from '../../core/types.ts'
import { CellKind, Segment } from './cells.ts'
import { bodyStart } from './document.ts'
import type { Language } from '../../document/language.ts'

/** The values of `title` and `description`, where the YAML stays valid whatever is set in them. */
export function frontMatterSegments({ text }: SourceFile, lang: Language | undefined): readonly Segment[] {
  const head = text.slice(0, bodyStart(text))
  return [...head.matchAll(/^(?:title|description):[ \t]+(.*)$/gm)].flatMap(
    ({ 0: line, 1: value = '', index }) => scalar(value, index + line.length - value.length, lang) ?? [],
  )
}

/** YAML 1.2, 7.3: a plain scalar, or one in quotes, on one line. Undefined for others, and where there are escapes. */
function scalar(value: string, start: number, lang: Language | undefined): Segment | undefined {
  const [, single, double] = /^'((?:[^']|'')*)'\s*$|^"([^"\\]*)"\s*$/.exec(value) ?? []
  const inner = single ?? double
  if (inner === undefined && /^[-?:,[\]{}#&*!|>'"%@`]/.test(value)) return undefined
  const segment = new Segment(lang, true)
  const from = start + (inner === undefined ? 0 : 1)
  const text = inner ?? value.replace(/\s+#.*$|\s+$/, '')
  for (const { 0: part, index } of text.matchAll(single === undefined ? /.+/g : /''|[^']+/g)) {
    const apostrophe = single !== undefined && part === "''"
    const kind = apostrophe ? CellKind.blank : CellKind.text
    segment.add(apostrophe ? "'" : part, kind, from + index, from + index + part.length)
  }
  return segment.pieces.length > 0 ? segment : undefined
}
