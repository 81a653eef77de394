import type { Block, Inline, LinkTarget, Picture, ZinePiece, Table } from '../flow/flow.ts'
import { textOf } from '../flow/flow.ts'
import type { ZineWords } from '../words.ts'
import { addressNodes, textNodes, type DataNode } from './data-text.ts'

export interface TypstLanguage {
  readonly lang: string
  readonly region: string | null
}

/** A language as Typst takes it: two or three letters, and a country of two. Undefined for one that it cannot have. */
export function typstLanguage(tag: string): TypstLanguage | undefined {
  const [primary = '', ...subtags] = tag.split('-')
  if (!/^[a-z]{2,3}$/i.test(primary)) return undefined
  const region = subtags.find(each => /^[a-z]{2}$/i.test(each))
  return { lang: primary.toLowerCase(), region: region?.toUpperCase() ?? null }
}

export interface DataContext {
  readonly pieces: readonly ZinePiece[]
  readonly words: ZineWords
  /** Of a line, and of the highest picture; in points. */
  readonly width: number
  readonly height: number
}

export const pieceId = (piece: number): string => `p${piece}`
const headingId = (piece: number, heading: number) => `p${piece}h${heading}`

/** Of its headings, the notes that they call; the labels are those of the data. */
export interface PieceData {
  readonly nodes: readonly DataNode[]
  readonly headingNotes: Readonly<Record<string, readonly DataNode[]>>
}

/** A piece as data: its strings are those of its author, and all else is the program’s. */
export function pieceData(piece: ZinePiece, number: number, context: DataContext): PieceData {
  const headingNotes: Record<string, readonly DataNode[]> = {}
  const called = new Set<number>()

  const note = (n: number): DataNode => {
    const id = `p${number}n${n}`
    if (called.has(n)) return { k: 'again', id }
    called.add(n)
    return { k: 'note', id, c: blocks(piece.notes[n] ?? [], { isInNote: true }) }
  }

  const line = (nodes: readonly Inline[], at: NodePlace): readonly DataNode[] =>
    nodes.flatMap(node => inline(node, at))

  const inline = (node: Inline, at: NodePlace): readonly DataNode[] => {
    switch (node.kind) {
      case 'text':
        return textNodes(node.text)
      case 'code':
        return [{ k: 'code', s: node.text, whole: node.text.length <= WHOLE_CODE }]
      case 'break':
        return [{ k: 'break' }]
      case 'note':
        return [note(node.note)]
      case 'image':
        return [{ k: 'image', ...fitted(node.image, context) }]
      case 'language': {
        const lang = typstLanguage(node.lang)
        return lang ? [{ k: 'language', lang, c: line(node.children, at) }] : line(node.children, at)
      }
      case 'link':
        return link(node.to, node.children, at)
      default:
        return [{ k: node.kind, c: line(node.children, at) }]
    }
  }

  /** On paper a link is followed by its page between brackets, or by its address: in a note, and within a note between brackets. */
  const link = (to: LinkTarget, children: readonly Inline[], at: NodePlace): readonly DataNode[] => {
    const drawn: DataNode = { ...destination(to, context), c: line(children, at) }
    const where = whereabouts(to, children, context)
    if (where.length === 0 || at.isInHeading) return [drawn]
    if (at.isInNote || to.kind === 'piece') return [drawn, ...textNodes(' ('), ...where, ...textNodes(')')]
    return [drawn, { k: 'note', id: `p${number}l${links++}`, c: [{ k: 'line', c: where }] }]
  }
  let links = 0

  const blocks = (list: readonly Block[], at: NodePlace): readonly DataNode[] => {
    // A note, a cell or an item of one paragraph is set as a line.
    const [only] = list
    if (
      at.isTight !== false &&
      (at.isInNote || at.isTight) &&
      list.length === 1 &&
      only?.kind === 'paragraph'
    )
      return [{ k: 'line', c: line(only.children, at) }]
    return list.flatMap(block => blockNodes(block, at))
  }

  const blockNodes = (block: Block, at: NodePlace): readonly DataNode[] => {
    const inner = { ...at, isTight: false }
    switch (block.kind) {
      case 'paragraph':
        return [{ k: 'paragraph', c: line(block.children, at) }]
      case 'heading': {
        const id = headingId(number, block.heading)
        const notes = [...block.notes.map(note), ...linkNotes(block.children)]
        if (notes.length > 0) headingNotes[id] = notes
        return [
          { k: 'heading', level: block.level, id, c: line(block.children, { ...at, isInHeading: true }) },
        ]
      }
      case 'quote':
      case 'aside':
        return [{ k: block.kind, c: blocks(block.blocks, inner) }]
      case 'code':
        return [{ k: 'block-code', s: block.text }]
      case 'rule':
        return [{ k: 'rule' }]
      case 'figure':
        return [{ k: 'figure', ...fitted(block.image, context), c: line(block.caption, at) }]
      case 'list': {
        const tight = block.items.every(item => item.length === 1)
        const c = block.items.map(item => blocks(item, { ...at, isTight: true }))
        return [block.ordered ? { k: 'enum', tight, start: block.start, c } : { k: 'list', tight, c }]
      }
      case 'definitions': {
        const c = block.items.map(({ term, blocks: inside }) => ({
          term: line(term, at),
          c: blocks(inside, { ...at, isTight: true }),
        }))
        return [{ k: 'terms', c }]
      }
      case 'table':
        return [block.isUnrolled ? rows(block, at) : table(block, at)]
    }
  }

  /** Outlines have no notes; what a link in a heading leads to follows it. */
  const linkNotes = (nodes: readonly Inline[]): readonly DataNode[] =>
    nodes.flatMap((node): readonly DataNode[] => {
      if (node.kind !== 'link') return 'children' in node ? linkNotes(node.children) : []
      const where = node.to.kind === 'web' ? whereabouts(node.to, node.children, context) : []
      return where.length === 0
        ? []
        : [{ k: 'note', id: `p${number}l${links++}`, c: [{ k: 'line', c: where }] }]
    })

  const table = ({ head, body, widths, caption }: Table, at: NodePlace): DataNode => {
    const cells = (each: Table['head']) =>
      each.map(row =>
        row.map(({ blocks: inside, align, isHead, columns }) => ({
          c: blocks(inside, { ...at, isTight: true }),
          align,
          head: isHead,
          columns,
        })),
      )
    const drawn = { widths, head: cells(head), body: cells(body), c: line(caption, at) }
    return { k: 'table', ...drawn, small: body.length <= 12 && JSON.stringify(body).length < SMALL }
  }

  /** Each row as a list of what its columns are called, and what is in them. */
  const rows = ({ head, body, caption }: Table, at: NodePlace): DataNode => {
    const names = head.at(-1) ?? []
    const all = body.map(row =>
      row.flatMap((cell, n) => {
        const c = blocks(cell.blocks, { ...at, isTight: true })
        return c.length === 0 ? [] : [{ term: blocks(names[n]?.blocks ?? [], { ...at, isTight: true }), c }]
      }),
    )
    return { k: 'rows', rows: all, c: line(caption, at) }
  }

  return { nodes: blocks(piece.blocks, { isTight: false }), headingNotes }
}

/** Of the JSON of a table: one no longer is certain to have room on a page, and is kept whole. */
const SMALL = 12_000

/** Code of so few letters is not broken, at a hyphen least of all. */
const WHOLE_CODE = 16

/** Where something stands. */
interface NodePlace {
  readonly isInNote?: boolean
  readonly isInHeading?: boolean
  /** Whether one paragraph alone is a line; otherwise it is a paragraph. */
  readonly isTight?: boolean
}

function destination(to: LinkTarget, { pieces }: DataContext): DataNode {
  if (to.kind === 'web') return { k: 'web', to: to.address }
  return { k: 'piece', to: labelOf(to, pieces) }
}

function labelOf(
  { piece, anchor }: Extract<LinkTarget, { kind: 'piece' }>,
  pieces: readonly ZinePiece[],
): string {
  const heading = pieces[piece]?.anchors.get(anchor)
  return heading === undefined ? pieceId(piece) : headingId(piece, heading)
}

/** What a reader of paper needs to follow a link; nothing, when its words say it. */
function whereabouts(
  to: LinkTarget,
  children: readonly Inline[],
  { pieces, words }: DataContext,
): readonly DataNode[] {
  if (to.kind === 'piece')
    return [
      { k: 'text', s: words.page },
      { k: 'page', to: labelOf(to, pieces) },
    ]
  const bare = (text: string) => text.trim().replace(/^[a-z]+:(?:\/\/)?|\/$/gi, '')
  const text = bare(textOf(children))
  if (text === bare(to.shown) || text === bare(to.address)) return []
  return [{ k: 'web', to: to.address, c: addressNodes(to.shown) }]
}

/** Points a CSS pixel: 96 of them are an inch. */
const POINTS = 0.75

/** A picture as large as it is, and no larger than the page. */
function fitted({ name, alt, width, height }: Picture, room: DataContext) {
  const scale = Math.min(POINTS, room.width / width, (room.height * 0.7) / height)
  return { name, alt, width: round(width * scale), height: round(height * scale) }
}

const round = (points: number) => Math.max(1, Math.round(points * 100) / 100)
