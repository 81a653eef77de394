import type { Edit, Span } from '../../core/types.ts'
import { Kind } from '../parse/cells.ts'
import type { Change, Draft } from './edit-buffer.ts'
import type { Galley } from './joined-text.ts'

/** What one application of a rule changes. */
export interface Finding {
  readonly rule: string
  /** Ascending and apart; one at least. */
  readonly edits: readonly Edit[]
  /** It would make something else of the Markdown, and is only reported. */
  readonly withheld: boolean
}

/** How a no-break space is written in place of this part of the source, for this cell. */
export type WriteBlank = (blank: string, span: Span, cell: number) => string

/** A draft's changes as edits of the source, one finding for what a rule did in one go, in the order of the text. */
export function findingsOf(
  draft: Draft,
  galley: Galley,
  source: string,
  write: WriteBlank,
): readonly Finding[] {
  const place = { galley, source, write }
  const findings: { rule: string; edits: Edit[]; withheld: boolean }[] = []
  /** For each group, the number of its finding, counted from 1. */
  const numbers = new Int32Array(draft.groups + 1)
  for (const change of draft.changes) {
    const edit = editOf(change, place)
    const finding = findings[(numbers[change.group] as number) - 1]
    const last = finding?.edits.at(-1)
    if (!finding) numbers[change.group] = findings.push({ rule: change.rule, edits: [edit], withheld: false })
    else if (last?.span[1] === edit.span[0]) finding.edits[finding.edits.length - 1] = join(last, edit)
    else finding.edits.push(edit)
  }
  return findings
}

const join = (a: Edit, b: Edit): Edit => ({ span: [a.span[0], b.span[1]], text: a.text + b.text })

interface Place {
  readonly galley: Galley
  readonly source: string
  readonly write: WriteBlank
}

function editOf({ cell, text }: Change, place: Place): Edit {
  const { galley, source, write } = place
  const span = galley.span(cell)
  const base = galley.text[cell] as string
  if (text === '\n') return { span, text: nextLineBreak(cell, place) }
  if (text.length > 1 && text.startsWith(base)) {
    const at: Span = [span[1], span[1]]
    return { span: at, text: blanks(text.slice(1), at, cell, write) }
  }
  if (galley.kind(cell) === Kind.text && source[span[0]] !== base)
    throw new Error(`cell ${cell} is not where it was`)
  return { span, text: blanks(text, span, cell, write) }
}

/** The line break that a moved one is copied from, with the next line's prefix. */
function nextLineBreak(cell: number, { galley, source }: Place): string {
  const next = galley.text.indexOf('\n', cell)
  const [start, end] = galley.span(next)
  return source.slice(start, end).replace(/^[ \t]+/, '')
}

function blanks(text: string, span: Span, cell: number, write: WriteBlank): string {
  if (text.length === 1) return noBreak.includes(text) ? write(text, span, cell) : text
  let written = ''
  for (const character of text)
    written += noBreak.includes(character) ? write(character, span, cell) : character
  return written
}

const noBreak = '\u00A0\u202F'
