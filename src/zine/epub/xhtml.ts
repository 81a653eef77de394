import { escapeXml } from '../../core/xml.ts'
import {
  textOf,
  type Block,
  type Inline,
  type LinkTarget,
  type Picture,
  type ZinePiece,
  type Table,
} from '../flow/flow.ts'
import type { ZineWords } from '../words.ts'

/** The name of the document of a piece. */
export const pieceFile = (piece: number): string => `piece-${piece + 1}.xhtml`
export const headingAnchor = (heading: number): string => `h${heading + 1}`

interface XhtmlContext {
  readonly pieces: readonly ZinePiece[]
  readonly words: ZineWords
}

/** A whole document of the book. */
export const xhtml = (title: string, lang: string, body: string): string =>
  `<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="${escapeXml(lang)}" xml:lang="${escapeXml(lang)}">
<head>
<title>${escapeXml(title)}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
${body}</body>
</html>
`

/** A piece as a document: its text, and below it the notes that it calls. */
export function pieceXhtml(piece: ZinePiece, context: XhtmlContext): string {
  const { title, lang, byline, address } = piece
  const body = createWriter(piece, context)
  const written = body.blocks(piece.blocks)
  const notes = body.notes()
  const head = byline.map(line => `<p class="byline">${escapeXml(line)}</p>\n`).join('')
  const source =
    address === undefined
      ? ''
      : `<p class="source"><a href="${escapeXml(address)}">${escapeXml(address)}</a></p>\n`
  return xhtml(
    title,
    lang,
    `<section epub:type="chapter" role="doc-chapter" aria-labelledby="title">\n<h1 id="title">${escapeXml(title)}</h1>\n${head}${written}${source}${notes}</section>\n`,
  )
}

/** The blocks of a text that is no piece. */
export const blocksXhtml = (piece: ZinePiece, context: XhtmlContext): string => {
  const writer = createWriter(piece, context)
  return writer.blocks(piece.blocks) + writer.notes()
}

function createWriter(piece: ZinePiece, { pieces, words }: XhtmlContext) {
  const called = new Set<number>()

  const call = (note: number): string => {
    const id = called.has(note) ? '' : ` id="r${note + 1}"`
    called.add(note)
    return `<a epub:type="noteref" role="doc-noteref"${id} href="#n${note + 1}">${note + 1}</a>`
  }

  const line = (nodes: readonly Inline[]): string => nodes.map(inline).join('')

  const inline = (node: Inline): string => {
    switch (node.kind) {
      case 'text':
        return escapeXml(node.text)
      case 'code':
        return `<code>${escapeXml(node.text)}</code>`
      case 'break':
        return '<br/>'
      case 'note':
        return call(node.note)
      case 'image':
        return img(node.image)
      case 'language':
        return `<span${langAttributes(node.lang)}>${line(node.children)}</span>`
      case 'link': {
        const href = hrefOf(node.to, pieces)
        const text = line(node.children)
        return href === undefined ? text : `<a href="${escapeXml(href)}">${text}</a>`
      }
      default: {
        const tag = tags[node.kind]
        return `<${tag}>${line(node.children)}</${tag}>`
      }
    }
  }

  const blocks = (list: readonly Block[]): string => list.map(block).join('')

  /** An item or a cell of one paragraph needs none. */
  const tight = (list: readonly Block[]): string => {
    const [only] = list
    return list.length === 1 && only?.kind === 'paragraph' ? line(only.children) : `\n${blocks(list)}`
  }

  const block = (each: Block): string => {
    switch (each.kind) {
      case 'paragraph':
        return `<p>${line(each.children)}</p>\n`
      case 'heading': {
        const tag = `h${each.level}`
        return `<${tag} id="${headingAnchor(each.heading)}">${line(each.children)}${each.notes.map(call).join('')}</${tag}>\n`
      }
      case 'quote':
        return `<blockquote>\n${blocks(each.blocks)}</blockquote>\n`
      case 'aside':
        return `<aside>\n${blocks(each.blocks)}</aside>\n`
      case 'code':
        return `<pre><code>${escapeXml(each.text)}</code></pre>\n`
      case 'rule':
        return '<hr/>\n'
      case 'figure': {
        const caption = each.caption.length === 0 ? '' : `<figcaption>${line(each.caption)}</figcaption>`
        return `<figure>${img(each.image)}${caption}</figure>\n`
      }
      case 'list': {
        const tag = each.ordered ? 'ol' : 'ul'
        const start = each.ordered && each.start !== 1 ? ` start="${each.start}"` : ''
        return `<${tag}${start}>\n${each.items.map(item => `<li>${tight(item)}</li>\n`).join('')}</${tag}>\n`
      }
      case 'definitions':
        return `<dl>\n${each.items
          .map(({ term, blocks: inside }) => `<dt>${line(term)}</dt>\n<dd>${tight(inside)}</dd>\n`)
          .join('')}</dl>\n`
      case 'table':
        return table(each)
    }
  }

  const table = ({ caption, head, body }: Table): string => {
    const rows = (each: Table['head']) =>
      each
        .map(
          row =>
            `<tr>${row
              .map(({ blocks: inside, align, isHead, columns }) => {
                const tag = isHead ? 'th' : 'td'
                const span = columns > 1 ? ` colspan="${columns}"` : ''
                const style = align === 'left' ? '' : ` class="${align}"`
                return `<${tag}${span}${style}>${tight(inside)}</${tag}>`
              })
              .join('')}</tr>\n`,
        )
        .join('')
    const title = caption.length === 0 ? '' : `<caption>${line(caption)}</caption>\n`
    const top = head.length === 0 ? '' : `<thead>\n${rows(head)}</thead>\n`
    const rest = body.length === 0 ? '' : `<tbody>\n${rows(body)}</tbody>\n`
    return `<table>\n${title}${top}${rest}</table>\n`
  }

  /** Those that were called; a note may call others, which are then written, too. */
  const notes = (): string => {
    const written = new Map<number, string>()
    // A set that grows while it is gone through is gone through to its end.
    for (const note of called) written.set(note, blocks(piece.notes[note] ?? []))
    if (written.size === 0) return ''
    const asides = [...written]
      .toSorted(([a], [b]) => a - b)
      .map(
        ([note, text]) =>
          `<aside epub:type="footnote" role="doc-footnote" id="n${note + 1}">\n<p class="number"><a role="doc-backlink" href="#r${note + 1}">${note + 1}</a></p>\n${text}</aside>\n`,
      )
    return `<section class="notes" aria-label="${escapeXml(words.notes)}">\n${asides.join('')}</section>\n`
  }

  return { blocks, notes }
}

const tags = {
  emphasis: 'em',
  strong: 'strong',
  strike: 's',
  sub: 'sub',
  sup: 'sup',
  mark: 'mark',
  underline: 'u',
} as const

const pixels = (length: number) => Math.max(1, Math.round(length))

const img = ({ name, alt, width, height }: Picture): string =>
  `<img src="${name}" alt="${escapeXml(alt)}" width="${pixels(width)}" height="${pixels(height)}"/>`

/** XML knows no language that is none. */
const langAttributes = (lang: string): string =>
  /^[a-z]{2,8}(?:-[a-z\d]{1,8})*$/i.test(lang) ? ` lang="${lang}" xml:lang="${lang}"` : ''

/** Schemes that reading systems know, of those that are registered with IANA. */
const SCHEME = /^(?:https?|mailto|tel|xmpp|ftp|geo|sip|irc|news):/i

/** Undefined for an address that no reading system would follow. */
function hrefOf(to: LinkTarget, pieces: readonly ZinePiece[]): string | undefined {
  if (to.kind === 'web') return SCHEME.test(to.address) ? strictAddress(to.address) : undefined
  const heading = pieces[to.piece]?.anchors.get(to.anchor)
  return `${pieceFile(to.piece)}${heading === undefined ? '' : `#${headingAnchor(heading)}`}`
}

/** The headings of a piece that lists have: those of the second level, as links. */
export const headingsOf = (piece: ZinePiece): readonly { readonly anchor: string; readonly text: string }[] =>
  piece.blocks.flatMap(block =>
    block.kind === 'heading' && block.level === 2
      ? [{ anchor: headingAnchor(block.heading), text: textOf(block.children).trim() }]
      : [],
  )

/** An address as RFC 3986 has it: browsers are not so strict, and what is wrong for a book is no fault of its author’s. */
export function strictAddress(address: string): string {
  const [, before = '', fragment] = /^([^#]*)(?:#(.*))?$/s.exec(address) ?? []
  const encode = (text: string, allowed: RegExp) =>
    text
      .toWellFormed()
      .replace(/%(?![\da-f]{2})/gi, '%25')
      .replace(allowed, each => encodeURIComponent(each).replace(/^(?=[^%])(.)$/s, hex))
  const host = /^[a-z][a-z\d+.-]*:\/\/[^/?]*/i.exec(before)?.[0] ?? ''
  const rest = encode(before.slice(host.length), /[^\w\-.~:/?@!$&'()*+,;=%]/gu)
  return host + rest + (fragment === undefined ? '' : `#${encode(fragment, /[^\w\-.~:/?@!$&'()*+,;=%]/gu)}`)
}

const hex = (each: string) => `%${each.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
