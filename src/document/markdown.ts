import { runtime } from '#runtime'
import type { MarkdownIt, StateCore } from 'markdown-it'
import definitionLists from 'markdown-it-deflist'
import footnotes from 'markdown-it-footnote'
import { diagnostic } from '../core/diagnostic.ts'
import { readInlineByCharacter, sortInlineRules } from './parser/inline-rules.ts'
import { findLinesInLeaps } from './parser/lines.ts'
import { keepDeepLines } from './parser/nesting.ts'
import { addNoBreakSpaces } from './parser/no-break-spaces.ts'
import { takePlainParagraphs } from './parser/paragraphs.ts'
import { addMath } from './syntax/math.ts'
import { addKnownInline } from './syntax/known-inline.ts'
import { limitRepetition } from './syntax/repetition.ts'
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
  readInlineByCharacter(parser)
  keepDeepLines(parser)
  limitRepetition(parser)
  parser.core.ruler.at('normalize', normalizeState)
  const { normalizeLink } = parser
  parser.normalizeLink = url => (PLAIN_ADDRESS.test(url) ? url : normalizeLink(url))
  if (extend) {
    extended.add(parser)
    extend(parser)
  } else {
    // What a configuration adds may begin anywhere; of the program's own it is known where.
    addNoBreakSpaces(parser)
    sortInlineRules(parser)
    takePlainParagraphs(parser)
  }
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
