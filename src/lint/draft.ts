import { align, isTypographic, type Step } from './align.ts'
import { SEPARATOR } from './cells.ts'
import type { Advice, Note, Swap } from './note.ts'
import type { Replacement } from './pattern.ts'

/** What a draft may do to the text that it began with; cells are counted from 0. */
export interface Permission {
  write(cell: number, rule: string): boolean
  /** Whether something may be put between this cell and the next. */
  insertAfter(cell: number, rule: string): boolean
  /** Whether the source may be broken into two lines behind this cell, a blank. */
  breakAfter(cell: number): boolean
}

export interface Change {
  readonly cell: number
  /** What stands in its place. */
  readonly text: string
  readonly rule: string
  /** Changes of one group belong together: all of them or none. */
  readonly group: number
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
  readonly notes: Note[] = []
  /** How many groups of changes were numbered, from 1 on; not all were allowed. */
  groups = 0
  private readonly base: string
  private readonly permission: Permission
  /** The cell of each character; undefined while every character is its own. */
  private cells: Int32Array | undefined
  private readonly records: Change[] = []
  /** For each cell, the number of the record that holds, counted from 1. */
  private readonly record: Int32Array
  /** The cells where something was put between two characters, or a rule wants to look again. */
  private reshaped: number[] = []
  private readonly aside: Part[] = []

  constructor(base: string, permission: Permission) {
    this.base = base
    this.text = base
    this.permission = permission
    this.record = new Int32Array(base.length)
  }

  /** What has become of the cells that changed, in their order. */
  get changes(): readonly Change[] {
    const { record, records } = this
    const changes: Change[] = []
    for (let cell = 0; cell < record.length; cell++)
      if (record[cell] !== 0) changes.push(records[(record[cell] as number) - 1] as Change)
    return changes
  }

  /**
   * As `String.prototype.replace` time after time. Only that a match may share its last character with the next one, so that one
   * search finds what would take two.
   */
  replace(replacements: readonly Replacement[]): void {
    for (const { pattern, wanted, again } of replacements) {
      const steps: Placed[] = []
      pattern.lastIndex = 0
      if (typeof wanted === 'string')
        while (pattern.test(this.text)) this.place(steps, pattern.lastIndex - 1, 1, wanted, ++this.groups)
      else this.search(pattern, wanted, steps)
      this.apply(steps, { again })
    }
  }

  private search(pattern: RegExp, wanted: (match: RegExpExecArray) => string, steps: Placed[]): void {
    for (let match = pattern.exec(this.text); match; match = pattern.exec(this.text)) {
      const [found] = match
      const { index } = match
      const text = wanted(match)
      if (text !== found) this.exchange(found, text, index, steps)
      if (found.length > 1) pattern.lastIndex--
      else if (found === '') pattern.lastIndex++
    }
  }

  /** Adds the steps from a match to what is wanted of it, but for a character that the last match has taken. */
  private exchange(found: string, wanted: string, index: number, steps: Placed[]): void {
    const group = ++this.groups
    const last = steps.at(-1)
    const taken = last?.remove === 1 ? last.at : -1
    if (found.length !== wanted.length) {
      for (const { at, remove, text } of align(found, wanted))
        if (at + index !== taken) this.place(steps, at + index, remove, text, group)
      return
    }
    // Nearly always one character takes another's place.
    for (let i = 0; i < found.length; i++)
      if (found.charCodeAt(i) !== wanted.charCodeAt(i) && i + index !== taken)
        this.place(steps, i + index, 1, wanted[i] as string, group)
  }

  private place(steps: Placed[], at: number, remove: 0 | 1, text: string, group: number): void {
    if (this.allows(at, remove, text)) steps.push({ at, remove, text, group })
  }

  /** Whether every one of these is allowed. */
  mayRewrite(rewrites: readonly Rewrite[]): boolean {
    return rewrites.every(({ at, text }) => this.allows(at, 1, text))
  }

  /**
   * Makes one change of each group of rewrites: all of a group or none. No character is rewritten twice. `again` when this may
   * concern other rules.
   */
  rewrite(groups: readonly (readonly Rewrite[])[], { again = false } = {}): void {
    const steps: Placed[] = []
    for (const rewrites of groups) {
      if (!this.mayRewrite(rewrites)) continue
      const group = ++this.groups
      for (const { at, text } of rewrites) steps.push({ at, remove: 1, text, group })
    }
    this.apply(
      steps.toSorted((a, b) => a.at - b.at),
      { again },
    )
  }

  /** Says something of the text without changing it. */
  note(at: number, length: number, message: string, advice: Advice = {}): void {
    const swaps = advice.swaps?.map(places => places.map(place => this.cellAt(place)) as unknown as Swap)
    const span = [this.cellAt(at), this.cellAt(at + length - 1) + 1] as const
    this.notes.push({ ...advice, rule: this.rule, span, message, swaps })
  }

  /** Whether a line may end at this blank. */
  breakable(at: number): boolean {
    return this.permission.breakAfter(this.cellAt(at))
  }

  /**
   * Sets every segment aside that was not reshaped since this was last asked: that one character took another's place concerns
   * no other rule, so that nothing is left to do there. Says whether one was.
   */
  narrow(): boolean {
    const reshaped = this.reshaped.toSorted((a, b) => a - b)
    this.reshaped = []
    if (reshaped.length === 0) return false
    const { text, cells = identity(text.length) } = this
    const kept: Part[] = []
    const part = (start: number, end: number): Part => ({
      text: text.slice(start, end),
      cells: cells.subarray(start, end),
    })
    let next = 0
    let done = 0
    for (let start = 0, end = 0; start < text.length; start = end) {
      end = text.indexOf(SEPARATOR, start) + 1 || text.length
      const last = cells[end - 1] as number
      const before = next
      while (next < reshaped.length && (reshaped[next] as number) <= last) next++
      if (next === before) continue
      this.aside.push(part(done, start))
      kept.push(part(start, (done = end)))
    }
    this.aside.push(part(done, text.length))
    this.take(kept)
    return true
  }

  /** Takes back what was set aside. Segments then stand in another order. */
  widen(): void {
    if (this.aside.length === 0) return
    const { text, cells = identity(text.length) } = this
    this.take([...this.aside.splice(0), { text, cells }])
  }

  private take(parts: readonly Part[]): void {
    this.text = parts.map(({ text }) => text).join('')
    this.cells = new Int32Array(this.text.length)
    let at = 0
    for (const { cells } of parts) {
      this.cells.set(cells, at)
      at += cells.length
    }
  }

  cellAt(at: number): number {
    return this.cells ? (this.cells[at] as number) : at
  }

  /** Never a letter. */
  private allows(at: number, remove: 0 | 1, text: string): boolean {
    if (text !== '' && !isTypographic(text.charCodeAt(0))) return false
    if (remove === 0) return at > 0 && this.permission.insertAfter(this.cellAt(at - 1), this.rule)
    if (text === this.text[at] || !isTypographic(this.text.charCodeAt(at))) return false
    const cell = this.cellAt(at)
    const original = this.base[cell] as string
    return !handPlaced.includes(original) && this.permission.write(cell, this.rule)
  }

  private apply(steps: readonly Placed[], { again }: { again: boolean }): void {
    if (steps.length === 0) return
    let sameLength = true
    for (const { at, remove, text } of steps) {
      if (remove === 0 || text === '') sameLength = false
      if (remove === 0 || again) this.reshaped.push(this.cellAt(at - 1 + remove))
    }
    if (sameLength && !this.cells) for (const { at, text, group } of steps) this.keep(at, text, group)
    else this.keepSlots(steps)
    let done = 0
    let next = ''
    for (const { at, remove, text } of steps) {
      next += this.text.slice(done, at) + text
      done = at + remove
    }
    next += this.text.slice(done)
    if (!sameLength) this.cells = this.remap(steps, next.length)
    this.text = next
  }

  /** A cell may hold several characters by now, or several steps may meet in one. */
  private keepSlots(steps: readonly Placed[]): void {
    for (let i = 0; i < steps.length;) {
      const { at: first, remove, group } = steps[i] as Placed
      const cell = this.cellAt(first - 1 + remove)
      let at = first - 1 + remove
      while (at > 0 && this.cellAt(at - 1) === cell) at--
      let text = ''
      for (; at < this.text.length && this.cellAt(at) === cell; at++) {
        let step = steps[i]
        if (step?.remove === 1 && step.at === at) {
          text += step.text
          step = steps[++i]
        } else text += this.text[at]
        while (step?.remove === 0 && step.at === at + 1) {
          text += step.text
          step = steps[++i]
        }
      }
      this.keep(cell, text, group)
    }
  }

  private keep(cell: number, text: string, group: number): void {
    if (text === this.base[cell]) this.record[cell] = 0
    else this.record[cell] = this.records.push({ cell, text, rule: this.rule, group })
  }

  private remap(steps: readonly Placed[], length: number): Int32Array {
    const cells = this.cells ?? identity(this.text.length)
    const next = new Int32Array(length)
    let from = 0
    let to = 0
    for (const { at, remove, text } of steps) {
      next.set(cells.subarray(from, at), to)
      to += at - from
      if (text !== '') next[to++] = cells[at - 1 + remove] as number
      from = at + remove
    }
    next.set(cells.subarray(from), to)
    return next
  }
}

/** Some of the text, with its cells. */
interface Part {
  readonly text: string
  readonly cells: Int32Array
}

function identity(length: number): Int32Array {
  const cells = new Int32Array(length)
  for (let i = 0; i < length; i++) cells[i] = i
  return cells
}

/** A no-break space that the author has set stays. */
const handPlaced = '\u00A0\u202F\u2060'
