import type { Diagnostic } from '../../core/types.ts'

export interface Findings {
  readonly diagnostics: readonly Diagnostic[]
  readonly summary?: string
  /** Every file that was checked, those without findings included. */
  readonly checked?: readonly string[]
  /** How much people are to read: every finding, one line for what `--fix` sets of a rule and page, or the summary alone. */
  readonly detail?: 'full' | 'folded' | 'counts' | undefined
  /** Where a file is that a report names, for a terminal that shows links. */
  readonly addressOf?: ((path: string) => string | undefined) | undefined
  /** For programs alone. */
  readonly data?: unknown
  /** Of the program. */
  readonly version?: string
}

/** Turns what a command found into text for people or programs. */
export type Report = (findings: Findings, colours: boolean) => string
