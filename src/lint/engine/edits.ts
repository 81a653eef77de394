import type { Language } from '../../document/language.ts'
import type { Edit, Span } from '../../core/types.ts'
import { CellKind } from '../parse/cells.ts'
import type { CellChange, EditBuffer } from './edit-buffer.ts'
import type { JoinedText } from './joined-text.ts'

/** What one application of a rule changes. */
export interface Finding {
  readonly rule: string
  /** Ascending and apart; one at least. */
  readonly edits: readonly Edit[]
  /** It would make something else of the Markdown, and is only reported. */
  readonly withheld: boolean
  /** The characters of the rule that made it, when it is reported under another. */
  readonly writes?: string
  /** It changes letters or digits. */
  readonly isUnsafe?: boolean
  /** Of the text that it is in. */
  readonly lang?: Language | undefined
}

/** How a no-break space is written in place of this part of the source, for this cell. */
export type WriteBlank = (blank: string, span: Span, cell: number) => string

/** A buffer's changes as edits of the source, one finding for what a rule did in one go, in the order of the text. */
export function findingsOf(
  buffer: EditBuffer,
  joined: JoinedText,
  source: string,
  write: WriteBlank,
): readonly Finding[] {
  const place = { joined, source, write }
  const { lang } = joined
  const findings: { rule: string; edits: Edit[]; withheld: boolean; lang: Language | undefined }[] = []
  /** For each group, the number of its finding, counted from 1. */
  const numbers = new Int32Array(buffer.groups + 1)
  for (const change of buffer.changes) {
    const edit = editOf(change, place)
    const number = numbers[change.group] as number
    const finding = number === 0 ? undefined : findings[number - 1]
    const last = finding?.edits.at(-1)
    if (!finding)
      numbers[change.group] = findings.push({ rule: change.rule, edits: [edit], withheld: false, lang })
    else if (last?.span[1] === edit.span[0]) finding.edits[finding.edits.length - 1] = join(last, edit)
    else finding.edits.push(edit)
  }
  return findings
}

const join = (a: Edit, b: Edit): Edit => ({ span: [a.span[0], b.span[1]], text: a.text + b.text })

interface EditContext {
  readonly joined: JoinedText
  readonly source: string
  readonly write: WriteBlank
}

function editOf({ cell, text }: CellChange, place: EditContext): Edit {
  const { joined, source, write } = place
  const span = joined.span(cell)
  const base = joined.text[cell] as string
  if (text === '\n') return { span, text: nextLineBreak(cell, place) }
  if (text.length > 1 && text.startsWith(base)) {
    const at: Span = [span[1], span[1]]
    return { span: at, text: blanks(text.slice(1), at, cell, write) }
  }
  if (joined.kind(cell) === CellKind.text && source.charCodeAt(span[0]) !== base.charCodeAt(0))
    throw new Error(`cell ${cell} is not where it was`)
  return { span, text: blanks(text, span, cell, write) }
}

/** The line break that a moved one is copied from, with the next line's prefix. */
function nextLineBreak(cell: number, { joined, source }: EditContext): string {
  const next = joined.text.indexOf('\n', cell)
  const [start, end] = joined.span(next)
  return source.slice(start, end).replace(/^[ \t]+/, '')
}

function blanks(text: string, span: Span, cell: number, write: WriteBlank): string {
  if (text.length === 1) return isNoBreak(text) ? write(text, span, cell) : text
  let written = ''
  for (const character of text) written += isNoBreak(character) ? write(character, span, cell) : character
  return written
}

const isNoBreak = (character: string) => character === '\u00A0' || character === '\u202F'
