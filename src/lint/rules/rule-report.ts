import type { Span } from '../../core/types.ts'

/** What a rule reports without changing the text. */
export interface RuleReport extends ReportDetails {
  readonly rule: string
  /** The cells that it is about. */
  readonly span: Span
  readonly message: string
}

export interface ReportDetails {
  /** Dropped unless the source has this here, and no entity or escaped character. */
  readonly literally?: string
  readonly hint?: string
  /** What an author may want: what stands from the first place to the second changes places with what stands from there to the third. */
  readonly swaps?: readonly Swap[]
}

export type Swap = readonly [from: number, middle: number, to: number]
