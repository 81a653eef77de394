import { append } from '../../core/lists/long-lists.ts'
import type { Token } from 'markdown-it'
import type { ExtendMarkdown, SourceFile, Span } from '../../core/types.ts'
import { headingId } from '../../document/headings.ts'
import { bodyToParse, parseBody, parserFor } from '../../document/markdown.ts'
import { bodyStart, fragment } from '../../document/document.ts'
import { figureImage } from '../../document/syntax/figures.ts'
import { TITLED_LINK } from '../../document/opaque/inline.ts'
import { opaqueParts } from '../../document/opaque/opaque-parts.ts'
import { formatOf } from '../../document/formats.ts'
import { findMarkup } from '../parse/html.ts'

/**
 * Whether two versions of a page say the same: the same tags, attributes and code in the same order, heading for heading
 * the same address, and the same text but for the characters that the rules at work may write.
 *
 * @param writes the `writes` of these rules
 * @param extend what the configuration adds to Markdown
 * @param opaque regular expressions of what is opaque besides
 */
export function saysTheSame(
  before: SourceFile,
  after: SourceFile,
  { writes, extend, opaque }: AllowedChanges,
): boolean {
  if (!areSame(opaqueTexts(before, opaque), opaqueTexts(after, opaque))) return false
  const [was, is] = [outlineOfPage(before, extend), outlineOfPage(after, extend)]
  if (was.length !== is.length) return false
  const written = writtenPattern(writes)
  return was.every((part, i) => (i % 2 === 0 ? differsOnlyIn(written, part, is[i]!) : part === is[i]))
}

interface AllowedChanges {
  readonly writes: string
  readonly extend?: ExtendMarkdown | undefined
  readonly opaque?: readonly string[] | undefined
}

/** What is opaque in a page, byte for byte and in order. */
function opaqueTexts(file: SourceFile, own: readonly string[] | undefined): readonly string[] {
  const { parts } = opaqueParts(fragment(file, bodyStart(file)), own)
  return parts.map(({ core, name }) => {
    const written = file.text.slice(...core)
    return name === TITLED_LINK && standsAlone(file.text, core)
      ? (written.split(/[ \t]/, 1)[0] as string)
      : written
  })
}

/** What may be the end of a figure, whose caption is compared as text. */
function standsAlone(text: string, [start, end]: Span): boolean {
  const near = text.slice(Math.max(0, start - 1000), start)
  const before = near.slice(Math.max(near.lastIndexOf('\n'), near.lastIndexOf('\r')) + 1)
  if (before.length === 1000 && start > 1000) return false
  return (
    /^[ \t>]*\[?!\[/.test(before) &&
    /^(?:\]\([^()\r\n]*\))?[ \t]*(?:[\r\n]|$)/.test(text.slice(end, end + 1000))
  )
}

const areSame = (some: readonly string[], others: readonly string[]) =>
  some.length === others.length && some.every((text, i) => text === others[i])

/** Text and markup by turns; text comes first and last. */
type PageOutline = readonly string[]

function outlineOfPage(file: SourceFile, extend: ExtendMarkdown | undefined): PageOutline {
  const start = bodyStart(file)
  const body = file.text.slice(start)
  const parser = parserFor(extend)
  const outline =
    formatOf(file.path) === 'html'
      ? outlineOfHtml(body)
      : outlineOf(parseBody(parser, file.path, () => parser.parse(bodyToParse(file.path, body), {})))
  return [file.text.slice(0, start), '', ...outline]
}

function outlineOf(tokens: readonly Token[]): PageOutline {
  const outline: string[] = []
  let heading = false
  let text = ''
  const add = (markup: string) => {
    outline.push(text, markup)
    text = ''
  }
  const addAll = (inner: PageOutline) => {
    add('')
    append(outline, inner, [''])
  }
  const figure = figureImage(tokens)
  for (const token of tokens) {
    if (token.type === 'text') text += token.content
    else if (token.type === 'softbreak') text += ' '
    else add(mark(token, token === figure))
    if (token.type === 'heading_open') heading = true
    if (token.type === 'html_block') addAll(outlineOfHtml(token.content))
    if (token.type === 'inline') {
      addAll(outlineOf(token.children ?? []))
      const caption = figureImage(token.children ?? [])?.attrGet('title')
      if (caption) addAll([caption])
      if (heading) add(anchor(token.children ?? []))
      heading = false
    }
  }
  return [...outline, text]
}

/** The address of a heading comes from its text as a whole, across its markup. */
const anchor = (children: readonly Token[]) =>
  headingId(children.map(({ type, content }) => (type.endsWith('break') ? ' ' : content)).join(''))

/** The title of a figure's image is text: its caption. */
function mark({ type, tag, attrs: all, info, content, hidden }: Token, isFigure: boolean): string {
  const own = type === 'inline' || type === 'html_block' ? '' : content
  const attrs = isFigure ? all?.filter(([name]) => name !== 'title') : all
  return `<${type} ${tag} ${attrs?.map(pair => pair.join('=')).join(' ') ?? ''} ${info} ${own} ${hidden}>`
}

/** Tags, comments and template tags as they are, and the text between them. */
function outlineOfHtml(html: string): PageOutline {
  const outline: string[] = []
  let at = 0
  for (const [start, end] of findMarkup(html)) {
    outline.push(html.slice(at, start), html.slice(start, end))
    at = end
  }
  return [...outline, html.slice(at)]
}

/** One of these characters, a blank of any kind if they have one. */
function writtenPattern(writes: string): RegExp {
  let pattern = patterns.get(writes)
  if (!pattern) {
    const characters = [...new Set(writes)].join('')
    const escaped = characters.replace(/[\\\]^-]/g, '\\$&')
    const blank = /\s/.test(characters)
    const source = `${blank ? '&nbsp;|&#8239;|' : ''}[${blank ? '\\s' : ''}${escaped}]`
    patterns.set(writes, (pattern = new RegExp(source, 'y')))
  }
  return pattern
}

const patterns = new Map<string, RegExp>()

const AMPERSAND = 0x26

function differsOnlyIn(written: RegExp, a: string, b: string): boolean {
  if (a === b) return true
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const code = a.charCodeAt(i)
    // An ampersand may begin one entity here and another there.
    if (code !== b.charCodeAt(j) || code === AMPERSAND) {
      const [writtenInA, writtenInB] = [lengthAt(written, a, i), lengthAt(written, b, j)]
      i += writtenInA
      j += writtenInB
      if (writtenInA + writtenInB > 0) continue
      if (a[i] !== b[j]) return false
    }
    i++
    j++
  }
  return true
}

function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex - at : 0
}
