import { decodeHTMLStrict } from 'entities/decode'
import type { Span } from '../../core/types.ts'
import { CellKind, WORD } from './cells.ts'
import { wholeContent, type Content } from './content.ts'
import type { Prose } from './prose.ts'
import { OpaqueParts } from '../../document/opaque/opaque-parts.ts'
import { findOpaque, type OpaquePart } from '../../document/opaque/find-opaque.ts'

const entity = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/iy
const blanks = /[ \t]*(?:\r\n?|\n)[ \t\r\n]*/y

/** More than one has a meaning to the author. */
const oneBreak = /^[ \t]*(?:\r\n?|\n)[ \t]*$/

/**
 * Finds the prose of HTML: a page, or a block of it in Markdown, where some dialects have code between backticks still. Linear in
 * the text.
 */
export function scanHtml(content: Content, prose: Prose, { inMarkdown = false } = {}): void {
  prose.begin(content)
  const text = maskOpaque(content, prose.opaque)
  const special = inMarkdown ? /[<&\n\r`]/g : /[<&\n\r]/g
  const closed = inMarkdown ? codeSpans(text) : none
  let begun = 0
  for (let match = special.exec(text); match; match = special.exec(text)) {
    let start = match.index
    let end = 0
    if (match[0] === '`') {
      end = closed.get(start) ?? 0
      if (end === 0) continue
      prose.text(begun, start)
      prose.word(start, end)
    } else if (match[0] === '<') {
      end = markupEnd(text, start)
      if (end === 0) continue
      prose.text(begun, start)
      readMarkup(content.text.slice(start, end), start, prose)
    } else if (match[0] === '&') {
      entity.lastIndex = start
      const reference = entity.exec(text)?.[0]
      const decoded = reference && decodeHTMLStrict(reference)
      if (!reference || decoded === reference) continue
      prose.text(begun, start)
      end = start + reference.length
      prose.encoded(decoded ?? '', start, end)
    } else {
      while (start > begun && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--
      prose.text(begun, start)
      blanks.lastIndex = start
      end = start + (blanks.exec(text)?.[0].length ?? 1)
      const marker = inMarkdown ? markerAt(text, end) : ''
      const isSoft = oneBreak.test(text.slice(start, end))
      if (marker === '') prose.lineBreak(isSoft ? CellKind.softBreak : CellKind.fixed, start, end)
      else prose.endLine()
      end += marker.length
    }
    begun = special.lastIndex = end
  }
  prose.text(begun, text.length)
  prose.endBlock()
}

const none: ReadonlyMap<number, number> = new Map()

/** What makes a block of a line: it is text in HTML, and Markdown to the dialects that read Markdown in HTML. */
function markerAt(text: string, at: number): string {
  MARKER.lastIndex = at
  return MARKER.exec(text)?.[0] ?? ''
}

const MARKER =
  /(?:=+|[-*_](?:[ \t]*[-*_])*)[ \t]*(?=[\r\n])|(?:(?:[-*+:~]|\d{1,9}[.)])(?=[ \t\r\n])[ \t]*|>[ \t]*)+|#{1,6}[ \t]+/y

/** Where code spans end, by where they begin: at the next run of as many backticks. */
function codeSpans(text: string): ReadonlyMap<number, number> {
  const open = new Map<number, number>()
  const ends = new Map<number, number>()
  for (const {
    0: { length: size },
    index,
  } of text.matchAll(/`+/g)) {
    const start = open.get(size)
    if (start === undefined) open.set(size, index)
    else {
      ends.set(start, index + size)
      open.clear()
    }
  }
  return ends
}

/** A tag in a template, or a template in a tag, is no tag of the page. */
function maskOpaque({ text, at, from }: Content, opaque: OpaqueParts): string {
  if (opaque.isEmpty) return text
  let masked = ''
  let done = 0
  for (let line = 0; line < at.length; line++) {
    const [start, origin] = [at[line] as number, from[line] as number]
    const end = at[line + 1] ?? text.length
    const shift = start - origin
    for (let i = opaque.firstAfter(origin); i < opaque.parts.length; i++) {
      const [a, b] = (opaque.parts[i] as OpaquePart).core
      if (a + shift >= end) break
      const [first, last] = [Math.max(a + shift, done), Math.min(b + shift, end)]
      if (last <= first) continue
      masked += text.slice(done, first) + mask(text.slice(first, last))
      done = last
    }
  }
  return masked + text.slice(done)
}

const mask = (text: string) => text.replace(/[^\r\n]/g, WORD)

/** All of a text that is not for the reader: tags, comments, what is opaque. */
export function findMarkup(text: string): readonly Span[] {
  const parts = findOpaque(text, { format: 'html' })
  const masked = maskOpaque(wholeContent(text), new OpaqueParts(text, parts))
  const spans = parts.map(({ core }) => core)
  for (let at = masked.indexOf('<'); at >= 0; at = masked.indexOf('<', at)) {
    const end = markupEnd(masked, at)
    if (end > 0) spans.push([at, end])
    at = Math.max(end, at + 1)
  }
  return spans
    .toSorted((a, b) => a[0] - b[0])
    .filter((span, i, all) => i === 0 || span[1] > (all[i - 1] as Span)[1])
}

/** Where the comment, declaration or tag that begins here ends; 0 when `<` is only a sign. */
function markupEnd(text: string, start: number): number {
  if (text.startsWith('<!--', start)) {
    const end = text.indexOf('-->', start + 4)
    return end < 0 ? text.length : end + 3
  }
  if (/[!?]/.test(text[start + 1] ?? '')) return text.indexOf('>', start) + 1 || text.length
  if (!/^<\/?[a-z]/i.test(text.slice(start, start + 3))) return 0
  return tagEnd(text, start)
}

/** HTML Living Standard, 13.2.5: a quotation mark counts only behind an equals sign; a tag that is never closed takes all the rest. */
function tagEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const character = text[i]
    if (character === '>') return i + 1
    if (character !== '=') continue
    let value = i + 1
    while (/[ \t\r\n]/.test(text[value] ?? '')) value++
    const quote = text[value]
    if (quote !== '"' && quote !== "'") continue
    i = text.indexOf(quote, value + 1)
    if (i < 0) break
  }
  return text.length
}

export function readMarkup(markup: string, start: number, prose: Prose): void {
  const end = start + markup.length
  if (/^<\/?[a-z]/i.test(markup)) prose.tag(markup, start, end)
  else if (markup.startsWith('<!--')) prose.comment(markup.slice(4, -3).trim(), start, end)
}
