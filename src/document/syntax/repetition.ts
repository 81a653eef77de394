import type { MarkdownIt, StateCore, Token } from 'markdown-it'

/*
 * A short text can ask for a very long page: an address or a title that is written once and referred to ten thousand times, the words of an
 * abbreviation behind each of its letters, a table of contents at every heading. What that comes to has a limit, as cmark has it for
 * references; no page of a person comes near.
 */

/** Tables of contents of one page: each has all of its headings. */
const MOST_TABLES = 10

/** Characters of attributes: so many of a short page, of a long one so many times its own. */
const MOST_CHARACTERS = 1_000_000
const MOST_TIMES = 10

/** What the parser notes of a page of which something was left out. */
export interface RepetitionEnvironment {
  /** Lines of the body, from 0. */
  repeatedLine?: number
  tableLine?: number
  references?: object
  abbreviations?: object
}

/** From where an address, a title or a description is one too many, it is left out; the words stay. */
export function limitRepetition(parser: MarkdownIt): void {
  parser.core.ruler.push('repetition', state => {
    const env = state.env as RepetitionEnvironment
    if (env.references || env.abbreviations) limitAttributes(state, env)
  })
}

function limitAttributes({ src, tokens }: StateCore, env: RepetitionEnvironment): void {
  let left = Math.max(MOST_CHARACTERS, MOST_TIMES * src.length)
  for (const block of tokens)
    for (const token of block.children ?? []) {
      if (token.attrs === null || !REPEATED.test(token.type)) continue
      for (const [, value] of token.attrs) left -= value.length
      if (left >= 0) continue
      env.repeatedLine ??= block.map?.[0] ?? 0
      leaveOut(token)
    }
}

const REPEATED = /^(?:link_open|abbr_open|image)$/

function leaveOut(token: Token): void {
  if (token.type === 'link_open') token.attrs = [['href', '']]
  else if (token.type === 'abbr_open') token.attrs = null
  else Object.assign(token, { type: 'text', attrs: null, children: null })
}

const TABLE = /^\[\[toc\]\]$/i

/** The places of the tables of contents: a paragraph of `[[toc]]` alone asks for one. Those that are too many stay text. */
export function tablesOfContents(tokens: readonly Token[], env: RepetitionEnvironment): readonly number[] {
  const found: number[] = []
  for (const [i, { type, content }] of tokens.entries())
    if (type === 'inline' && tokens[i - 1]?.type === 'paragraph_open' && TABLE.test(content)) found.push(i)
  const line = tokens[found[MOST_TABLES] ?? -1]?.map?.[0]
  if (line !== undefined) env.tableLine = line
  return found.slice(0, MOST_TABLES)
}
