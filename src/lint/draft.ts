import { align, type Step } from './align.ts'

/** What a draft may do to the text that it began with; cells are counted from 0. */
export interface Permission {
  write(cell: number, rule: string): boolean
  /** Whether something may be put between this cell and the next. */
  insertAfter(cell: number, rule: string): boolean
  /** Whether the source may be broken into two lines behind this cell, a blank. */
  breakAfter(cell: number): boolean
}

export interface Change {
  /** What stands in place of the cell. */
  readonly text: string
  readonly rule: string
  /** Changes of one group belong together: all of them or none. */
  readonly group: number
}

export interface Note {
  readonly rule: string
  readonly cell: number
  readonly length: number
  readonly message: string
}

/** Replaces `length` characters of the draft's present text. */
export interface Rewrite {
  readonly at: number
  readonly length: number
  readonly text: string
}

interface Placed extends Step {
  readonly group: number
}

/**
 * A text on which rules work one after the other, and which remembers of each of its first characters, its cells, what has
 * become of it and by which rule. What may not be changed stays, whatever a rule wants.
 */
export class Draft {
  text: string
  rule = ''
  /** Grows with every change. */
  revision = 0
  readonly changes = new Map<number, Change>()
  readonly notes: Note[] = []
  private readonly base: string
  private readonly permission: Permission
  /** The cell of each character; undefined while every character is its own. */
  private cells: Int32Array | undefined
  private groups = 0

  constructor(base: string, permission: Permission) {
    this.base = base
    this.text = base
    this.permission = permission
  }

  /** As `String.prototype.replace` with a global pattern, so that Typograf's rules run on a draft as they are. */
  replace(pattern: RegExp, replacement: string | ((...groups: string[]) => string)): this {
    const steps: Placed[] = []
    const { text } = this
    const every = segmentwise(pattern)
    every.lastIndex = 0
    for (let match = every.exec(text); match; match = every.exec(text)) {
      const [found] = match
      const wanted = typeof replacement === 'string' ? expand(replacement, match) : replacement(...match)
      if (wanted !== found) {
        const group = ++this.groups
        for (const step of align(found, wanted)) steps.push({ ...step, at: step.at + match.index, group })
      }
      if (found === '') every.lastIndex++
    }
    this.apply(steps)
    return this
  }

  /** Makes one change of several rewrites, ascending and apart: all of them or none. */
  rewrite(rewrites: readonly Rewrite[]): void {
    const group = ++this.groups
    const steps = rewrites.flatMap(({ at, length, text }) =>
      Array.from({ length }, (_, i): Placed => ({ at: at + i, remove: 1, text: i === 0 ? text : '', group })),
    )
    if (steps.every(step => this.allows(step))) this.apply(steps)
  }

  /** Says something of the text without changing it. */
  note(at: number, length: number, message: string): void {
    this.notes.push({ rule: this.rule, cell: this.cellAt(at), length, message })
  }

  /** Whether a line may end at this blank. */
  breakable(at: number): boolean {
    return this.permission.breakAfter(this.cellAt(at))
  }

  cellAt(at: number): number {
    return this.cells ? (this.cells[at] as number) : at
  }

  private allows({ at, remove, text }: Placed): boolean {
    if (remove === 0) return at > 0 && this.permission.insertAfter(this.cellAt(at - 1), this.rule)
    if (text === this.text[at]) return false
    const cell = this.cellAt(at)
    const original = this.base[cell] as string
    return !handPlaced.test(original) && this.permission.write(cell, this.rule)
  }

  private apply(steps: readonly Placed[]): void {
    const allowed = steps.filter(step => this.allows(step))
    if (allowed.length === 0) return
    this.revision++
    const sameLength = allowed.every(({ remove, text }) => remove === 1 && text.length === 1)
    const slots = new Map<number, { texts: string[]; group: number }>()
    const parts: string[] = []
    let done = 0
    for (const { at, remove, text, group } of allowed) {
      parts.push(this.text.slice(done, at), text)
      done = at + remove
      const target = remove ? at : at - 1
      const cell = this.cellAt(target)
      const slot = slots.get(cell) ?? { texts: [...this.slotText(cell)], group }
      const offset = target - this.slotStart(target)
      slot.texts[offset] = remove ? text : (slot.texts[offset] ?? '') + text
      slots.set(cell, slot)
    }
    parts.push(this.text.slice(done))
    if (!sameLength) this.cells = this.remap(allowed)
    this.text = parts.join('')
    for (const [cell, { texts, group }] of slots) this.record(cell, texts.join(''), group)
  }

  private record(cell: number, text: string, group: number): void {
    if (text === this.base[cell]) this.changes.delete(cell)
    else this.changes.set(cell, { text, rule: this.rule, group })
  }

  private slotText(cell: number): string {
    return this.changes.get(cell)?.text ?? (this.base[cell] as string)
  }

  private slotStart(at: number): number {
    const { cells } = this
    if (!cells) return at
    let start = at
    while (start > 0 && cells[start - 1] === cells[at]) start--
    return start
  }

  private remap(steps: readonly Placed[]): Int32Array {
    const growth = steps.reduce((sum, { remove, text }) => sum + text.length - remove, 0)
    const cells = this.cells ?? Int32Array.from({ length: this.text.length }, (_, i) => i)
    const next = new Int32Array(this.text.length + growth)
    let from = 0
    let to = 0
    for (const { at, remove, text } of steps) {
      next.set(cells.subarray(from, at), to)
      to += at - from
      next.fill(cells[remove ? at : at - 1] as number, to, to + text.length)
      to += text.length
      from = at + remove
    }
    next.set(cells.subarray(from), to)
    return next
  }
}

/** A no-break space that the author has set stays. */
const handPlaced = /[\u00A0\u202F\u2060]/

const patterns = new Map<string, RegExp>()

/** The pattern made global, its text's beginning and end made those of a segment. */
function segmentwise(pattern: RegExp): RegExp {
  if (pattern.multiline && pattern.global) return pattern
  const key = `${pattern.flags}/${pattern.source}`
  let every = patterns.get(key)
  if (!every) {
    const source = pattern.multiline
      ? pattern.source
      : pattern.source.replaceAll('|$)', '|$|(?=\u2029))').replaceAll('(^|', '(^|(?<=\u2029)|')
    every = new RegExp(source, pattern.flags.replace('g', '') + 'g')
    patterns.set(key, every)
  }
  return every
}

const expand = (replacement: string, match: RegExpExecArray) =>
  replacement.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '')
