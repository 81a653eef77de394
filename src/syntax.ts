import markdownIt, { type MarkdownIt } from 'markdown-it'
import definitionLists from 'markdown-it-deflist'
import footnotes from 'markdown-it-footnote'

/**
 * The Markdown of the whole program, for what renders it and what lints it: CommonMark, tables, strikethrough,
 * footnotes, definition lists, raw HTML, and bare `https://` addresses as links.
 */
export function createParser(): MarkdownIt {
  const parser = markdownIt({ html: true, linkify: true }).use(footnotes).use(definitionLists)
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
  return parser
}
