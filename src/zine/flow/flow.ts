/** What is printed, without HTML and without layout: the PDF and the EPUB are both written from this. */

/** Text in a style, or something that stands in a line. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: InlineStyle; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'link'; readonly to: LinkTarget; readonly children: readonly Inline[] }
  | { readonly kind: 'language'; readonly lang: string; readonly children: readonly Inline[] }
  /** `note` is its number within the piece, from 0: two calls may have one note. */
  | { readonly kind: 'note'; readonly note: number }
  | { readonly kind: 'image'; readonly image: Picture }

export type InlineStyle = 'emphasis' | 'strong' | 'strike' | 'sub' | 'sup' | 'mark' | 'underline'

export type LinkTarget =
  /** An absolute address; `shown` is what a reader types. */
  | { readonly kind: 'web'; readonly address: string; readonly shown: string }
  /** A piece of this zine, by its number; `anchor` may be the id of a heading of it. */
  | { readonly kind: 'piece'; readonly piece: number; readonly anchor: string }

export interface Picture {
  /** Its name in the zine: `images/3.png`. */
  readonly name: string
  /** What it says to those who do not see it; '' when it says nothing. */
  readonly alt: string
  /** In CSS pixels. */
  readonly width: number
  readonly height: number
}

export type Block =
  | {
      readonly kind: 'heading'
      /** From 2, without gaps: the piece itself has a heading of level 1. */
      readonly level: number
      /** Its number in the piece, from 0. */
      readonly heading: number
      readonly children: readonly Inline[]
      readonly notes: readonly number[]
    }
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'aside'; readonly blocks: readonly Block[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'rule' }
  | { readonly kind: 'figure'; readonly image: Picture; readonly caption: readonly Inline[] }
  | {
      readonly kind: 'list'
      readonly ordered: boolean
      readonly start: number
      readonly items: readonly (readonly Block[])[]
    }
  | { readonly kind: 'definitions'; readonly items: readonly Definition[] }
  | Table

export interface Definition {
  readonly term: readonly Inline[]
  readonly blocks: readonly Block[]
}

export interface Table {
  readonly kind: 'table'
  readonly caption: readonly Inline[]
  /** Rows that say what the columns are. */
  readonly head: readonly (readonly Cell[])[]
  readonly body: readonly (readonly Cell[])[]
  /** How wide each column is to be, in parts of the whole. */
  readonly widths: readonly number[]
  /** Whether it is set as a list of rows, being wider than the paper. */
  readonly isUnrolled: boolean
}

export interface Cell {
  readonly blocks: readonly Block[]
  readonly align: 'left' | 'center' | 'right'
  readonly isHead: boolean
  readonly columns: number
}

/** A post, or another text of the zine, as it is printed. */
export interface ZinePiece {
  readonly title: string
  readonly lang: string
  /** Lines below the title. */
  readonly byline: readonly string[]
  /** Where it stands on the web. */
  readonly address: string | undefined
  readonly blocks: readonly Block[]
  /** By their numbers. */
  readonly notes: readonly (readonly Block[])[]
  /** The numbers of its headings by their ids. */
  readonly anchors: ReadonlyMap<string, number>
}

/** The words of what is printed, as a reader goes through them; notes and pictures are left out. */
export const textOf = (nodes: readonly Inline[]): string =>
  nodes
    .map(node => {
      if (node.kind === 'text' || node.kind === 'code') return node.text
      if (node.kind === 'break') return ' '
      return 'children' in node ? textOf(node.children) : ''
    })
    .join('')
