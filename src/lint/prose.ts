import type { Span } from '../model.ts'
import { findAddresses } from './addresses.ts'
import { Kind, MARK, reserved, Segment, WORD } from './cells.ts'
import { sourceOffsets, type Content } from './content.ts'
import { closedByBlock, readTag, type Tag } from './tags.ts'
import { firstAfter } from './templates.ts'

export interface Comment {
  /** Without `<!--` and `-->`, trimmed. */
  readonly text: string
  readonly span: Span
}

/** A language that holds from here on, and what ends it: an element's end tag or a `<!-- lang -->`. */
interface Switch {
  readonly name: string
  readonly lang: string
  depth: number
  /** The segment goes on around it when it ends. */
  readonly inline: boolean
}

const COMMENT = '!'

/**
 * Takes what a scanner of Markdown or HTML finds, in source order and in offsets of the content that was begun last,
 * and makes segments of it: joins, splits, hides what is raw, follows the language.
 */
export class Prose {
  readonly segments: Segment[] = []
  readonly comments: Comment[] = []
  /** All inline Markdown, in source order: what to read again when a change is in doubt. */
  readonly contents: Content[] = []
  /** Those in which a change may make markup of what is none. */
  readonly risky = new Set<Content>()
  private readonly pageLang: string
  private readonly templates: readonly Span[]
  private readonly open: Segment[] = []
  private readonly switches: Switch[] = []
  private raw: { name: string; depth: number; start: number } | undefined
  private content: Content = { text: '', at: [0], from: [0] }
  private anchored = false
  private toSource: (offset: number) => number = offset => offset
  private addresses: readonly Span[] = []
  private reserved = false
  /** Nothing has to be cut out of the text. */
  private plain = true

  constructor(pageLang: string, templates: readonly Span[]) {
    this.pageLang = pageLang
    this.templates = templates
  }

  /** Offsets are the content's from now on. What is anchored is a heading: its text makes an address. */
  begin(content: Content, { inline = false, anchored = false } = {}): void {
    if (inline) this.contents.push(content)
    this.content = content
    this.anchored = anchored
    this.toSource = sourceOffsets(content)
    this.addresses = findAddresses(content.text)
    this.reserved = reserved.test(content.text)
    this.plain = this.addresses.length === 0 && this.templates.length === 0 && !this.reserved
  }

  /** A bracket here is text, or an address ends at a mark: a change beside it might make something else of them. */
  beware(): void {
    this.risky.add(this.content)
  }

  /** The block is over: no quotation reaches beyond it. */
  endBlock(): void {
    while (this.switches.at(-1)?.inline) this.switches.pop()
    if (this.raw && closedByBlock.has(this.raw.name)) this.raw = undefined
    this.endSegment()
  }

  private endSegment(): void {
    for (const segment of this.open) if (segment.size > 0) this.segments.push(segment)
    this.open.length = 0
  }

  /** Where the next piece goes; undefined inside what is raw. */
  get segment(): Segment | undefined {
    if (this.raw) return undefined
    let segment = this.open.at(-1)
    if (!segment)
      this.open.push((segment = new Segment(this.switches.at(-1)?.lang ?? this.pageLang, this.anchored)))
    return segment
  }

  /** One cell; returns its place, should it have to be dropped. */
  cell(
    text: string,
    kind: Kind,
    start: number,
    end: number,
  ): { segment: Segment; piece: number } | undefined {
    const { segment } = this
    if (!segment) return undefined
    const from = this.toSource(start)
    if (this.inTemplate(from)) return undefined
    segment.add(text, kind, from, this.toSource(end - 1) + 1)
    return { segment, piece: segment.size - 1 }
  }

  word(start: number, end: number): void {
    this.cell(WORD, Kind.fixed, start, end)
  }

  /** The cell of an entity or an escaped character. Quotation marks written so are the author's own. */
  encoded(decoded: string, start: number, end: number): void {
    const own = decoded.length !== 1 || reserved.test(decoded) || /["'<>&]/.test(decoded)
    const blank = /[\u2002-\u2006\u2008-\u200A]/.test(decoded)
    const escaped = /["'\\]/.test(decoded) || decoded.length === 1
    this.cell(own ? (escaped ? MARK : WORD) : decoded, blank ? Kind.blank : Kind.fixed, start, end)
  }

  /** The cell of a line break, with the blanks and the prefix around it. */
  lineBreak(kind: Kind, start: number, end: number): void {
    const { segment } = this
    if (!segment || this.inTemplate(this.toSource(start))) return
    segment.add('\n', kind, this.toSource(start), this.toSource(end))
  }

  /** Running text on one line. */
  text(start: number, end: number): void {
    if (start >= end || this.raw) return
    const { at } = this.content
    const seam =
      this.toSource(end - 1) - this.toSource(start) === end - 1 - start
        ? undefined
        : at.find(offset => offset > start)
    if (seam !== undefined && seam < end) {
      this.text(start, seam)
      this.text(seam, end)
    } else if (this.plain) this.blanks(start, end)
    else this.protect(start, end)
  }

  /** Cuts addresses, template tags and reserved characters out. */
  private protect(start: number, end: number): void {
    const shift = this.toSource(start) - start
    let at = start
    let address = firstAfter(this.addresses, start)
    let template = firstAfter(this.templates, start + shift)
    while (at < end) {
      const [a, b] = this.addresses[address] ?? [end, end]
      const [c, d] = (this.templates[template] ?? [end + shift, end + shift]).map(
        offset => offset - shift,
      ) as [number, number]
      const next = Math.min(a, c, end)
      if (next > at) this.reserve(at, next)
      if (next >= end) break
      at = Math.min(c <= a ? d : b, end)
      while ((this.addresses[address]?.[1] ?? end) <= at && address < this.addresses.length) address++
      while ((this.templates[template]?.[1] ?? end + shift) <= at + shift && template < this.templates.length)
        template++
      this.segment?.add(WORD, Kind.fixed, Math.max(next, start) + shift, at + shift)
    }
  }

  private reserve(start: number, end: number): void {
    if (!this.reserved) {
      this.blanks(start, end)
      return
    }
    let at = start
    for (let i = start; i < end; i++) {
      if (!reserved.test(this.content.text[i] as string)) continue
      this.blanks(at, i)
      this.cell(MARK, Kind.fixed, i, (at = i + 1))
    }
    this.blanks(at, end)
  }

  /** A run of blanks renders as one. */
  private blanks(start: number, end: number): void {
    const { segment } = this
    if (!segment || start >= end) return
    const shift = this.toSource(start) - start
    const text = this.content.text.slice(start, end)
    if (!text.includes('  ') && !text.includes('\t')) {
      segment.add(text, Kind.text, start + shift, end + shift)
      return
    }
    for (const { 0: run, index } of text.matchAll(/[ \t]+|[^ \t]+(?: [^ \t]+)*/g)) {
      const from = start + index + shift
      const blank = run.startsWith(' ') || run.startsWith('\t')
      segment.add(blank ? ' ' : run, blank ? Kind.blank : Kind.text, from, from + run.length)
    }
  }

  private inTemplate(offset: number): boolean {
    if (this.templates.length === 0) return false
    const span = this.templates[firstAfter(this.templates, offset)]
    return span !== undefined && span[0] <= offset
  }

  comment(text: string, start: number, end: number): void {
    if (this.raw) return
    const span: Span = [this.toSource(start), this.toSource(end - 1) + 1]
    this.comments.push({ text, span })
    const lang = /^lang(?::\s*([\w-]+))?$/.exec(text)
    if (!lang) return
    this.endSegment()
    if (lang[1]) this.switches.push({ name: COMMENT, lang: lang[1], depth: 1, inline: false })
    else this.endSwitch(this.switches.findLastIndex(({ name }) => name === COMMENT))
  }

  tag(markup: string, start: number, end: number): void {
    const tag = readTag(markup)
    if (this.raw) this.rawTag(tag, end)
    else if (tag.role === 'raw' && !tag.closing && !tag.selfClosing) {
      this.raw = { name: tag.name, depth: 1, start: this.toSource(start) }
    } else {
      if (tag.role === 'break') this.lineBreak(Kind.fixed, start, end)
      if (tag.role === 'word' && !tag.closing) this.word(start, end)
      if (tag.role === 'block') this.endSegment()
      this.followLanguage(tag, start, end)
    }
  }

  /** Inside a raw element only its own tags count. */
  private rawTag({ name, closing, selfClosing }: Tag, end: number): void {
    const { raw } = this
    if (!raw || name !== raw.name || selfClosing) return
    raw.depth += closing ? -1 : 1
    if (raw.depth > 0) return
    this.raw = undefined
    this.segment?.add(WORD, Kind.fixed, raw.start, this.toSource(end - 1) + 1)
  }

  private followLanguage({ name, role, closing, selfClosing, lang }: Tag, start: number, end: number): void {
    const inline = role === 'inline'
    if (closing) {
      const last = this.switches.findLastIndex(each => each.name === name)
      const current = this.switches[last]
      if (current && --current.depth === 0) this.endSwitch(last)
    } else if (lang !== undefined && !selfClosing) {
      if (inline) this.word(start, end)
      this.switches.push({ name, lang: lang || this.pageLang, depth: 1, inline })
      if (inline) this.open.push(new Segment(lang || this.pageLang, this.anchored))
    } else if (!selfClosing) {
      const current = this.switches.findLast(each => each.name === name)
      if (current) current.depth++
    }
  }

  private endSwitch(index: number): void {
    if (index < 0) return
    const ended = this.switches.splice(index)
    for (const { inline } of ended) {
      const segment = inline && this.open.length > 1 ? this.open.pop() : undefined
      if (segment && segment.size > 0) this.segments.push(segment)
    }
  }
}
