import type { Edit, Span } from '../../core/types.ts'
import type { Document } from '../../document/document.ts'
import { opaqueParts, type OpaqueParts } from '../../document/opaque/opaque-parts.ts'
import { WORD } from './cells.ts'
import type { WriteBlank } from '../engine/edits.ts'
import type { JoinedText } from '../engine/joined-text.ts'

const entityOf = (blank: string) => (blank === '\u00A0' ? '&nbsp;' : '&#8239;')

export const asCharacter: WriteBlank = blank => blank

export const asEntity: WriteBlank = blank => entityOf(blank)

/** An edit with its no-break spaces written as entities. */
export const asEntities = ({ span, text }: Edit): Edit => ({
  span,
  text: text.replace(/[\u00A0\u202F]/g, entityOf),
})

interface BlankContext {
  /** Takes the places that only the parser can judge. */
  readonly uncertain: Set<number>
  readonly opaque: OpaqueParts
}

/**
 * An entity, where it means the same in Markdown: to a star or an underscore it is punctuation, it would lengthen an address,
 * and behind a backslash it is none. Beside what delimits emphasis only the parser can judge: those places go into `uncertain`.
 */
export const inMarkdown =
  (source: string, joined: JoinedText, { uncertain, opaque }: BlankContext): WriteBlank =>
  (blank, [start, end], cell) => {
    if (isAmongText(source, [start, end], joined.text, cell)) return entityOf(blank)
    const [left, right] = [source[start - 1] ?? '', source[end] ?? '']
    const [before, after] = [joined.text[cell - 1] ?? '', joined.text[cell + 1] ?? '']
    if (left === '\\') return blank
    if (before && joined.span(cell - 1)[1] === start)
      if (before === WORD ? !/[>)\]`}]/.test(left) && !opaque.endsAt(start) : delimiter.test(before))
        return blank
    if (delimiter.test(after) && joined.span(cell + 1)[0] === end) return blank
    const beforeAddress = after === WORD && /[a-z\d/]/i.test(right)
    if (beforeAddress || standsBare(source, start - 1, -1) || standsBare(source, end, 1)) uncertain.add(start)
    return entityOf(blank)
  }

interface Writing {
  readonly noBreakSpace: 'entity' | 'character'
  /** Regular expressions of what is opaque besides. */
  readonly opaque?: readonly string[]
}

/**
 * How no-break spaces are written into a document; `uncertain` where it is Markdown. In YAML nobody could see one, and a layout
 * puts it in with `typeset()`; so it is an ordinary blank there, which makes most changes none.
 */
export function writerFor(
  document: Document,
  { noBreakSpace, opaque }: Writing,
  joined: JoinedText,
  uncertain: Set<number> | undefined,
): WriteBlank {
  const { file, bodyStart: start } = document
  const write =
    noBreakSpace === 'character'
      ? asCharacter
      : uncertain
        ? inMarkdown(file.text, joined, { uncertain, opaque: opaqueParts(document, opaque) })
        : asEntity
  return start === 0 ? write : (blank, span, cell) => (span[0] < start ? ' ' : write(blank, span, cell))
}

const delimiter = /^[*_~=]$/

/** Whether a cell stands between two that are as in the source, and neither may mean something else beside an entity. */
function isAmongText(source: string, [start, end]: Span, text: string, cell: number): boolean {
  const left = source.charCodeAt(start - 1)
  const right = source.charCodeAt(end)
  if (left !== text.charCodeAt(cell - 1) || right !== text.charCodeAt(cell + 1)) return false
  return !isDelimiting(left) && !isDelimiting(right)
}

/** One of \*_~= */
const isDelimiting = (code: number) =>
  code === 0x5c || code === 0x2a || code === 0x5f || code === 0x7e || code === 0x3d

/**
 * Whether delimiters begin here, going `step` by `step`, with no letter or digit behind them. Otherwise it does not matter
 * to them whether a blank or a punctuation mark is on this side (CommonMark 6.2, flanking).
 */
function standsBare(source: string, at: number, step: 1 | -1): boolean {
  if (!delimiter.test(source[at] ?? '')) return false
  let behind = at + step
  while (delimiter.test(source[behind] ?? '')) behind += step
  return !/[\p{L}\p{N}]/u.test(source[behind] ?? '')
}
