import type { LocatedBody } from '../../build/render/bodies.ts'
import type { Code } from '../../core/codes.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'
import type { Block, LinkTarget, ZinePiece } from './flow.ts'
import {
  attribute,
  DEEPEST,
  isElement,
  readHtml,
  textBelow,
  type HtmlNode,
  type HtmlTree,
} from './html-tree.ts'
import { findNotes } from './notes.ts'
import type { PrintedPicture } from './pictures.ts'
import { readBlocks } from './read-blocks.ts'
import { readInline } from './read-line.ts'
import type { Reader, Scope } from './reader.ts'
import { foldBlanks, printable } from './whitespace.ts'

/** What a text is, apart from its body. */
export interface PieceHead extends Pick<ZinePiece, 'title' | 'lang' | 'byline' | 'address'> {
  /** Its address in the site, from the root. */
  readonly url: string
}

/** What is around a piece. */
export interface PieceContext {
  readonly siteUrl: string
  /** The pieces of the zine by their addresses in the site. */
  readonly numbers: ReadonlyMap<string, number>
  /** Characters of a table’s line. */
  readonly lineWidth: number
  /** The picture at an absolute address, or why there is none that can be printed. */
  pictureAt(address: string): PrintedPicture | string
}

export interface ReadPiece {
  readonly piece: ZinePiece
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads the body of a post: what is to be printed, and a diagnostic for everything in it that cannot be. */
export function readPiece(body: LocatedBody, { url, ...head }: PieceHead, context: PieceContext): ReadPiece {
  const tree = readHtml(body)
  const diagnostics: Diagnostic[] = []
  const report = (code: Code, message: string, hint: string, node?: HtmlNode) =>
    diagnostics.push(diagnostic(code, message, { hint, file: body.file, span: node && tree.spanOf(node) }))
  if (tree.isTooDeep) {
    const message = `Its elements are more than ${DEEPEST} deep within one another`
    report('zine/unprintable', message, 'nothing of this post is printed; close them, or leave it out')
    return { piece: { ...head, blocks: [], notes: [], anchors: new Map() }, diagnostics }
  }
  const nodes = withoutTitle(tree, head.title)
  const notes = findNotes(nodes)
  const anchors = new Map<string, number>()
  const reader: Reader = {
    lineWidth: context.lineWidth,
    blocks: (inner, scope) => readBlocks(inner, reader, scope),
    line: (inner, scope) => foldBlanks(readInline(inner, reader, scope)),
    report,
    picture(element) {
      const src = attribute(element, 'src')
      const address = src === undefined ? undefined : resolve(src, url, context.siteUrl)
      const found = address ? context.pictureAt(address.href) : 'it has no address'
      if (typeof found === 'string') {
        const message = `The image ${shortened(src ?? '')} cannot be printed: ${found}`
        report(
          'zine/image',
          message,
          'its words are printed in its place; give it a file of the site',
          element,
        )
        return undefined
      }
      const { name, width, height } = found
      return { name, alt: printable(attribute(element, 'alt') ?? '').trim(), width, height }
    },
    target(element) {
      const href = attribute(element, 'href') ?? attribute(element, 'src') ?? attribute(element, 'data') ?? ''
      const address = resolve(href, url, context.siteUrl)
      if (address && /^(?:javascript|data|vbscript|blob|file):$/.test(address.protocol)) {
        report(
          'zine/unprintable',
          `A link to ${address.protocol} leads nowhere on paper`,
          'take it out',
          element,
        )
        return undefined
      }
      return address && targetOf(address, context)
    },
    note: notes.called,
    isBacklink: notes.isBacklink,
    isElsewhere: notes.isNote,
    heading: headings(anchors),
  }
  const scope: Scope = { depth: 0 }
  const blocks = reader.blocks(nodes, scope)
  const noteBlocks: (readonly Block[])[] = []
  // A note may call others.
  for (let n = 0; n < notes.elements.length; n++)
    noteBlocks.push(reader.blocks(notes.elements[n]!.childNodes, { depth: 1 }))
  return { piece: { ...head, blocks, notes: noteBlocks, anchors }, diagnostics }
}

const shortened = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text)

/** The title stands above the piece already. */
function withoutTitle({ nodes }: HtmlTree, title: string): readonly HtmlNode[] {
  const first = nodes.find(node => isElement(node) || ('value' in node && node.value.trim() !== ''))
  const folded = (text: string) => text.replace(/\s+/g, ' ').trim()
  const isTitle =
    first &&
    isElement(first) &&
    first.tagName === 'h1' &&
    folded(textBelow(first.childNodes)) === folded(title)
  return isTitle ? nodes.filter(node => node !== first) : nodes
}

/** Levels without gaps, as PDF/UA wants them, whatever levels the author wrote. */
function headings(anchors: Map<string, number>): Reader['heading'] {
  let count = 0
  const around: number[] = []
  return element => {
    const written = Number(element.tagName.slice(1))
    while (around.length > 0 && around.at(-1)! >= written) around.pop()
    around.push(written)
    const heading = count++
    const id = attribute(element, 'id')
    if (id !== undefined && !anchors.has(id)) anchors.set(id, heading)
    return { heading, level: Math.min(6, around.length + 1) }
  }
}

/** An address of the site’s own lies below the address of the site. */
function resolve(written: string, url: string, siteUrl: string): URL | undefined {
  const address = written.trim()
  const base = siteUrl.replace(/\/$/, '')
  const full = address.startsWith('/') && !address.startsWith('//') ? base + address : address
  return URL.canParse(full, base + url) ? new URL(full, base + url) : undefined
}

function targetOf(address: URL, { siteUrl, numbers }: PieceContext): LinkTarget {
  const base = new URL(siteUrl)
  const root = base.pathname.replace(/\/$/, '')
  if (address.origin === base.origin && address.pathname.startsWith(`${root}/`)) {
    const path = address.pathname.slice(root.length)
    const piece = numbers.get(path) ?? numbers.get(`${path}/`)
    if (piece !== undefined) return { kind: 'piece', piece, anchor: decoded(address.hash.slice(1)) }
  }
  return { kind: 'web', address: address.href, shown: shownAddress(address.href) }
}

/** As somebody types it: letters of any script, no scheme where it is plain who answers. */
const shownAddress = (address: string): string =>
  printable(decoded(address).replace(/^(?:mailto|tel):/, '')).replace(/\s/g, '%20')

function decoded(text: string): string {
  try {
    return decodeURI(text)
  } catch {
    return text
  }
}
