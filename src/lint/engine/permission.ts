import type { CharacterSet } from '../rules/characters.ts'

export interface RuleAtWork {
  readonly code: string
  /** Its `writes`. */
  readonly writable: CharacterSet
  /** Whether it may move the end of a source line. */
  readonly movesLineEnds: boolean
}

/** What an edit buffer may do to the text that it began with; cells are counted from 0. */
export interface Permission {
  write(cell: number, rule: RuleAtWork): boolean
  /** Whether something may be put between this cell and the next. */
  insertAfter(cell: number, rule: RuleAtWork): boolean
  /** Whether the source may be broken into two lines behind this cell, a blank. */
  breakAfter(cell: number): boolean
}

/** A rule does what its `writes` does not allow: a mistake in the rule, not in the page. */
export class ForeignCharacter extends Error {
  constructor(rule: string, character: string) {
    super(`${rule} changes ${JSON.stringify(character)}, which its “writes” does not name`)
  }
}
