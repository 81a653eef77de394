import { runtime } from '#runtime'
import type { MarkdownIt, StateCore, StateInline } from 'markdown-it'
import definitionLists from 'markdown-it-deflist'
import footnotes from 'markdown-it-footnote'
import { diagnostic } from '../core/diagnostic.ts'
import { addMath } from './syntax/math.ts'
import { addKnownInline, type InlineRule } from './syntax/known-inline.ts'
import type { Document } from './document.ts'
import type { Diagnostic, ExtendMarkdown, SourceFile } from '../core/types.ts'

/** Reads the inline Markdown of a page in the place of markdown-it's core rule `inline`. */
export type ReadInline = (state: StateCore) => void

/** A page as it is to be rendered: its source or, when it is set while it is read, what reads it. */
export interface SetPage {
  readonly file: SourceFile
  readonly readInline?: ReadInline
}

/**
 * The Markdown of the whole program, for what renders it and what lints it: CommonMark, tables, strikethrough,
 * footnotes, definition lists, marks, sub- and superscripts, abbreviations, math, raw HTML, and bare `https://` addresses as links; and what the configuration adds.
 */
export function createParser(extend?: ExtendMarkdown): MarkdownIt {
  const parser = runtime.markdownIt({ html: true, linkify: true }).use(footnotes).use(definitionLists)
  addKnownInline(parser)
  addMath(parser)
  linkAddresses(parser.linkify)
  findLinesInLeaps(parser)
  tokenizeInLeaps(parser)
  keepDeepLines(parser)
  parser.core.ruler.at('normalize', normalizeState)
  const { normalizeLink } = parser
  parser.normalizeLink = url => (PLAIN_ADDRESS.test(url) ? url : normalizeLink(url))
  if (!extend) return parser
  extended.add(parser)
  extend(parser)
  return parser
}

let ownParser: MarkdownIt | undefined
const extendedParsers = new WeakMap<ExtendMarkdown, MarkdownIt>()

/** The parser of this configuration, made once: for who reads with it and changes nothing about it. Throws what `extend` throws. */
export function parserFor(extend: ExtendMarkdown | undefined): MarkdownIt {
  if (!extend) return (ownParser ??= createParser())
  const parser = extendedParsers.get(extend) ?? createParser(extend)
  extendedParsers.set(extend, parser)
  return parser
}

/**
 * A body as the parser is to read it. In MDX a component's tag that is alone on its line is no HTML block, which would go on to the next
 * blank line and hide a fence behind it: there it is an empty line. Lines keep their numbers, and all others their characters.
 */
export const bodyToParse = (path: string, body: string): string =>
  /\.mdx$/i.test(path) ? body.replace(COMPONENT_LINE, '') : body

/** Parses a body as its file is to be read: in MDX what is indented is no code (MDX, “indented code does not work”). */
export function parseBody<Value>(parser: MarkdownIt, path: string, parse: () => Value): Value {
  if (!/\.mdx$/i.test(path)) return parse()
  parser.block.ruler.disable('code')
  try {
    return parse()
  } finally {
    parser.block.ruler.enable('code')
  }
}

const COMPONENT_LINE = /^[ \t]*<\/?[A-Z][\w.:-]*(?:[ \t][^<>\r\n]*)?>[ \t]*$/gm

/** Parsers whose markup may begin at any character. */
const extended = new WeakSet<MarkdownIt>()

/** For a page on which what a configuration has added to the parser fails. */
export function markdownFailed(file: SourceFile, error: unknown): Diagnostic {
  const why = error instanceof Error ? error.message : String(error)
  const hint = 'look whether its plug-ins are made for markdown-it 14, or leave one out'
  const message = `What “markdown” of the configuration adds fails on this page: ${why}`
  return diagnostic('config/markdown', message, { hint, file, span: [0, 0] })
}

/** Whether a configuration has added to this parser. */
export const isExtended = (parser: MarkdownIt): boolean => extended.has(parser)

/** What markdown-it’s normalization leaves as it is, to be told without taking the address apart. */
export const PLAIN_ADDRESS = /^(?:https?:\/\/[a-z\d.-]+(?![\w:@.-]))?[\w./?=&#-]*$/

/** Only what says its scheme is a link. Looking for one first spares most texts a search that costs much. */
function linkAddresses(linkify: MarkdownIt['linkify']): void {
  linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
  linkify.add('ftp:', null).add('//', null)
  const hasScheme = (text: string) => text.includes(':') && /:\/\/|mailto:/i.test(text)
  const test = linkify.test.bind(linkify)
  linkify.pretest = hasScheme
  linkify.test = text => hasScheme(text) && test(text)
}

/** As markdown-it does; a text that needs it is rare. */
export const normalizeMarkdown = (text: string): string =>
  text.includes('\r') || text.includes('\0') ? text.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD') : text

function normalizeState(state: StateCore): void {
  state.src = normalizeMarkdown(state.src)
}

/** Finds the lines of a text as markdown-it does, but looks at no character twice, and at few of them once. */
function findLinesInLeaps({ block }: MarkdownIt): void {
  const { State } = block
  block.State = class extends State {
    constructor(...[src, ...rest]: ConstructorParameters<typeof State>) {
      super('', ...rest)
      this.src = src
      this.lineMax = 0
      this.bMarks = []
      this.eMarks = []
      this.tShift = []
      this.sCount = []
      this.bsCount = []
      for (let start = 0; start < src.length;) {
        const text = skipBlanks(src, start)
        if (text === src.length) break
        const lineBreak = src.indexOf('\n', text)
        const end = lineBreak < 0 ? src.length : lineBreak
        this.addLine(start, end, text)
        start = end + 1
      }
      this.addLine(src.length, src.length, src.length)
      this.lineMax--
    }

    private addLine(start: number, end: number, text: number): void {
      this.bMarks.push(start)
      this.eMarks.push(end)
      this.tShift.push(text - start)
      this.sCount.push(columns(this.src, start, text))
      this.bsCount.push(0)
      this.lineMax++
    }
  }
}

function skipBlanks(src: string, start: number): number {
  let at = start
  while (src.charCodeAt(at) === 0x20 || src.charCodeAt(at) === 0x09) at++
  return at
}

/** How wide blanks are; a tab reaches to the next fourth column. */
function columns(src: string, start: number, end: number): number {
  let wide = 0
  for (let at = start; at < end; at++) wide += src.charCodeAt(at) === 0x09 ? 4 - (wide % 4) : 1
  return wide
}

/** markdown-it's loop over inline Markdown, which asks every rule at many a character where none can begin. */
function tokenizeInLeaps({ inline }: MarkdownIt): void {
  inline.tokenize = state => {
    const rules = inline.ruler.getRules('')
    while (state.pos < state.posMax)
      if (!leapText(state) && !takeMarkup(state, rules)) state.pending += state.src[state.pos++]
    if (state.pending) state.pushPending()
  }
}

/** Takes text up to where a rule of inline Markdown can begin; false when one can here. */
export function leapText(state: StateInline): boolean {
  const { src, pos, posMax } = state
  if (extended.has(state.md)) return false
  let end = pos
  while (end < posMax && !beginsMarkup(src.charCodeAt(end))) end++
  if (end === pos) return false
  state.pending += src.slice(pos, end)
  state.pos = end
  return true
}

const beginsMarkup = (code: number): boolean => code < 128 && special[code] === 1

const special = new Uint8Array(128)
for (const character of '\n!$&*:<=[\\^_`~') special[character.charCodeAt(0)] = 1

/** Lets the first rule that can take what is here. */
export function takeMarkup(state: StateInline, rules: readonly InlineRule[]): boolean {
  if (state.level >= DEEPEST) return false
  for (const rule of rules) if (rule(state, false)) return true
  return false
}

/** Where markdown-it gives up, it leaves out the lines: they are a paragraph. */
function keepDeepLines({ block }: MarkdownIt): void {
  const tokenize = block.tokenize.bind(block)
  block.tokenize = (state, start, end) => {
    const text = state.level < DEEPEST ? undefined : state.getLines(start, end, state.blkIndent, false).trim()
    if (text === undefined) return tokenize(state, start, end)
    state.line = end
    if (text === '') return
    Object.assign(state.env as object, { deepLine: (state.env as { deepLine?: number }).deepLine ?? start })
    state.push('paragraph_open', 'p', 1).map = [start, end]
    const inline = state.push('inline', '', 0)
    inline.content = text
    inline.map = [start, end]
    inline.children = []
    state.push('paragraph_close', 'p', -1)
  }
}

/** What may be so deep; most pages have nothing like it. */
const MAY_BE_DEEP = /^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])){40}|^[ \t]{80}/m

/** Warns of lists and quotations that stand in more of them than are read. */
export function deepNesting({ file, bodyStart }: Document, extend?: ExtendMarkdown): readonly Diagnostic[] {
  const body = file.text.slice(bodyStart)
  if (!MAY_BE_DEEP.test(body)) return []
  const env: { deepLine?: number } = {}
  parserFor(extend).parse(body, env)
  if (env.deepLine === undefined) return []
  const from = lineStart(body, env.deepLine)
  const [line = ''] = body.slice(from).split(/[\r\n]/, 1)
  const message = 'Lists and quotations lie one in another here so deep that the rest is read as plain text'
  const hint = `take some of them away: ${DEEPEST} quotations, or ${DEEPEST / 2} lists, are read`
  const span = [bodyStart + from, bodyStart + from + line.length] as const
  return [diagnostic('markdown/nesting', message, { hint, file, span })]
}

function lineStart(text: string, line: number): number {
  const breaks = text.matchAll(/\r\n|\n|\r/g)
  let at = 0
  for (let n = 0; n < line; n++) {
    const found = breaks.next().value
    if (!found) break
    at = found.index + found[0].length
  }
  return at
}

/** markdown-it's own `maxNesting`: deeper than that, text is only text. */
const DEEPEST = 100
