import { align, isTypographic, type Step } from './align.ts'

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

/** Replaces a character of the draft's present text. */
export interface Rewrite {
  readonly at: number
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
  /** Grows with every change that puts something between two characters, or moves a line's end. */
  reshaped = 0
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
    const { text } = this
    const every = segmentwise(pattern)
    const write = typeof replacement === 'string' ? template(replacement) : undefined
    const steps: Placed[] = []
    every.lastIndex = 0
    for (let match = every.exec(text); match; match = every.exec(text)) {
      const [found] = match
      const wanted = write ? write(match) : (replacement as (...groups: string[]) => string)(...match)
      if (wanted !== found) {
        place(found, wanted, match.index, ++this.groups, steps)
      }
      if (found === '') every.lastIndex++
    }
    if (steps.length > 0) this.apply(steps)
    return this
  }

  /** Whether every one of these is allowed. */
  mayRewrite(rewrites: readonly Rewrite[]): boolean {
    return rewrites.every(({ at, text }) => this.allows({ at, remove: 1, text }))
  }

  /** Makes one change of each group of rewrites: all of a group or none. No character is rewritten twice. */
  rewrite(groups: readonly (readonly Rewrite[])[]): void {
    const steps: Placed[] = []
    for (const rewrites of groups) {
      if (!this.mayRewrite(rewrites)) continue
      const group = ++this.groups
      for (const { at, text } of rewrites) steps.push({ at, remove: 1, text, group })
    }
    this.apply(steps.toSorted((a, b) => a.at - b.at))
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

  private allows({ at, remove, text }: Step): boolean {
    if (remove === 0) return at > 0 && this.permission.insertAfter(this.cellAt(at - 1), this.rule)
    if (text === this.text[at]) return false
    const cell = this.cellAt(at)
    const original = this.base[cell] as string
    return !handPlaced.includes(original) && this.permission.write(cell, this.rule)
  }

  private apply(steps: readonly Placed[]): void {
    const allowed = steps.filter(step => this.allows(step))
    if (allowed.length === 0) return
    this.revision++
    const sameLength = allowed.every(({ remove, text }) => remove === 1 && text.length === 1)
    if (allowed.some(({ remove, text }) => remove === 0 || text === '\n')) this.reshaped++
    if (sameLength && !this.cells) for (const { at, text, group } of allowed) this.record(at, text, group)
    else this.applyToCells(allowed)
    let done = 0
    let next = ''
    for (const { at, remove, text } of allowed) {
      next += this.text.slice(done, at) + text
      done = at + remove
    }
    next += this.text.slice(done)
    if (!sameLength) this.cells = this.remap(allowed, next.length)
    this.text = next
  }

  /** A cell may hold several characters by now, or several steps may meet in one. */
  private applyToCells(steps: readonly Placed[]): void {
    const slots = new Map<number, { texts: string[]; group: number }>()
    for (const { at, remove, text, group } of steps) {
      const target = remove ? at : at - 1
      const cell = this.cellAt(target)
      const slot = slots.get(cell) ?? { texts: [...this.slotText(cell)], group }
      const offset = target - this.slotStart(target)
      slot.texts[offset] = remove ? text : (slot.texts[offset] ?? '') + text
      slots.set(cell, slot)
    }
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

  private remap(steps: readonly Placed[], length: number): Int32Array {
    const cells = this.cells ?? identity(this.text.length)
    const next = new Int32Array(length)
    let from = 0
    let to = 0
    for (const { at, remove, text } of steps) {
      while (from < at) next[to++] = cells[from++] as number
      for (let i = 0; i < text.length; i++) next[to++] = cells[remove ? at : at - 1] as number
      from = at + remove
    }
    while (to < length) next[to++] = cells[from++] as number
    return next
  }
}

function identity(length: number): Int32Array {
  const cells = new Int32Array(length)
  for (let i = 0; i < length; i++) cells[i] = i
  return cells
}

/** A no-break space that the author has set stays. */
const handPlaced = '\u00A0\u202F\u2060'

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

/** Adds the steps from a match to what is wanted of it. Nearly always one character takes another's place. */
function place(found: string, wanted: string, index: number, group: number, steps: Placed[]): void {
  if (found.length !== wanted.length) {
    for (const { at, remove, text } of align(found, wanted))
      steps.push({ at: at + index, remove, text, group })
    return
  }
  for (let at = 0; at < found.length; at++) {
    const text = wanted[at] as string
    if (found[at] !== text && isTypographic(found[at] as string) && isTypographic(text))
      steps.push({ at: at + index, remove: 1, text, group })
  }
}

const templates = new Map<string, (match: RegExpExecArray) => string>()

/** A replacement text such as `$1—$2`, read once. */
function template(replacement: string): (match: RegExpExecArray) => string {
  let write = templates.get(replacement)
  if (!write) {
    const parts = replacement.split(/(\$\d)/)
    write = match => {
      let text = ''
      for (const part of parts) text += part.charCodeAt(0) === 36 ? (match[Number(part[1])] ?? '') : part
      return text
    }
    templates.set(replacement, write)
  }
  return write
}
