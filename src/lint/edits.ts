import type { Edit, Span } from '../model.ts'
import { Kind } from './cells.ts'
import type { Change, Draft } from './draft.ts'
import type { Galley } from './galley.ts'

/** What one application of a rule changes. */
export interface Finding {
  readonly rule: string
  readonly span: Span
  /** Ascending and apart. */
  readonly edits: readonly Edit[]
}

/** How a no-break space is written at a place of the source. */
export type WriteBlank = (blank: string, span: Span, neighbours: Neighbours) => string

/** The cells beside the one that is written. */
export interface Neighbours {
  readonly before: { readonly text: string; readonly span: Span } | undefined
  readonly after: { readonly text: string; readonly span: Span } | undefined
}

/** A draft's changes as edits of the source, one finding for what a rule did in one go, in source order. */
export function findingsOf(
  draft: Draft,
  galley: Galley,
  source: string,
  write: WriteBlank,
): readonly Finding[] {
  const findings = new Map<number, { rule: string; edits: Edit[] }>()
  const cells = [...draft.changes.keys()].toSorted((a, b) => a - b)
  for (const cell of cells) {
    const change = draft.changes.get(cell) as Change
    const edit = editOf(cell, change, { galley, source, write })
    const finding = findings.get(change.group) ?? { rule: change.rule, edits: [] }
    const last = finding.edits.at(-1)
    if (last && last.span[1] === edit.span[0]) finding.edits[finding.edits.length - 1] = join(last, edit)
    else finding.edits.push(edit)
    findings.set(change.group, finding)
  }
  return [...findings.values()]
    .map(({ rule, edits }) => ({ rule, edits, span: spanOf(edits) }))
    .toSorted((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1])
}

const join = (a: Edit, b: Edit): Edit => ({ span: [a.span[0], b.span[1]], text: a.text + b.text })

const spanOf = (edits: readonly Edit[]): Span => [(edits[0] as Edit).span[0], (edits.at(-1) as Edit).span[1]]

interface Place {
  readonly galley: Galley
  readonly source: string
  readonly write: WriteBlank
}

function editOf(cell: number, { text }: Change, place: Place): Edit {
  const { galley, source } = place
  const span = galley.span(cell)
  const base = galley.text[cell] as string
  if (text === '\n') return { span, text: nextLineBreak(cell, place) }
  if (text.length > 1 && text.startsWith(base)) {
    const at: Span = [span[1], span[1]]
    return { span: at, text: blanks(text.slice(1), at, cell, place) }
  }
  if (galley.kind(cell) === Kind.text && source.slice(...span) !== base)
    throw new Error(`cell ${cell} is not where it was`)
  return { span, text: blanks(text, span, cell, place) }
}

/** The line break that a moved one is copied from, with the next line's prefix. */
function nextLineBreak(cell: number, { galley, source }: Place): string {
  const next = galley.text.indexOf('\n', cell)
  const [start, end] = galley.span(next)
  return source.slice(start, end).replace(/^[ \t]+/, '')
}

function blanks(text: string, span: Span, cell: number, { galley, write }: Place): string {
  const at = (place: number) => {
    const neighbour = galley.text[place]
    return neighbour === undefined ? undefined : { text: neighbour, span: galley.span(place) }
  }
  return text.replace(/[\u00A0\u202F]/g, blank =>
    write(blank, span, { before: at(cell - 1), after: at(cell + 1) }),
  )
}
