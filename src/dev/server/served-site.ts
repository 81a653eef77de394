import type { Diagnostic } from '../../core/types.ts'

/** A file of the site as it is now. */
export interface ServedFile {
  /** Absent when there is nothing to show but what is wrong. */
  readonly contents?: string | Uint8Array | undefined
  /** What is wrong with it, and with the site as a whole: to be found out while nobody waits for the page. */
  diagnostics(): readonly Diagnostic[]
  /** An error stands in the way; what is there of the page is how it was before. */
  readonly isFailed: boolean
}

/** What is served. */
export interface ServedSite {
  /** The path that it lies under, '' or `/blog`. */
  readonly base: string
  /** Looks at the sources again, and tells whether anything has changed. */
  refresh(): Promise<boolean>
  has(path: string): boolean
  /** Whether a file is its source and nothing else, and read whenever it is asked for. */
  isCopied(path: string): boolean
  /** `path` is relative to the output folder. Undefined when the site has no such file. */
  read(path: string): ServedFile | undefined
  /** Change when a stylesheet, or another file that is no page, has changed. */
  readonly styles: string
  readonly assets: string
}
