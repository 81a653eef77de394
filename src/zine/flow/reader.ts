import type { Code } from '../../core/codes.ts'
import type { HtmlElement, HtmlNode } from './html-tree.ts'
import type { Block, Inline, LinkTarget, Picture } from './flow.ts'

/** Where something stands in its piece. */
export interface Scope {
  /** How many lists, quotations and the like are around it. */
  readonly depth: number
  /** Of the nearest element that names one. */
  readonly lang?: string | undefined
}

/** What reads a piece: each kind of element has its own module, and reads what is in it by this. */
export interface Reader {
  blocks(nodes: readonly HtmlNode[], scope: Scope): readonly Block[]
  /** A line, with its blanks folded. */
  line(nodes: readonly HtmlNode[], scope: Scope): readonly Inline[]
  /** What cannot be printed as it is. */
  report(code: Code, message: string, hint: string, node: HtmlNode): void
  /** Undefined when it cannot be printed, which has been reported. */
  picture(element: HtmlElement): Picture | undefined
  /** Undefined for what leads nowhere. */
  target(link: HtmlElement): LinkTarget | undefined
  /** The number of the note that a link calls; undefined when it is a link like others. */
  note(link: HtmlElement): number | undefined
  /** Whether a link leads back from a note to where it is called. */
  isBacklink(link: HtmlElement): boolean
  /** The number and the level of a heading that lists have. */
  heading(element: HtmlElement): { readonly heading: number; readonly level: number }
  /** Whether it is printed elsewhere, as notes are. */
  isElsewhere(element: HtmlElement): boolean
  /** How wide a line is, in characters of a table. */
  readonly lineWidth: number
}
