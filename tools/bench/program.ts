import type { Post } from './corpus.ts'
import type { Command } from './process.ts'

/** A site generator that can be measured. */
export interface Program {
  readonly name: string
  readonly version: string
  /** Built with this, in the site's folder; the output goes to `docs/`. */
  readonly command: Command
  /** Serves the site at a port of this machine and follows changes, as an author would have it. */
  serve?(port: number): Command
  /** In the site's folder: the layout of every post. */
  readonly layout: string
  /** In the site's folder: what a build leaves for the next one. A cold build has none. */
  readonly memory?: string
  /** Only cold builds of it say anything: it knows no others. */
  readonly isColdOnly?: boolean
  /** In what its pages may differ from the others', which is printed beside its name. */
  readonly differs?: readonly Difference[]
  /** A `node_modules` that the site's folder links to. */
  readonly modules?: string
  /** The equivalent site: path -> text. Every program has the same posts, layout, index and stylesheet. */
  files(posts: readonly Post[]): Iterable<readonly [path: string, text: string]>
}

/**
 * It makes no lists, so that its index is written by hand; it highlights no code; its Markdown is older than CommonMark, and says
 * a little else; it sets quotes, dashes and spaces.
 */
export type Difference = 'no lists' | 'no highlighting' | 'older Markdown' | 'typeset'

export const outputFolder = 'docs'

/** Where each program must have put a post, in the output folder. */
export const postPath = ({ year, slug }: Post): string => `posts/${year}/${slug}/index.html`

/** The run cannot go on, and it is not a bug of the bench; the message says what to do. */
export class BenchError extends Error {}
