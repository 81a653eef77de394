import { decodeHTMLStrict } from 'entities/decode'
import type { Span } from '../../core/types.ts'
import type { Language } from '../../document/language.ts'
import { findOpaque, OWN } from '../../document/opaque/find-opaque.ts'
import type { OpaqueParts } from '../../document/opaque/opaque-parts.ts'
import { CellKind, MARK, reserved, Segment, WORD } from './cells.ts'
import type { Content } from './content.ts'

/** CommonMark 6.3, link title: the last thing in an image that is no reference. */
const TITLE =
  /[ \t\r\n](?:"((?:\\[^]|[^"\\])*)"|'((?:\\[^]|[^'\\])*)'|\(((?:\\[^]|[^()\\])*)\))[ \t\r\n]*\)$/d

/** Escapes, entities, line ends, runs of blanks, and what is what it seems. */
const PARTS =
  /\\[!-/:-@[-`{-~]|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});|[ \t]*\n[ \t]*|[ \t]{2,}|\t|(?:[^\\&\n\t ]| (?![ \t\n]))+|[^]/gi

interface CaptionContext {
  readonly lang: Language | undefined
  readonly opaque: OpaqueParts
}

/**
 * The captions of figures, given what their images are written as: none of a reference, whose title stands elsewhere, nor of what the
 * author says is opaque.
 */
export const captionSegments = (
  images: readonly Content[],
  { lang, opaque }: CaptionContext,
): readonly Segment[] =>
  images.flatMap(image => {
    const { indices } = TITLE.exec(image.text) ?? {}
    const span = indices?.[1] ?? indices?.[2] ?? indices?.[3]
    if (!span || opaque.at(image.toSource(span[0]))?.name === OWN) return []
    const segment = captionSegment(image.cut(...span), lang)
    return segment.pieces.length > 0 ? [segment] : []
  })

function captionSegment(title: Content, lang: Language | undefined): Segment {
  const segment = new Segment(lang, false)
  const add = (cells: string, kind: CellKind, [from, to]: Span) =>
    segment.add(cells, kind, title.toSource(from), title.toSource(to - 1) + 1)
  const addProse = (start: number, end: number) => {
    for (const { 0: part, index } of title.text.slice(start, end).matchAll(PARTS)) {
      const span: Span = [start + index, start + index + part.length]
      const character = /^[\\&]./.test(part) ? decoded(part) : undefined
      if (character) add(character, isMark(character) ? CellKind.blank : CellKind.fixed, span)
      else if (part.includes('\n')) add('\n', CellKind.fixed, span)
      else if (/^[ \t]{2}|^\t/.test(part)) add(' ', CellKind.blank, span)
      else if (reserved.test(part)) add(WORD, CellKind.fixed, span)
      else add(part, CellKind.text, span)
    }
  }
  let done = 0
  for (const { core, stands } of findOpaque(title.text, { format: 'html' })) {
    addProse(done, core[0])
    done = core[1]
    if (stands !== 'nothing') add(WORD, CellKind.fixed, core)
  }
  addProse(done, title.text.length)
  return segment
}

/** Between quotation marks no other is written but so. */
const isMark = (character: string) => character === '"' || character === "'"

function decoded(part: string): string {
  const character = part.startsWith('&') ? decodeHTMLStrict(part) : part.slice(1)
  if (/^[<>]$/.test(character)) return MARK
  return character.length === 1 && !reserved.test(character) ? character : WORD
}
