import MarkdownIt from 'markdown-it'
import { readDocument } from '../../../src/document/document.ts'
import { findOpaque } from '../../../src/document/opaque/find-opaque.ts'
import { paragraphs, readingOf, type Piece } from './pieces.ts'

/** Stands for what is no prose: code, math, a tag, an address. */
export const opaque = '\uFFFC'

const references: Readonly<Record<string, string>> = {
  nbsp: '\u00A0',
  '#160': '\u00A0',
  '#8239': '\u202F',
  // As an escaped one, its author's own.
  quot: opaque,
  apos: opaque,
  '#39': opaque,
  '#34': opaque,
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  laquo: '«',
  raquo: '»',
  bdquo: '„',
  mdash: '—',
  ndash: '–',
  amp: '&',
  shy: '',
}

/** Stands for the end of a line that the reader sees: a hard break. */
export const lineBreak = '\u2028'

/** A paragraph as it is read: one line of text, a blank for each end of line, `opaque` for what is none. */
export interface Paragraph {
  /** Its first line, and its last. */
  readonly line: number
  readonly lastLine: number
  readonly text: string
}

/** What a document says, without front matter, code and markup, in the language that is asked for. */
export function proseOf(path: string, text: string, lang: 'en' | 'ru'): Paragraph[] {
  const { lines, pieces: own } = readingOf(path, text)
  const pieces = [...own, ...tabled(path, text)].toSorted((a, b) => a.start - b.start || b.end - a.end)
  const lineAt = (place: number) => Math.max(1, lines.findLastIndex(line => line.start <= place) + 1)
  const isCode = codeLines(path, text)
  const found: Paragraph[] = []
  for (const { start, end } of paragraphs(text, lines)) {
    // What is code to CommonMark is prose in one dialect and code in another: nobody can be asked to set it.
    if (lines[lineAt(start) - 1]?.what === 'admonition' || isCode(lineAt(start))) continue
    let written = ''
    let begun = start
    let from = start
    const close = (to: number) => {
      const said = plain(written)
      if (isIn(lang, said))
        found.push({ line: lineAt(begun), lastLine: lineAt(Math.max(begun, to - 1)), text: said })
      written = ''
      begun = to
    }
    for (const piece of pieces) {
      if (piece.end <= from || piece.start >= end) continue
      written += text.slice(from, Math.max(from, piece.start))
      // An element that is a block is a paragraph of its own.
      if (piece.what === 'tag' && blockTag.test(text.slice(piece.start, piece.end))) close(piece.end)
      else written += stands(piece.what, text.slice(piece.start, piece.end))
      from = piece.end
    }
    written += from < end ? text.slice(from, end) : ''
    close(end)
  }
  return found
}

const blockTag =
  /^<\/?(?:address|article|aside|blockquote|caption|dd|details|div|dl|dt|fig(?:caption|ure)|footer|h[1-6]|header|hr|li|main|nav|ol|p|section|summary|table|t[bdhr]|tbody|thead|ul)\b/i

const commonMark = new MarkdownIt({ html: true })

/** Which lines, counted from 1, are code to a parser that knows CommonMark and nothing else. MDX has no code but in fences. */
function codeLines(path: string, text: string): (line: number) => boolean {
  if (path.endsWith('.mdx')) return () => false
  const { bodyStart } = readDocument({ path, text })
  const before = text.slice(0, bodyStart).split('\n').length - 1
  const code = new Set<number>()
  for (const { type, map } of commonMark.parse(text.slice(bodyStart), {}))
    if (map && (type === 'code_block' || type === 'fence'))
      for (let line = map[0]; line < map[1]; line++) code.add(before + line + 1)
  return line => code.has(line)
}

/**
 * What the program's table says is nobody's prose: which syntaxes there are is agreed on, what is badly set in the rest is not. It is
 * the damage tool that does without the table.
 */
function tabled(path: string, text: string): readonly Piece[] {
  const { format, bodyStart } = readDocument({ path, text })
  return findOpaque(text, { format, isMdx: /\.mdx$/i.test(path), start: bodyStart }).map(
    ({ core: [start, end], stands }) => ({ start, end, what: stands === 'nothing' ? 'comment' : 'opaque' }),
  )
}

/** Marks that one does not see leave nothing behind; an inline tag neither. An escaped mark is its author's own. */
function stands(what: string, written: string): string {
  if (what === 'link destination') return ']'
  if (what === 'attribute list' || what === 'comment') return ''
  if (what === 'reference label' && written.startsWith(']')) return ']'
  if (what === 'tag') return /^<br\b/i.test(written) ? lineBreak : ''
  if (what === 'escape') return /["'-]/.test(written[1] ?? '') ? opaque : (written[1] ?? '')
  return opaque
}

function plain(written: string): string {
  return (
    written
      .replace(/^[ \t]*(?:>[ \t]?)+/gm, '')
      .replace(/^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s)?/, '')
      .replace(/^#{1,6}\s+|\s+#+$/g, '')
      // A line that is a dash, and nothing else, parts what its author wants parted.
      .replace(/^[ \t]*[—–-]{1,3}[ \t]*$/gm, lineBreak)
      // One that begins with a dash, where a sentence has ended, is the next item or what the next one says.
      .replace(/(?<=[.!?…;:)»”][ \t]*\r?\n)[ \t]*(?=[—–]\s)/g, lineBreak)
      .replace(/(?: {2,}|\\)\r?\n/g, lineBreak)
      .replace(/!\[[^\]]*\]/g, opaque)
      .replace(/[[\]]/g, '')
      // Behind a label in bold begins something else.
      .replace(/(?<=[.:])\*\*(?=\s)/g, opaque)
      .replace(/\*+|~~|(?<![\p{L}\d])_+|_+(?![\p{L}\d])/gu, '')
      .replace(/&(#?\w+);/g, (whole, name: string) => references[name] ?? whole)
      .replace(/[^\S\u00A0\u2000-\u200A\u202F\u2028]+/g, ' ')
      .replace(/ *\u2028 */g, lineBreak)
      .trim()
  )
}

/** At least three words in five are of the language's script: a linter leaves other paragraphs alone. */
function isIn(lang: 'en' | 'ru', said: string): boolean {
  const cyrillic = said.match(/[а-яё]/gi)?.length ?? 0
  const latin = said.match(/[a-z]/gi)?.length ?? 0
  return cyrillic + latin > 0 && (lang === 'ru' ? cyrillic : latin) >= 0.6 * (cyrillic + latin)
}

export const wordsIn = (text: string): number => text.match(/[\p{L}\d][\p{L}\d'’-]*/gu)?.length ?? 0
