import type { Document } from '../../document/document.ts'
import { findOpaque, type OpaquePart } from '../../document/opaque/find-opaque.ts'
import { matchOwn } from '../../document/opaque/own-patterns.ts'
import { CellKind, Segment, WORD } from './cells.ts'
import type { Language } from '../../document/language.ts'

interface Reading {
  readonly lang: Language | undefined
  /** The author's own regular expressions of what is opaque. */
  readonly own?: readonly string[] | undefined
}

/**
 * The values of `title` and `description`, where the YAML stays valid whatever is set in them. What is opaque in a text is opaque in
 * them. May throw a `SlowPattern`.
 */
export function frontMatterSegments(document: Document, { lang, own = [] }: Reading): readonly Segment[] {
  const { file, format, frontMatter } = document
  if (frontMatter.language !== 'yaml') return []
  return ['title', 'description']
    .filter(name => typeof frontMatter.fields[name] === 'string')
    .map(name => frontMatter.span(name, 'value'))
    .toSorted((a, b) => a[0] - b[0])
    .flatMap(([start, end]) => {
      const scalar = readScalar(file.text.slice(start, end))
      if (!scalar) return []
      const { text, from } = scalar
      const opaque = findOpaque(text, { format, own: matchOwn(text, 0, own) })
      const segment = segmentOf(scalar, opaque, { lang, at: start + from })
      return segment.pieces.length > 0 ? segment : []
    })
}

interface Scalar {
  readonly text: string
  /** Behind the quotation mark, if there is one. */
  readonly from: number
  readonly isSingleQuoted: boolean
}

/** YAML 1.2, 7.3: a plain scalar, or one in quotes, on one line. Undefined for others, and where there are escapes. */
function readScalar(value: string): Scalar | undefined {
  if (/[\r\n]/.test(value)) return undefined
  const [, single, double] = /^'((?:[^']|'')*)'$|^"([^"\\]*)"$/.exec(value) ?? []
  const inner = single ?? double
  if (inner === undefined && /^[-?:,[\]{}#&*!|>'"%@`]/.test(value)) return undefined
  return { text: inner ?? value, from: inner === undefined ? 0 : 1, isSingleQuoted: single !== undefined }
}

function segmentOf(
  { text, isSingleQuoted }: Scalar,
  opaque: readonly OpaquePart[],
  { lang, at }: { lang: Language | undefined; at: number },
): Segment {
  const segment = new Segment(lang, true)
  const addProse = (start: number, end: number) => {
    const pattern = isSingleQuoted ? /''|[^']+/g : /.+/g
    for (const { 0: part, index } of text.slice(start, end).matchAll(pattern)) {
      const isApostrophe = isSingleQuoted && part === "''"
      const from = at + start + index
      const kind = isApostrophe ? CellKind.blank : CellKind.text
      segment.add(isApostrophe ? "'" : part, kind, from, from + part.length)
    }
  }
  let done = 0
  for (const { core, stands } of opaque) {
    addProse(done, core[0])
    done = core[1]
    if (stands !== 'nothing') segment.add(WORD, CellKind.fixed, at + core[0], at + core[1])
  }
  addProse(done, text.length)
  return segment
}
