// Longer than 250 lines: one class, since every change is checked against, and written into, the same record of the cells.
import { isBlank } from '../rules/characters.ts'
import { align, type Step } from './align.ts'
import { ForeignCharacter, type Permission, type RuleAtWork } from './permission.ts'
import type { ReportDetails, RuleReport, Swap } from '../rules/rule-report.ts'
import type { Replacement } from './pattern.ts'
import { MappedText } from './mapped-text.ts'
import { joinSigns, signsOfParts } from './signs/parts.ts'
import { abbreviationsIn, readSigns, signsBehind, type Signs } from './signs/signs.ts'

export interface CellChange {
  readonly cell: number
  /** What stands in its place. */
  readonly text: string
  readonly rule: string
  /** Changes of one group belong together: all of them or none. */
  readonly group: number
}

/** Replaces a character of the buffer's present text. */
export interface Rewrite {
  readonly at: number
  readonly text: string
}

interface Match {
  readonly at: number
  readonly found: string
  readonly wanted: string
}

/** What happens when a rule would change a character that it does not name. */
type Others = 'refused' | 'skipped'

interface Placed extends Step {
  readonly group: number
}

/**
 * A text on which rules work one after the other, and which remembers of each of its first characters, its cells, what has
 * become of it and by which rule. What may not be changed stays, whatever a rule wants; a rule that would change a character
 * which its `writes` does not name throws.
 */
export class EditBuffer {
  /** The rule that is at work. */
  rule!: RuleAtWork
  readonly reports: RuleReport[] = []
  /** How many groups of changes were numbered, from 1 on; not all were allowed. */
  groups = 0
  private others: Others = 'refused'
  private readonly base: string
  private readonly mapped: MappedText
  private readonly permission: Permission
  private readonly records: CellChange[] = []
  /** For each cell, the number of the record that holds, counted from 1. */
  private record: Int32Array | undefined
  /** The cells where something was put between two characters, or a rule wants to look again. */
  private reshaped: number[] = []
  private places: Signs | undefined
  /** Of what was set aside, each time. */
  private readonly aside: { readonly signs: Signs; readonly length: number }[] = []
  /** What was found in the text so far, as bits; places are of the text as it is now. */
  private found = 0
  private readonly behindNumbers = new Set<string>()
  private isRead = false
  /** Undefined when they have to be looked for again. */
  private abbreviations: ReadonlySet<string> | undefined

  constructor(base: string, permission: Permission) {
    this.base = base
    this.mapped = new MappedText(base)
    this.permission = permission
  }

  /** What has become of the cells that changed, in their order. */
  get changes(): readonly CellChange[] {
    const { record, records } = this
    const changes: CellChange[] = []
    if (!record) return changes
    for (let cell = 0; cell < record.length; cell++)
      if (record[cell] !== 0) changes.push(records[(record[cell] as number) - 1] as CellChange)
    return changes
  }

  /**
   * As `String.prototype.replace` time after time. Only that a match may share its last character with the next one, so that one
   * search finds what would take two. With `others: 'skipped'` the part of a replacement that concerns characters which the
   * rule does not write is left out: for a rule of somebody else's, which does more than is wanted here.
   */
  replace(replacements: readonly Replacement[], { others = 'refused' }: { others?: Others } = {}): void {
    this.others = others
    for (const each of replacements) {
      const steps: Placed[] = []
      let next: number | undefined = 0
      if (!each.places) while (next !== undefined) next = this.replaceNext(each, next, steps)
      else
        for (const at of each.places(this))
          if (at >= (next ?? 0)) next = this.replaceNext(each, at, steps) ?? next
      this.apply(steps, each)
    }
    this.others = 'refused'
  }

  /** Where to look for the match behind the one that was found at or behind `from`; undefined when there was none. */
  private replaceNext({ pattern, wanted }: Replacement, from: number, steps: Placed[]): number | undefined {
    pattern.lastIndex = from
    if (typeof wanted === 'string') {
      if (!pattern.test(this.text)) return undefined
      this.place(steps, pattern.lastIndex - 1, 1, wanted, ++this.groups)
      return pattern.lastIndex
    }
    const match = pattern.exec(this.text)
    if (!match) return undefined
    const [found] = match
    const text = wanted(match)
    if (text !== found) this.exchange(found, text, match.index, steps)
    const end = match.index + found.length
    return found.length > 1 ? end - 1 : found === '' ? end + 1 : end
  }

  /** Puts a character in the place of each of these, ascending. Each is a change of its own, for one may be forbidden. */
  exchangeEach(places: readonly number[], character: string): void {
    const steps: Placed[] = []
    for (const at of places) this.place(steps, at, 1, character, ++this.groups)
    this.apply(steps, { again: false })
  }

  /** Adds the steps from a match to what is wanted of it, but for a character that the last match has taken. */
  private exchange(found: string, wanted: string, index: number, steps: Placed[]): void {
    const group = ++this.groups
    const last = steps.at(-1)
    const taken = last?.remove === 1 ? last.at : -1
    if (found.length !== wanted.length) {
      const aligned = align(found, wanted, this.rule.writable)
      if (this.wouldLose(aligned, found, index)) return
      for (const { at, remove, text } of aligned)
        if (at + index !== taken) this.place(steps, at + index, remove, text, group)
      return
    }
    // Nearly always one character takes another's place.
    for (let i = 0; i < found.length; i++)
      if (found.charCodeAt(i) !== wanted.charCodeAt(i) && i + index !== taken)
        this.place(steps, i + index, 1, wanted[i] as string, group)
  }

  /** Whether only a part of this is allowed, so that of two hyphens of which one is escaped one would be left, or a dash and one. */
  private wouldLose(aligned: readonly Step[], found: string, index: number): boolean {
    return (
      this.others === 'refused' &&
      aligned.some(
        ({ at, remove, text }) =>
          remove === 1 && !isBlank(found.charCodeAt(at)) && !this.allows(at + index, remove, text),
      )
    )
  }

  private place(steps: Placed[], at: number, remove: 0 | 1, text: string, group: number): void {
    if (this.allows(at, remove, text)) steps.push({ at, remove, text, group })
  }

  /** As `replace`, of matches that were found already, ascending and apart. */
  replaceMatches(matches: Iterable<Match>, { again = true } = {}): void {
    const steps: Placed[] = []
    for (const { at, found, wanted } of matches) if (found !== wanted) this.exchange(found, wanted, at, steps)
    this.apply(steps, { again })
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

  /** Has one blank stand in the source for this one, where it has several. */
  writeOneBlank(at: number): void {
    const cell = this.cellAt(at)
    const record = (this.record ??= new Int32Array(this.base.length))
    if (record[cell] !== 0 || !this.permission.write(cell, this.rule)) return
    const change = { cell, text: ' ', rule: this.rule.code, group: ++this.groups }
    record[cell] = this.records.push(change)
  }

  /** Reports something about the text without changing it. */
  report(at: number, length: number, message: string, advice: ReportDetails = {}): void {
    const swaps = advice.swaps?.map(places => places.map(place => this.cellAt(place)) as unknown as Swap)
    const span = [this.cellAt(at), this.cellAt(at + length - 1) + 1] as const
    this.reports.push({ ...advice, rule: this.rule.code, span, message, swaps })
  }

  /** The markup between a character and the next. */
  readonly between = (at: number): string =>
    this.cellAt(at) === this.cellAt(at + 1) ? '' : this.permission.between(this.cellAt(at))

  /** Whether a line always ends at this character, a line break. */
  breaksHard(at: number): boolean {
    return this.permission.breaksHard(this.cellAt(at))
  }

  /** Whether characters may be put in or taken away here: not in a heading, whose text is its address. */
  grows(at: number): boolean {
    return this.permission.grows(this.cellAt(at))
  }

  /** What a character stands for in the source. */
  readonly sourceOf = (at: number): string => this.permission.sourceOf(this.cellAt(at))

  /** Whether a line may end at this blank. */
  breakable(at: number): boolean {
    return this.permission.breakAfter(this.cellAt(at))
  }

  /**
   * Sets every segment aside that was not reshaped since this was last asked: that one character took another's place concerns
   * no other rule, so that nothing is left to do there. True when one was reshaped.
   */
  narrow(): boolean {
    if (this.reshaped.length === 0) return false
    const { signs } = this
    const { kept, aside } = this.mapped.narrow(this.reshaped.toSorted((a, b) => a - b))
    const length = aside.reduce((sum, [start, end]) => sum + end - start, 0)
    this.aside.push({ signs: signsOfParts(signs, aside), length })
    this.reshaped = []
    this.places = signsOfParts(signs, kept)
    return true
  }

  /** How many places were reshaped since `narrow` was last called. */
  get unsettled(): number {
    return this.reshaped.length
  }

  /** Takes back what was set aside. Segments then stand in another order. */
  widen(): void {
    if (this.aside.length === 0) return
    const { signs } = this
    this.mapped.widen()
    this.places = this.aside
      .splice(0)
      .reduceRight((behind, each) => joinSigns(each.signs, each.length, behind), signs)
  }

  get text(): string {
    return this.mapped.text
  }

  /** The places in the text where a rule could act. */
  get signs(): Signs {
    return (this.places ??= readSigns(this.text))
  }

  /** Whether the text has one of these signs, as bits, or had one. What it has lost is nobody's harm, and so it need not be read again. */
  hasOneOf(signs: number): boolean {
    this.read()
    return (this.found & signs) !== 0
  }

  /** Whether one of these small words, perhaps with capitals, stands before a full stop. */
  hasAbbreviation(words: readonly string[]): boolean {
    const found = (this.abbreviations ??= abbreviationsIn(this.text, this.signs))
    return words.some(word => found.has(word))
  }

  /** Whether one of these letters stands or stood behind a number, or behind the blank behind it. */
  hasBehindNumber(letters: string): boolean {
    this.read()
    for (const letter of this.behindNumbers) if (letters.includes(letter)) return true
    return false
  }

  /** Whether a sticky pattern matches where a number begins. */
  hasAtNumber(pattern: RegExp): boolean {
    const { text, signs } = this
    for (const at of signs.digits) {
      pattern.lastIndex = at
      if (pattern.test(text)) return true
    }
    return false
  }

  private read(): void {
    if (this.isRead) return
    this.isRead = true
    const { found, behindNumbers } = this.signs
    this.found |= found
    for (const letter of behindNumbers) this.behindNumbers.add(letter)
  }

  private cellAt(at: number): number {
    return this.mapped.cellAt(at)
  }

  private allows(at: number, remove: 0 | 1, text: string): boolean {
    if (text !== '' && !this.names(text)) return false
    if (remove === 0) return at > 0 && this.permission.insertAfter(this.cellAt(at - 1), this.rule)
    const current = this.text[at] as string
    if (text === current || !this.names(current)) return false
    const cell = this.cellAt(at)
    if (text.length > 1 && !this.permission.grows(cell)) return false
    return !isByTheAuthor(this.base.charCodeAt(cell)) && this.permission.write(cell, this.rule)
  }

  private names(character: string): boolean {
    const { writable } = this.rule
    if (character.length === 1 && writable.has(character.charCodeAt(0))) return true
    if (Array.from(character).every(each => writable.has(each.charCodeAt(0)))) return true
    if (this.others === 'skipped') return false
    throw new ForeignCharacter(this.rule.code, character)
  }

  private apply(steps: readonly Placed[], { again }: { again: boolean }): void {
    if (steps.length === 0) return
    let sameLength = true
    for (const { at, remove, text } of steps) {
      if (remove === 0 || text.length !== 1) sameLength = false
      if (remove === 0 || text.length > 1 || again) this.reshaped.push(this.cellAt(at - 1 + remove))
    }
    if (sameLength && this.mapped.isWhole)
      for (const { at, text, group } of steps) this.recordChange(at, text, group)
    else this.recordWholeCells(steps)
    const { text: before, places } = this
    this.mapped.edit(steps, { sameLength })
    this.places = places && signsBehind(places, steps, before, this.text)
    if (this.places === places && places) return
    this.isRead = false
    this.abbreviations = undefined
  }

  /** A cell may hold several characters by now, or several steps may meet in one. */
  private recordWholeCells(steps: readonly Placed[]): void {
    for (let i = 0; i < steps.length;) {
      const { at: first, remove, text: wanted, group } = steps[i] as Placed
      let at = first - 1 + remove
      const cell = this.cellAt(at)
      if (wanted.length === 1 && remove === 1 && this.isWholeCell(at) && steps[i + 1]?.at !== at + 1) {
        this.recordChange(cell, wanted, group)
        i++
        continue
      }
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
      this.recordChange(cell, text, group)
    }
  }

  private isWholeCell(at: number): boolean {
    const cell = this.cellAt(at)
    return this.cellAt(at - 1) !== cell && this.cellAt(at + 1) !== cell
  }

  private recordChange(cell: number, text: string, group: number): void {
    const record = (this.record ??= new Int32Array(this.base.length))
    if (text === this.base[cell]) record[cell] = 0
    else record[cell] = this.records.push({ cell, text, rule: this.rule.code, group })
  }
}

/** A no-break space that the author has set stays. */
const isByTheAuthor = (code: number) => code === 0xa0 || code === 0x202f || code === 0x2060
