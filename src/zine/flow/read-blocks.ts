import { append } from '../../core/lists/long-lists.ts'
import { blocks as blockElements, isKnownInline, isLineOnly, sections } from './elements.ts'
import { textOf, type Block, type Inline } from './flow.ts'
import {
  attribute,
  descendants,
  hasClass,
  isElement,
  isText,
  textBelow,
  type HtmlElement,
  type HtmlNode,
} from './html-tree.ts'
import { reportForeign } from './foreign.ts'
import { readTable } from './read-table.ts'
import type { Reader, Scope } from './reader.ts'
import { printable } from './whitespace.ts'

/** Lists and quotations within one another: deeper than this there is no line left, and a typesetter has a bound. */
const DEEPEST = 6

/** Reads blocks, and what stands between them in lines of its own. */
export function readBlocks(nodes: readonly HtmlNode[], reader: Reader, scope: Scope): readonly Block[] {
  const found: Block[] = []
  let line: HtmlNode[] = []
  const endLine = () => {
    if (line.some(node => isElement(node) || (isText(node) && node.value.trim() !== '')))
      append(found, paragraphs(reader.line(line, scope), scope))
    line = []
  }
  for (const node of nodes) {
    if (!isElement(node) || !isBlock(node)) {
      line.push(node)
      continue
    }
    endLine()
    if (attribute(node, 'hidden') !== undefined || reader.isElsewhere(node)) continue
    const lang = attribute(node, 'lang')
    append(found, readBlock(node, reader, lang ? { ...scope, lang } : scope))
  }
  endLine()
  return found
}

/** An element of a line that has blocks in it, as `<a><div>…</div></a>`, is read as a block. */
const isBlock = (element: HtmlElement): boolean =>
  blockElements.has(element.tagName) ||
  (!isLineOnly(element.tagName) &&
    [...descendants(element.childNodes)].some(({ tagName }) => blockElements.has(tagName)))

/** A picture alone in its paragraph is a figure. */
function paragraphs(line: readonly Inline[], { lang }: Scope): readonly Block[] {
  const pictures = line.flatMap(node => {
    const inner = node.kind === 'link' && node.children.length === 1 ? node.children[0]! : node
    return inner.kind === 'image' ? [inner.image] : []
  })
  const isAlone = line.every(
    node =>
      node.kind === 'image' ||
      node.kind === 'break' ||
      (node.kind === 'text' && node.text.trim() === '') ||
      (node.kind === 'link' && node.children.every(({ kind }) => kind === 'image')),
  )
  if (pictures.length > 0 && isAlone) return pictures.map(image => ({ kind: 'figure', image, caption: [] }))
  return line.length === 0 ? [] : [{ kind: 'paragraph', children: inLanguage(line, lang) }]
}

const inLanguage = (children: readonly Inline[], lang: string | undefined): readonly Inline[] =>
  lang === undefined ? children : [{ kind: 'language', lang, children }]

function readBlock(element: HtmlElement, reader: Reader, scope: Scope): readonly Block[] {
  const { tagName: tag, childNodes } = element
  const inner = { ...scope, depth: scope.depth + 1 }
  const isTooDeep = inner.depth > DEEPEST && /^(?:blockquote|aside|ul|ol|menu|dl|table)$/.test(tag)
  if (isTooDeep) {
    const message = `Here are more than ${DEEPEST} lists or quotations within one another`
    reader.report('zine/unprintable', message, 'make them fewer; the words are printed all the same', element)
    return [...readFlat(childNodes, reader, scope)]
  }
  switch (tag) {
    case 'hr':
      // Between a text and its notes: these stand elsewhere.
      return hasClass(element, /^footnotes-sep$/) ? [] : [{ kind: 'rule' }]
    case 'pre':
      return [{ kind: 'code', text: printable(textBelow(childNodes)).replace(/^\n/, '').trimEnd() }]
    case 'blockquote':
      return [{ kind: 'quote', blocks: reader.blocks(childNodes, inner) }]
    case 'aside':
      return [{ kind: 'aside', blocks: reader.blocks(childNodes, inner) }]
    case 'ul':
    case 'ol':
    case 'menu':
      return readList(element, reader, inner)
    case 'dl':
      return readDefinitions(element, reader, inner)
    case 'figure':
      return readFigure(element, reader, scope)
    case 'table':
      return readTable(element, reader, inner)
    default:
  }
  if (/^h[1-6]$/.test(tag)) return readHeading(element, reader, scope)
  if (/^(?:summary|legend|dt)$/.test(tag)) return emphasised(reader.line(childNodes, scope))
  // The contents of a page are those of the zine.
  if (tag === 'nav' && (hasClass(element, /^toc$/) || /toc|contents/i.test(attribute(element, 'role') ?? '')))
    return []
  const isKnown = sections.has(tag) || isKnownInline(tag) || /^(?:p|li|dd|figcaption)$/.test(tag)
  if (!isKnown) reportForeign(element, reader)
  return reader.blocks(childNodes, scope)
}

/** Lists within lists, as paragraphs. */
function* readFlat(nodes: readonly HtmlNode[], reader: Reader, scope: Scope): Generator<Block> {
  let line: HtmlNode[] = []
  const flush = function* (): Generator<Block> {
    const read = reader.line(line, scope)
    line = []
    if (read.length > 0) yield { kind: 'paragraph', children: read }
  }
  for (const node of nodes) {
    if (isElement(node) && isBlock(node)) {
      yield* flush()
      yield* readFlat(node.childNodes, reader, scope)
    } else line.push(node)
  }
  yield* flush()
}

const emphasised = (children: readonly Inline[]): readonly Block[] =>
  children.length === 0 ? [] : [{ kind: 'paragraph', children: [{ kind: 'strong', children }] }]

/** In a list or quotation, a heading is none of the piece. */
function readHeading(element: HtmlElement, reader: Reader, scope: Scope): readonly Block[] {
  const children = reader.line(element.childNodes, scope)
  if (textOf(children).trim() === '') return paragraphs(children, scope)
  if (scope.depth > 0) return emphasised(children)
  const notes: number[] = []
  const words = withoutNotes(children, notes)
  return [{ kind: 'heading', ...reader.heading(element), children: inLanguage(words, scope.lang), notes }]
}

/** Contents and bookmarks have a heading without the notes that it calls. */
const withoutNotes = (nodes: readonly Inline[], notes: number[]): readonly Inline[] =>
  nodes.flatMap((node): readonly Inline[] => {
    if (node.kind === 'note') {
      notes.push(node.note)
      return []
    }
    return 'children' in node ? [{ ...node, children: withoutNotes(node.children, notes) }] : [node]
  })

function readList(element: HtmlElement, reader: Reader, scope: Scope): readonly Block[] {
  const items: (readonly Block[])[] = []
  for (const child of element.childNodes) {
    if (isText(child) && child.value.trim() === '') continue
    if (!isElement(child) && !isText(child)) continue
    if (isElement(child) && reader.isElsewhere(child)) continue
    const isItem = isElement(child) && child.tagName === 'li'
    const blocks = reader.blocks(isItem ? child.childNodes : [child], scope)
    if (blocks.length > 0) items.push(blocks)
  }
  if (items.length === 0) return []
  const start = Number(attribute(element, 'start') ?? 1)
  const ordered = element.tagName === 'ol'
  return [{ kind: 'list', ordered, start: Number.isSafeInteger(start) && start >= 0 ? start : 1, items }]
}

function readDefinitions(element: HtmlElement, reader: Reader, scope: Scope): readonly Block[] {
  const items: { term: Inline[]; blocks: Block[] }[] = []
  const parts = element.childNodes.flatMap(child =>
    isElement(child) && child.tagName === 'div' ? child.childNodes : [child],
  )
  for (const part of parts) {
    if (!isElement(part)) continue
    const last = items.at(-1)
    if (part.tagName === 'dt') {
      const term = reader.line(part.childNodes, scope)
      // Several terms may have one definition.
      if (last && last.blocks.length === 0) append(last.term, [{ kind: 'break' }], term)
      else items.push({ term: [...term], blocks: [] })
    } else if (last) append(last.blocks, reader.blocks([...part.childNodes], scope))
    else items.push({ term: [], blocks: [...reader.blocks(part.childNodes, scope)] })
  }
  return items.length === 0 ? [] : [{ kind: 'definitions', items }]
}

function readFigure(element: HtmlElement, reader: Reader, scope: Scope): readonly Block[] {
  const captionOf = element.childNodes.find(child => isElement(child) && child.tagName === 'figcaption')
  const caption = captionOf && isElement(captionOf) ? reader.line(captionOf.childNodes, scope) : []
  const blocks = reader.blocks(
    element.childNodes.filter(child => child !== captionOf),
    scope,
  )
  const [only] = blocks
  if (blocks.length === 1 && only?.kind === 'figure' && only.caption.length === 0)
    return [{ ...only, caption }]
  return caption.length === 0 ? blocks : [...blocks, { kind: 'paragraph', children: caption }]
}
