import { runtime } from '#runtime'
import type { Span } from '../../core/types.ts'
import type { Step } from './align.ts'
import { SEPARATOR } from '../parse/cells.ts'

/** Some of a text, with the cell of each character. */
interface TextPart {
  readonly text: string
  readonly cells: Int32Array
}

/** A text that changes, and knows which of its first characters, its cells, each character stands for. */
export class MappedText {
  text: string
  /** Undefined while every character is its own. */
  private cells: Int32Array | undefined
  private readonly aside: TextPart[] = []

  constructor(text: string) {
    this.text = text
  }

  /** Whether every character still is its own cell. */
  get isWhole(): boolean {
    return this.cells === undefined
  }

  cellAt(at: number): number {
    return this.cells ? (this.cells[at] as number) : at
  }

  /** Makes steps, ascending and apart. */
  edit(steps: readonly Step[], { sameLength }: { sameLength: boolean }): void {
    if (sameLength) {
      this.text = runtime.withCharacters(this.text, steps)
      return
    }
    let done = 0
    const parts: string[] = []
    for (const { at, remove, text } of steps) {
      parts.push(this.text.slice(done, at), text)
      done = at + remove
    }
    parts.push(this.text.slice(done))
    // Added up, they would be a tree that V8 goes through for each character that is read.
    const next = parts.join('')
    this.cells = this.remap(steps, next.length)
    this.text = next
  }

  private remap(steps: readonly Step[], length: number): Int32Array {
    const cells = this.cells ?? identity(this.text.length)
    const next = new Int32Array(length)
    let from = 0
    let to = 0
    for (const { at, remove, text } of steps) {
      next.set(cells.subarray(from, at), to)
      to += at - from
      for (let i = 0; i < text.length; i++) next[to++] = cells[at - 1 + remove] as number
      from = at + remove
    }
    next.set(cells.subarray(from), to)
    return next
  }

  /** Sets every segment aside that has none of these cells, which ascend. The parts of the text that are left, and those that are not. */
  narrow(wanted: readonly number[]): { readonly kept: readonly Span[]; readonly aside: readonly Span[] } {
    const { text, cells = identity(text.length) } = this
    const kept: Span[] = []
    const aside: Span[] = []
    const part = ([start, end]: Span): TextPart => ({
      text: text.slice(start, end),
      cells: cells.subarray(start, end),
    })
    let next = 0
    let done = 0
    for (let start = 0, end = 0; start < text.length; start = end) {
      end = text.indexOf(SEPARATOR, start) + 1 || text.length
      const last = cells[end - 1] as number
      const before = next
      while (next < wanted.length && (wanted[next] as number) <= last) next++
      if (next === before) continue
      aside.push([done, start])
      kept.push([start, (done = end)])
    }
    aside.push([done, text.length])
    for (const each of aside) this.aside.push(part(each))
    this.take(kept.map(part))
    return { kept, aside }
  }

  /** Takes back what was set aside, in its order, before all else. */
  widen(): void {
    const { text, cells = identity(text.length) } = this
    this.take([...this.aside.splice(0), { text, cells }])
  }

  private take(parts: readonly TextPart[]): void {
    this.text = parts.map(({ text }) => text).join('')
    this.cells = new Int32Array(this.text.length)
    let at = 0
    for (const { cells } of parts) {
      this.cells.set(cells, at)
      at += cells.length
    }
  }
}

function identity(length: number): Int32Array {
  const cells = new Int32Array(length)
  for (let i = 0; i < length; i++) cells[i] = i
  return cells
}
