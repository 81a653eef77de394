import type { Token } from 'markdown-it'
import type { Span } from '../../core/types.ts'
import { findAddresses, firstAfter } from './addresses.ts'
import { CellKind, MARK, reserved, WORD, type Piece, type Segment } from './cells.ts'
import { wholeContent, type Content } from './content.ts'
import { Flow } from './flow.ts'
import type { Language } from '../../document/language.ts'
import { readTag } from '../../document/html-tags.ts'
import type { OpaquePart } from '../../document/opaque/find-opaque.ts'
import type { OpaqueParts } from '../../document/opaque/opaque-parts.ts'

export interface Comment {
  /** Without `<!--` and `-->`, trimmed. */
  readonly text: string
  readonly span: Span
}

/**
 * Takes what a scanner of Markdown or HTML finds, in source order and in offsets of the content that was begun last,
 * and makes segments of it: joins, splits, hides what is raw, follows the language.
 */
export class Prose {
  readonly comments: Comment[] = []
  /** All inline Markdown, and HTML with a dollar, in source order: what to read again when a change is uncertain. */
  readonly contents: Content[] = []
  /** Those of them that are paragraphs of Markdown. */
  readonly paragraphs: Content[] = []
  /** Those in which a change may make markup of what is none. */
  readonly risky = new Set<Content>()
  /** The tokens of those that are inline Markdown, for who has to know what they mean: texts that meet are not joined yet. */
  readonly read = new Map<Content, Token[]>()
  /** The images of figures, as they are written. */
  readonly figures: Content[] = []
  private readonly flow: Flow
  /** What of the source is not for setting, whatever Markdown or HTML it seems to be. */
  readonly opaque: OpaqueParts
  /** The opaque part that was met last. */
  private met: OpaquePart | undefined
  private content = wholeContent('')
  private addresses: readonly Span[] = []
  /** Nothing opaque lies in the content … */
  private clear = true
  /** … nor has anything else to be cut out of its text … */
  private whole = true
  /** … or is more than a blank, or something else than it seems. */
  private uneven = false

  private isInline = false
  private readonly source: string

  constructor(pageLang: Language | undefined, { source, opaque }: { source: string; opaque: OpaqueParts }) {
    this.flow = new Flow(pageLang)
    this.opaque = opaque
    this.source = source
  }

  get segments(): readonly Segment[] {
    return this.flow.segments
  }

  /** Where the next piece goes; undefined inside what is raw. */
  get segment(): Segment | undefined {
    return this.flow.segment
  }

  /** Offsets are the content's from now on. What is anchored is a heading: its text makes an address. */
  begin(content: Content, { inline = false, anchored = false } = {}): void {
    // Something else than a blank before a dollar may make math of what is none.
    const hasMath = content.text.includes('$')
    if (inline || hasMath) this.contents.push(content)
    if (hasMath) this.risky.add(content)
    this.content = content
    this.isInline = inline
    this.flow.begin(anchored)
    this.addresses = findAddresses(content.text)
    const [from, to] = content.span
    this.clear = !this.opaque.meets(from, to)
    this.whole = this.addresses.length === 0 && this.clear
    this.uneven = isUneven(content.text)
  }

  /** What crosses the contents: a change in several of them may make something else of it. */
  recheckAlso(content: Content): void {
    this.contents.push(content)
    this.risky.add(content)
  }

  /** A bracket here is text, or an address ends at a mark: a change beside it might make something else of them. */
  markRisky(): void {
    this.risky.add(this.content)
  }

  /** The block is over: no quotation reaches beyond it. */
  endBlock(): void {
    const { raw } = this.flow
    const isMention =
      raw && this.isInline && raw.start >= this.content.toSource(0) && !this.closesLater(raw.name)
    this.flow.endBlock({ endsRaw: isMention === true })
  }

  /** Whether behind this content an element of this name ends before another begins: else its tag was only named among words. */
  private closesLater(name: string): boolean {
    const tag = new RegExp(String.raw`(?<!\\)<(/?)${name}(?![\w-])`, 'gi')
    tag.lastIndex = this.content.toSource(this.content.text.length)
    return tag.exec(this.source)?.[1] === '/'
  }

  /** What follows on the next line is a paragraph of its own. */
  endLine(): void {
    if (!this.flow.isRaw) this.flow.endSegment()
  }

  /** One cell; undefined where nothing is prose. */
  cell(text: string, kind: CellKind, start: number, end: number): Piece | undefined {
    const from = this.content.toSource(start)
    return this.isOpaque(from)
      ? undefined
      : this.segment?.add(text, kind, from, this.content.toSource(end - 1) + 1)
  }

  word(start: number, end: number): void {
    this.cell(WORD, CellKind.fixed, start, end)
  }

  /** The cell of an entity or an escaped character. Quotation marks written so are the author's own. */
  encoded(decoded: string, start: number, end: number): void {
    if (decoded === '\u00A0') {
      this.cell(decoded, CellKind.fixed, start, end)
      return
    }
    const own = decoded.length !== 1 || reserved.test(decoded) || /["'<>&]/.test(decoded)
    const blank = /[\u2002-\u2006\u2008-\u200A]/.test(decoded)
    const escaped = /["'\\]/.test(decoded) || decoded.length === 1
    this.cell(own ? (escaped ? MARK : WORD) : decoded, blank ? CellKind.blank : CellKind.fixed, start, end)
  }

  /** The cell of a line break, with the blanks and the prefix around it. */
  lineBreak(kind: CellKind, start: number, end: number): void {
    const from = this.content.toSource(start)
    if (this.isOpaque(from)) return
    const to = this.content.toSource(end)
    const isHeld = kind === CellKind.softBreak && this.opaque.isEdge(from, to)
    this.segment?.add('\n', isHeld ? CellKind.heldBreak : kind, from, to)
  }

  /** Running text on one line. */
  text(start: number, end: number): void {
    if (start >= end || this.flow.isRaw) return
    const { content } = this
    const seam =
      content.toSource(end - 1) - content.toSource(start) === end - 1 - start
        ? undefined
        : content.at.find(offset => offset > start)
    if (seam !== undefined && seam < end) {
      this.text(start, seam)
      this.text(seam, end)
    } else if (this.whole) this.level(start, end)
    else this.protect(start, end)
  }

  /** Cuts addresses and opaque parts out. */
  private protect(start: number, end: number): void {
    const shift = this.content.toSource(start) - start
    const { parts } = this.opaque
    let at = start
    let address = firstAfter(this.addresses, start)
    let next = this.opaque.firstAfter(start + shift)
    while (at < end) {
      const [a, b] = this.addresses[address] ?? [end, end]
      const part = parts[next]
      const [c, d] = part ? [part.span[0] - shift, part.span[1] - shift] : [end, end]
      const stop = Math.min(a, c, end)
      if (stop > at) this.level(at, stop)
      if (stop >= end) break
      const isPart = part !== undefined && c <= a
      at = Math.min(isPart ? d : b, end)
      while ((this.addresses[address]?.[1] ?? end) <= at && address < this.addresses.length) address++
      if (isPart) this.meet(part)
      else this.segment?.add(WORD, CellKind.fixed, Math.max(stop, start) + shift, at + shift)
      while (next < parts.length && (parts[next] as OpaquePart).span[1] <= at + shift) next++
    }
  }

  /** A run of blanks renders as one; a character that means something else here is a mark. */
  private level(start: number, end: number): void {
    const { segment } = this
    if (!segment) return
    const shift = this.content.toSource(start) - start
    const text = this.content.text.slice(start, end)
    let at = 0
    const add = (to: number) => {
      if (to > at) segment.add(text.slice(at, to), CellKind.text, start + shift + at, start + shift + to)
    }
    for (const { 0: found, index } of this.uneven ? text.matchAll(everyUneven) : []) {
      add(index)
      at = index + found.length
      const blank = !reserved.test(found)
      const from = start + shift + index
      segment.add(blank ? ' ' : MARK, blank ? CellKind.blank : CellKind.fixed, from, from + found.length)
    }
    add(text.length)
  }

  private isOpaque(offset: number): boolean {
    if (this.clear) return false
    const part = this.opaque.at(offset)
    if (part) this.meet(part)
    return part !== undefined
  }

  /** However many pieces of Markdown lie in it, it stands in the text once. */
  private meet(part: OpaquePart): void {
    if (part === this.met) return
    this.met = part
    if (part.stands === 'block') this.flow.endSegment()
    else if (part.stands === 'word') this.segment?.add(WORD, CellKind.fixed, ...part.span)
  }

  comment(text: string, start: number, end: number): void {
    if (this.flow.isRaw || this.isOpaque(this.content.toSource(start))) return
    this.comments.push({ text, span: [this.content.toSource(start), this.content.toSource(end - 1) + 1] })
    const lang = /^lang(?::\s*([\w-]+))?$/.exec(text)
    if (lang) this.flow.switchLanguage(lang[1])
  }

  tag(markup: string, start: number, end: number): void {
    if (this.isOpaque(this.content.toSource(start))) return
    const tag = readTag(markup)
    const { role, closing, selfClosing, lang } = tag
    const opens = !closing && !selfClosing
    if (this.flow.isRaw) {
      const begun = this.flow.leaveRaw(tag)
      if (begun !== undefined)
        this.segment?.add(WORD, CellKind.fixed, begun, this.content.toSource(end - 1) + 1)
    } else if (role === 'raw' && opens) {
      this.flow.enterRaw(tag.name, this.content.toSource(start))
    } else {
      if (role === 'break') this.lineBreak(CellKind.fixed, start, end)
      if (role === 'word' ? !closing : role === 'inline' && opens && lang !== undefined) this.word(start, end)
      if (role === 'block') this.flow.endSegment()
      this.flow.followLanguage(tag)
    }
  }
}

/** Whether there is any: a run of blanks begins with two, or has a tab. As one regular expression it would take twice as long. */
const isUneven = (text: string) => text.includes('  ') || text.includes('\t') || reserved.test(text)
const everyUneven = new RegExp(`[ \t]{2,}|\t|${reserved.source}`, 'g')
