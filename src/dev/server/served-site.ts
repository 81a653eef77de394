import type { Diagnostic } from '../../core/types.ts'
import type { PageReview } from '../fixes/page-review.ts'

/** A file of the site as it is now. */
export interface ServedFile {
  /** Absent when there are only diagnostics. */
  readonly contents?: string | Uint8Array | undefined
  /** The diagnostics of the file and of the whole site. Slow: to be called after the page was sent. */
  diagnostics(): readonly Diagnostic[]
  /** Whether it does what the site’s own policy forbids: a build would write none. Absent when it cannot. */
  breaksPolicy?(): boolean
  /** What the linter finds in its source, which is part of the diagnostics. Slow, too; absent when it is no page. */
  review?(): PageReview | undefined
  /** What is to be known of it before all else. */
  readonly notice?: string
  /** There is an error; the contents, if any, are those from before it. */
  readonly isFailed: boolean
}

/** What is served. */
export interface ServedSite {
  /** The path that it lies under, '' or `/blog`. */
  readonly base: string
  /** Reads the sources again, and gives whether anything has changed. */
  refresh(): Promise<boolean>
  has(path: string): boolean
  /** Whether a file is its source and nothing else, and read whenever it is asked for. */
  isCopied(path: string): boolean
  /** `path` is relative to the output folder. Undefined when the site has no such file. */
  read(path: string): ServedFile | undefined
  /** The same of a file that is made of promises; undefined of all others. */
  make(path: string): Promise<ServedFile | undefined>
  /** Change when a stylesheet, or another file that is no page, has changed. */
  readonly styles: string
  readonly assets: string
}
