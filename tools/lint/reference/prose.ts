import { readDocument } from '../../../src/document/document.ts'
import { findOpaque } from '../../../src/document/opaque/find-opaque.ts'
import { paragraphs, readingOf, type Piece } from './pieces.ts'

/** Stands for what is no prose: code, math, a tag, an address. */
export const opaque = '\uFFFC'

const references: Readonly<Record<string, string>> = {
  nbsp: '\u00A0',
  '#160': '\u00A0',
  '#8239': '\u202F',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#34': '"',
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

/** A paragraph as it is read: one line of text, a blank for each end of line, `opaque` for what is none. */
export interface Paragraph {
  readonly line: number
  readonly text: string
}

/** What a document says, without front matter, code and markup, in the language that is asked for. */
export function proseOf(path: string, text: string, lang: 'en' | 'ru'): Paragraph[] {
  const { lines, pieces: own } = readingOf(path, text)
  const pieces = [...own, ...tabled(path, text)].toSorted((a, b) => a.start - b.start || b.end - a.end)
  const found: Paragraph[] = []
  for (const { start, end } of paragraphs(text, lines)) {
    const first = lines.findLastIndex(line => line.start <= start)
    // Four blanks before it make it code in CommonMark and prose in one dialect: nobody can be asked to set it.
    if (lines[first]?.what === 'admonition') continue
    let written = ''
    let from = start
    for (const piece of pieces) {
      if (piece.end <= from || piece.start >= end) continue
      written += text.slice(from, Math.max(from, piece.start)) + stands(piece.what, text, piece.start)
      from = piece.end
    }
    written += from < end ? text.slice(from, end) : ''
    const said = plain(written)
    if (isIn(lang, said)) found.push({ line: first + 1, text: said })
  }
  return found
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

/** Marks that one does not see leave nothing behind; an inline tag neither. */
function stands(what: string, text: string, at: number): string {
  if (what === 'link destination') return ']'
  if (what === 'attribute list' || what === 'comment') return ''
  if (what === 'reference label' && text[at] === ']') return ']'
  if (what === 'tag') return /^<\/?(?:br|p|li|div|td|th|h\d)\b/i.test(text.slice(at, at + 6)) ? opaque : ''
  if (what === 'escape') return text[at + 1] ?? ''
  return opaque
}

function plain(written: string): string {
  return written
    .replace(/^[ \t]*(?:>[ \t]?)+/gm, '')
    .replace(/^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s)?/, '')
    .replace(/^#{1,6}\s+|\s+#+$/g, '')
    .replace(/!\[[^\]]*\]/g, opaque)
    .replace(/[[\]]/g, '')
    .replace(/\*+|~~|(?<![\p{L}\d])_+|_+(?![\p{L}\d])/gu, '')
    .replace(/&(#?\w+);/g, (whole, name: string) => references[name] ?? whole)
    .replace(/[^\S\u00A0\u2000-\u200A\u202F]+/g, ' ')
    .trim()
}

/** At least three words in five are of the language's script: a linter leaves other paragraphs alone. */
function isIn(lang: 'en' | 'ru', said: string): boolean {
  const cyrillic = said.match(/[а-яё]/gi)?.length ?? 0
  const latin = said.match(/[a-z]/gi)?.length ?? 0
  return cyrillic + latin > 0 && (lang === 'ru' ? cyrillic : latin) >= 0.6 * (cyrillic + latin)
}

export const wordsIn = (text: string): number => text.match(/[\p{L}\d][\p{L}\d'’-]*/gu)?.length ?? 0
