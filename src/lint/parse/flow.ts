import { Segment } from './cells.ts'
import { languageOf, type Language } from '../../document/language.ts'
import { closedByBlock, type Tag } from '../../document/html-tags.ts'

/** A language that holds from here on, and what ends it: an element's end tag or a `<!-- lang -->`. */
interface Switch {
  readonly name: string
  readonly lang: Language | undefined
  depth: number
  /** The segment goes on around it when it ends. */
  readonly inline: boolean
}

const COMMENT = '!'

/** In these a start tag is text (HTML 13.1.2, raw text and escapable raw text elements). */
const textOnly: ReadonlySet<string> = new Set(['script', 'style', 'textarea', 'title'])

/** Finds the segment that a piece of prose belongs to: follows blocks, languages and raw elements. */
export class Flow {
  readonly segments: Segment[] = []
  private readonly pageLang: Language | undefined
  private readonly open: Segment[] = []
  private readonly switches: Switch[] = []
  /** The raw element that is open. */
  raw: { readonly name: string; depth: number; readonly start: number } | undefined
  private anchored = false

  constructor(pageLang: Language | undefined) {
    this.pageLang = pageLang
  }

  /** What is anchored is a heading: its text makes an address. */
  begin(anchored: boolean): void {
    this.anchored = anchored
  }

  /** The block is over: no quotation reaches beyond it. */
  endBlock({ endsRaw }: { readonly endsRaw: boolean }): void {
    while (this.switches.at(-1)?.inline) this.switches.pop()
    if (this.raw && (endsRaw || closedByBlock.has(this.raw.name))) this.raw = undefined
    this.endSegment()
  }

  endSegment(): void {
    for (const segment of this.open) this.close(segment)
    this.open.length = 0
  }

  private close(segment: Segment): void {
    if (segment.pieces.length > 0) this.segments.push(segment)
  }

  get isRaw(): boolean {
    return this.raw !== undefined
  }

  /** Where the next piece goes; undefined inside what is raw. */
  get segment(): Segment | undefined {
    if (this.raw) return undefined
    let segment = this.open.at(-1)
    if (!segment) {
      const last = this.switches.at(-1)
      this.open.push((segment = new Segment(last ? last.lang : this.pageLang, this.anchored)))
    }
    return segment
  }

  enterRaw(name: string, start: number): void {
    this.raw = { name, depth: 1, start }
  }

  /** Inside a raw element only its own tags count. Where it began, if it ends here. */
  leaveRaw({ name, closing, selfClosing }: Tag): number | undefined {
    const { raw } = this
    if (!raw || name !== raw.name || selfClosing) return undefined
    if (!closing && textOnly.has(name)) return undefined
    raw.depth += closing ? -1 : 1
    if (raw.depth > 0) return undefined
    this.raw = undefined
    return raw.start
  }

  /** A comment names a language, or ends the last one. */
  switchLanguage(lang: string | undefined): void {
    this.endSegment()
    if (lang) this.switches.push({ name: COMMENT, lang: languageOf(lang), depth: 1, inline: false })
    else this.endSwitch(this.switches.findLastIndex(({ name }) => name === COMMENT))
  }

  followLanguage({ name, role, closing, selfClosing, lang }: Tag): void {
    if (closing) {
      const last = this.switches.findLastIndex(each => each.name === name)
      const current = this.switches[last]
      if (current && --current.depth === 0) this.endSwitch(last)
    } else if (lang !== undefined && !selfClosing) {
      const inline = role === 'inline'
      const language = lang === '' ? this.pageLang : languageOf(lang)
      this.switches.push({ name, lang: language, depth: 1, inline })
      if (inline) this.open.push(new Segment(language, this.anchored))
    } else if (!selfClosing) {
      const current = this.switches.findLast(each => each.name === name)
      if (current) current.depth++
    }
  }

  private endSwitch(index: number): void {
    if (index < 0) return
    for (const { inline } of this.switches.splice(index)) {
      const segment = inline && this.open.length > 1 ? this.open.pop() : undefined
      if (segment) this.close(segment)
    }
  }
}
