// Longer than 250 lines: the parser's loop and what is recorded of each kind of markup are one class, as they share the state of a scan.
import type { MarkdownIt, StateCore, StateInline, Token } from 'markdown-it'
import type { Span } from '../../core/types.ts'
import { figureImage } from '../../document/syntax/figures.ts'
import { isExtended } from '../../document/markdown.ts'
import { inlineRulesOf, leapText, takeMarkup } from '../../document/parser/inline-rules.ts'
import { CellKind, type Piece, type Segment } from './cells.ts'
import type { Content } from './content.ts'
import { readMarkup } from './html.ts'
import { markup, schemeStart, unsettled } from './inline-syntax.ts'
import type { Prose } from './prose.ts'
import type { TextToken } from './text-tokens.ts'

type Env = StateInline['env']

interface ScanOptions {
  readonly prose: Prose
  readonly env: Env
  readonly anchored: boolean
  readonly mayBeFigure?: boolean | undefined
  /** How many characters at the beginning are no prose. */
  readonly marker?: number | undefined
  /** Where the tokens go, for whoever renders them; fragments of text are not joined. */
  readonly tokens?: Token[]
}

/** The tokens of the program's own Markdown. */
const known = new Set(
  (
    'text text_special softbreak hardbreak code_inline html_inline image footnote_ref footnote_anchor ' +
    'link_open link_close em_open em_close strong_open strong_close s_open s_close ' +
    'sub_open sub_close sup_open sup_close'
  ).split(' '),
)

/** The core rules of markdown-it that make tokens of a text. */
const readers = ['normalize', 'block', 'inline']

/** Whether all tokens are, from this one on. */
function areKnown(tokens: readonly Token[], from: number): boolean {
  for (let i = from; i < tokens.length; i++) {
    const { type } = tokens[i] as Token
    if (type !== 'text' && !known.has(type)) return false
  }
  return true
}

/** An escaped hyphen where a line begins, or between blanks: its author wants no list, or a converter escapes all of them. */
const standsAlone = (src: string, start: number) =>
  src.startsWith('\\- ', start) && (start === 0 || /[\s\u00A0>*_]/.test(src[start - 1] as string))

/** A delimiter of emphasis, strikethrough or a mark; its token shows in the end whether it is markup. */
interface Delimiter {
  readonly piece: Piece
  readonly token: number
}

/**
 * Reads inline Markdown with the very rules that render it, and records where each began and ended, so that there is no
 * second opinion on what is code, an address or a tag.
 */
export class InlineScanner {
  private readonly parser: MarkdownIt
  private prose!: Prose
  private env: Env = {}
  /** The scan under way; the parser's own recursion (alternative texts) is not followed. */
  private state: StateInline | undefined
  private textStart = 0
  private delimiters: Delimiter[] = []
  /** Where the text of the link under way begins. */
  private label: { readonly segment: Segment; readonly first: number } | undefined
  private footnotes: [start: number, end: number][] = []
  /** Undefined when nobody wants the tokens. */
  private texts: TextToken[] | undefined
  /** Where each image begins and ends. */
  private images: Span[] = []
  /** What makes markup of delimiters. */
  private readonly pair: readonly ((state: StateInline) => unknown)[]
  /** What the parser does with tokens when all are there. */
  private readonly behind: readonly ((state: StateCore) => unknown)[]
  /** What makes one token of texts that meet. */
  private readonly join: readonly ((state: StateInline) => unknown)[]

  constructor(parser: MarkdownIt) {
    this.parser = parser
    const { ruler } = parser.core
    ruler.disable(readers)
    this.behind = ruler.getRules('')
    ruler.enable(readers)
    const { inline } = parser
    inline.ruler2.disable('fragments_join')
    this.pair = inline.ruler2.getRules('')
    inline.ruler2.enable('fragments_join')
    this.join = inline.ruler2.getRules('').filter(rule => !this.pair.includes(rule))
    const tokenize = inline.tokenize.bind(inline)
    inline.tokenize = state => (state === this.state ? this.tokenize(state) : tokenize(state))
  }

  /** The tokens of text, in their order. */
  scan(
    content: Content,
    { prose, env, anchored, mayBeFigure, marker = 0, tokens }: ScanOptions,
  ): readonly TextToken[] {
    this.prose = prose
    this.env = env
    return this.scanContent(content, { anchored, mayBeFigure, marker, tokens })
  }

  /** What is left to do for tokens that were scanned. */
  finish(tokens: Token[]): void {
    const state = new this.parser.inline.State('', this.parser, this.env, tokens)
    for (const rule of this.join) rule(state)
  }

  /** As `parseInline` of the parser gives it, of a text that was scanned last of all, or before others of its page. */
  finishAll(text: string, tokens: Token[]): readonly Token[] {
    this.finish(tokens)
    const state = new this.parser.core.State(text, this.parser, this.env)
    state.inlineMode = true
    const inline = new state.Token('inline', '', 0)
    inline.content = text
    inline.children = tokens
    inline.map = [0, 1]
    state.tokens = [inline]
    for (const rule of this.behind) rule(state)
    return inline.children
  }

  private scanContent(
    content: Content,
    {
      anchored,
      mayBeFigure = false,
      marker = 0,
      tokens,
    }: Pick<ScanOptions, 'anchored' | 'mayBeFigure' | 'marker'> & { tokens?: Token[] | undefined },
  ): readonly TextToken[] {
    this.prose.begin(content, { inline: true, anchored })
    this.textStart = marker
    this.delimiters = []
    const texts: TextToken[] = []
    this.texts = tokens && texts
    if (!tokens && !markup.test(content.text) && !isExtended(this.parser)) {
      this.scanPlain(content.text)
      this.prose.endBlock()
      return texts
    }
    const footnotes: [number, number][] = (this.footnotes = [])
    this.images = []
    const state = new this.parser.inline.State(content.text, this.parser, this.env, tokens ?? [])
    this.state = state
    this.tokenize(state)
    this.state = undefined
    const isRisky = !tokens && this.prose.risky.has(content) && !isExtended(this.parser)
    if (tokens || isRisky || this.delimiters.length > 0) this.dropMarkup(state)
    if (isRisky) this.prose.read.set(content, state.tokens)
    this.prose.endBlock()
    const [image] = this.images
    if (image && mayBeFigure && figureImage(state.tokens)) this.prose.figures.push(content.cut(...image))
    for (const [start, end] of footnotes) this.scanContent(content.cut(start, end), { anchored: false })
    // Nearly always they are in order.
    return texts.every(({ start }, i) => i === 0 || (texts[i - 1] as TextToken).start <= start)
      ? texts
      : texts.toSorted((a, b) => a.start - b.start)
  }

  /** Text without a character that could begin something else than a line. */
  private scanPlain(text: string): void {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at)) {
      let end = at + 1
      while (text[end] === ' ' || text[end] === '\t') end++
      this.lineBreak(text, at, end)
      this.textStart = at = end
    }
    this.flush(text.length)
  }

  private dropMarkup(state: StateInline): void {
    for (const rule of this.pair) rule(state)
    for (const { piece, token } of this.delimiters) {
      if (state.tokens[token]?.type !== 'text' || state.tokens[token].content === '') piece.text = ''
    }
  }

  /** The parser's loop, with a call to `take` for every rule that took something. */
  private tokenize(state: StateInline): void {
    const rules = inlineRulesOf(this.parser)
    const { src, posMax: end } = state
    if (state.pos > 0) this.openLink(state.pos)
    let pendingStart = state.pos
    while (state.pos < end) {
      const start = state.pos
      if (state.pending === '') pendingStart = start
      if (leapText(state, rules)) continue
      const { pending, tokens } = state
      const count = tokens.length
      if (takeMarkup(state, rules)) {
        if (pending !== '') this.recordText(tokens[count], pendingStart)
        // A rule that only moves on over text: markdown-it's own, where no leaps are taken.
        if (tokens.length === count && state.pending === pending + src.slice(start, state.pos)) continue
        if (areKnown(tokens, count)) this.take(state, start)
        else this.takeUnknown(start, state.pos)
      } else {
        if (unsettled.test(src.slice(start, start + 3))) this.prose.markRisky()
        state.pending += src[state.pos++]
      }
    }
    if (state.pending) this.recordText(state.pushPending(), pendingStart)
    this.flush(end)
  }

  /** Of text that was pending, whatever came then. */
  private recordText(token: Token | undefined, start: number): void {
    if (token?.type === 'text') this.texts?.push({ token, start, end: start + token.content.length })
  }

  private flush(end: number): void {
    this.prose.text(this.textStart, end)
    this.textStart = Math.max(this.textStart, end)
  }

  private openLink(label: number): void {
    this.flush(label - 1)
    this.textStart = label
    const { segment } = this.prose
    this.label = segment && { segment, first: segment.pieces.length }
  }

  /** Markup that a configuration has added: what it means is not known, so that it is one word. */
  private takeUnknown(start: number, end: number): void {
    this.flush(start)
    this.prose.word(start, end)
    this.textStart = end
  }

  private take(state: StateInline, start: number): void {
    const { src, pos: end } = state
    const { prose } = this
    const last = state.tokens.at(-1)
    if (last?.type === 'text_special' && state.pending === '') this.texts?.push({ token: last, start, end })
    switch (src[start]) {
      case '\n': {
        const from = this.lineBreak(src, start, end)
        if (last?.type === 'softbreak') this.texts?.push({ token: last, start: from, end })
        break
      }
      case '\\':
        this.flush(start)
        if (last?.type === 'hardbreak') this.hardBreak(start, end)
        else if (last?.content.startsWith('\\') && end !== start + 2)
          prose.cell('\\', CellKind.fixed, start, end)
        else if (last?.content === src.slice(start, end) && end === start + 2) {
          prose.cell('\\', CellKind.fixed, start, start + 1)
          this.textStart = start + 1
          return
        } else if (standsAlone(src, start)) prose.cell('-', CellKind.escapedHyphen, start, end)
        else prose.encoded(last?.content ?? '', start, end)
        break
      case '&':
        this.flush(start)
        prose.encoded(last?.content ?? '', start, end)
        break
      case '`':
        if (last?.type !== 'code_inline' || state.pending !== '') return
        this.flush(start)
        prose.word(start, end)
        break
      case '*':
      case '_':
      case '=':
      case '~':
        this.flush(start)
        if (last?.type === 'sub_close' && src[start] === '~') prose.word(start, end)
        else this.delimit(state, start)
        break
      case ':': {
        const address = schemeStart(src, start, this.textStart)
        this.flush(address)
        prose.word(address, end)
        // To an address a quotation mark is a part of it, unless it is a straight one.
        if (/\S/.test(src[end] ?? '')) prose.markRisky()
        break
      }
      case '[':
        if (last?.type === 'footnote_ref') this.flush(start)
        else this.closeLink(src, end)
        break
      case '^':
        this.flush(start)
        if (last?.type === 'sup_close') prose.word(start, end)
        else this.footnotes.push([start + 2, end - 1])
        break
      case '<':
        this.flush(start)
        if (last?.type === 'html_inline') readMarkup(src.slice(start, end), start, prose)
        else prose.word(start, end)
        break
      default:
        if (last?.type === 'image') this.images.push([start, end])
        this.flush(start)
        prose.word(start, end)
    }
    this.textStart = end
  }

  private hardBreak(start: number, end: number): void {
    this.prose.lineBreak(CellKind.fixed, start, end)
  }

  /** CommonMark 6.7, 6.8: two blanks before the line's end make the break hard, one is nothing. Where they begin. */
  private lineBreak(src: string, start: number, end: number): number {
    let blanks = start
    while (blanks > this.textStart && src[blanks - 1] === ' ') blanks--
    this.flush(blanks)
    const hard = start - blanks >= 2
    if (hard) this.hardBreak(start, end)
    else this.prose.lineBreak(CellKind.softBreak, blanks, end)
    return blanks
  }

  /** The rule pushed a token for every delimiter: one a star, one a pair of tildes or equals signs, a lone one first. */
  private delimit(state: StateInline, start: number): void {
    const { src, pos: end } = state
    const size = src[start] === '~' || src[start] === '=' ? 2 : 1
    let token = state.tokens.length - Math.ceil((end - start) / size)
    let from = start
    for (let to = start + ((end - start) % size || size); from < end; to += size) {
      const piece = this.prose.cell(src.slice(from, to), CellKind.fixed, from, to)
      if (piece) this.delimiters.push({ piece, token })
      from = to
      token++
    }
  }

  /** `[text][]` and `[text]` are found by their text, so that it must stay as it is. */
  private closeLink(src: string, end: number): void {
    const label = this.textStart
    if (end === label + 1 || src.slice(label, end) === '][]') this.label?.segment.freeze(this.label.first)
  }
}
