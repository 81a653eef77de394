import type { CharacterSet } from '../rules/characters.ts'

export interface RuleAtWork {
  readonly code: string
  /** Its `writes`. */
  readonly writable: CharacterSet
  /** Whether it may move the end of a source line. */
  readonly movesLineEnds: boolean
  /** Whether it writes quotation marks, apostrophes or dashes. */
  readonly writesMarks: boolean
  /** Whether it writes dashes, and blanks besides, and nothing else. */
  readonly writesOnlyDashes: boolean
}

/** What an edit buffer may do to the text that it began with; cells are counted from 0. */
export interface Permission {
  write(cell: number, rule: RuleAtWork): boolean
  /** Whether something may be put between this cell and the next. */
  insertAfter(cell: number, rule: RuleAtWork): boolean
  /** Whether the source may be broken into two lines behind this cell, a blank. */
  breakAfter(cell: number): boolean
  /** Whether more than one character may stand in a cell's place: not in a heading, whose text is its address. */
  grows(cell: number): boolean
  /** Whether a line always ends at this cell, a line break. */
  breaksHard(cell: number): boolean
  /** The markup between this cell and the next. */
  between(cell: number): string
  /** What a cell stands for in the source. */
  sourceOf(cell: number): string
}

/** A rule does what its `writes` does not allow: a mistake in the rule, not in the page. */
export class ForeignCharacter extends Error {
  constructor(rule: string, character: string) {
    super(`${rule} changes ${JSON.stringify(character)}, which its “writes” does not name`)
  }
}
