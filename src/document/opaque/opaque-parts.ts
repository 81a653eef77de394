import type { SourceFile } from '../../core/types.ts'
import type { Document } from '../document.ts'
import { findOpaque, OWN, type OpaquePart } from './find-opaque.ts'
import { matchOwn } from './own-patterns.ts'
import { lineEnd } from './syntax.ts'

/** What of a text is opaque, in order and apart. */
export class OpaqueParts {
  readonly parts: readonly OpaquePart[]
  private readonly text: string
  private sortedEdges: readonly number[] | undefined

  constructor(text: string, parts: readonly OpaquePart[]) {
    this.parts = parts
    this.text = text
  }

  /** Where lines begin and end that begin or end something opaque, ascending. Of the parts of a page few are asked for. */
  private get edges(): readonly number[] {
    return (this.sortedEdges ??= this.parts
      .flatMap(part => edgesOf(this.text, part))
      .toSorted((a, b) => a - b))
  }

  get isEmpty(): boolean {
    return this.parts.length === 0
  }

  /** The number of the first part that ends behind `offset`. */
  firstAfter(offset: number): number {
    return search(this.parts.length, i => (this.parts[i] as OpaquePart).span[1] > offset)
  }

  /** Whether something opaque lies between these offsets, or around one of them. */
  meets(from: number, to: number): boolean {
    const part = this.parts[this.firstAfter(from)]
    return part !== undefined && part.span[0] <= to
  }

  at(offset: number): OpaquePart | undefined {
    const part = this.parts[this.firstAfter(offset)]
    return part && part.span[0] <= offset ? part : undefined
  }

  /** Whether something of the table ends here, which what is written behind it cannot lengthen. */
  endsAt(offset: number): boolean {
    const part = offset > 0 ? this.at(offset - 1) : undefined
    return part?.span[1] === offset && part.name !== OWN
  }

  /** Whether a line that begins or ends something opaque is before or behind the line end between these offsets. */
  isEdge(from: number, to: number): boolean {
    const edge = this.edges[search(this.edges.length, i => (this.edges[i] as number) >= from)]
    return edge !== undefined && edge <= to
  }
}

/** The first number below `count` that it is true of; it is true of all that follow. */
function search(count: number, isTrue: (i: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (isTrue(middle)) high = middle
    else low = middle + 1
  }
  return low
}

function edgesOf(text: string, { core: [start, end] }: OpaquePart): readonly number[] {
  const before = text.slice(Math.max(0, start - 100), start)
  const begins = /(?:^|[\r\n])[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*$/.test(before)
  const ends = /^[ \t]*(?:[\r\n]|$)/.test(text.slice(end, end + 100))
  const isLong = /[\r\n]/.test(text.slice(start, end))
  return begins || ends || isLong ? [lineStart(text, start), lineEnd(text, end)] : []
}

function lineStart(text: string, at: number): number {
  let start = at
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--
  return start
}

interface KnownParts {
  readonly file: SourceFile
  readonly bodyStart: number
  readonly own: readonly string[]
  readonly parts: OpaqueParts
}

/** Of the page that was asked for last: whoever lints it asks several times, and once more to prove its fixes. */
let last: KnownParts | undefined
const none: readonly string[] = []

/** What of a document's body is opaque, by the table and by the author's own regular expressions. May throw a `SlowPattern`. */
export function opaqueParts(document: Document, own: readonly string[] = none): OpaqueParts {
  const { file, format, bodyStart } = document
  if (last?.file === file && last.bodyStart === bodyStart && last.own === own) return last.parts
  const parts = new OpaqueParts(
    file.text,
    opaqueIn(file.text, { path: file.path, format, start: bodyStart, own }),
  )
  last = { file, bodyStart, own, parts }
  return parts
}

interface Text {
  readonly path: string
  readonly format: Document['format']
  readonly start: number
  readonly own: readonly string[]
}

const opaqueIn = (text: string, { path, format, start, own }: Text): readonly OpaquePart[] =>
  findOpaque(text, { format, isMdx: /\.mdx$/i.test(path), start, own: matchOwn(text, start, own) })
