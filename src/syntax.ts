import { createRequire } from 'node:module'
import type { default as createMarkdownIt, MarkdownIt, StateCore, StateInline } from 'markdown-it'
import definitionLists from 'markdown-it-deflist'
import footnotes from 'markdown-it-footnote'

/** In its one-file form: the many modules of the other take 40 ms longer to load. */
const markdownIt = createRequire(import.meta.url)('markdown-it') as typeof createMarkdownIt

/**
 * The Markdown of the whole program, for what renders it and what lints it: CommonMark, tables, strikethrough,
 * footnotes, definition lists, raw HTML, and bare `https://` addresses as links.
 */
export function createParser(): MarkdownIt {
  const parser = markdownIt({ html: true, linkify: true }).use(footnotes).use(definitionLists)
  linkAddresses(parser.linkify)
  tokenizeInLeaps(parser)
  parser.core.ruler.at('normalize', normalizeState)
  const { normalizeLink } = parser
  parser.normalizeLink = url => (PLAIN_ADDRESS.test(url) ? url : normalizeLink(url))
  return parser
}

/** What markdown-it’s normalization leaves as it is, to be told without taking the address apart. */
export const PLAIN_ADDRESS = /^(?:https?:\/\/[a-z\d.-]+(?![\w:@]))?[\w./?=&#-]*$/

/** Only what says its scheme is a link. Looking for one first spares most texts a search that costs much. */
function linkAddresses(linkify: MarkdownIt['linkify']): void {
  linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
  linkify.add('ftp:', null).add('//', null)
  const hasScheme = (text: string) => /:\/\/|mailto:/i.test(text)
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
  let end = pos
  while (end < posMax && !beginsMarkup(src.charCodeAt(end))) end++
  if (end === pos) return false
  state.pending += src.slice(pos, end)
  state.pos = end
  return true
}

const beginsMarkup = (code: number): boolean => code < 128 && special[code] === 1

const special = new Uint8Array(128)
for (const character of '\n!&*:<[\\^_`~') special[character.charCodeAt(0)] = 1

type InlineRule = (state: StateInline, silent: boolean) => boolean

/** Lets the first rule that can take what is here. */
export function takeMarkup(state: StateInline, rules: readonly InlineRule[]): boolean {
  if (state.level >= DEEPEST) return false
  for (const rule of rules) if (rule(state, false)) return true
  return false
}

/** markdown-it's own `maxNesting`: deeper than that, text is only text. */
const DEEPEST = 100
