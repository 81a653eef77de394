import type { Post } from './corpus.ts'

/** A site generator that can be measured. */
export interface Program {
  readonly name: string
  readonly version: string
  /** Built with this, in the site's folder; the output goes to `docs/`. */
  readonly command: readonly [program: string, ...args: string[]]
  /** In the site's folder: what a build leaves for the next one. A cold build has none. */
  readonly memory?: string
  /** A `node_modules` that the site's folder links to. */
  readonly modules?: string
  /** The equivalent site: path -> text. Every program has the same posts, layout, index and stylesheet. */
  files(posts: readonly Post[]): Iterable<readonly [path: string, text: string]>
}

export const outputFolder = 'docs'

/** Where each program must have put a post, in the output folder. */
export const postPath = ({ year, slug }: Post): string => `posts/${year}/${slug}/index.html`

/** The run cannot go on, and it is not a bug of the bench; the message says what to do. */
export class BenchError extends Error {}
