import { createRequire } from 'node:module'
import type { default as createMarkdownIt, MarkdownIt } from 'markdown-it'
import definitionLists from 'markdown-it-deflist'
import footnotes from 'markdown-it-footnote'

/** In one file with all that it imports, which takes half as long to load. */
const markdownIt = createRequire(import.meta.url)(
  'markdown-it/dist/markdown-it.js',
) as typeof createMarkdownIt

/**
 * The Markdown of the whole program, for what renders it and what lints it: CommonMark, tables, strikethrough,
 * footnotes, definition lists, raw HTML, and bare `https://` addresses as links.
 */
export function createParser(): MarkdownIt {
  const parser = markdownIt({ html: true, linkify: true }).use(footnotes).use(definitionLists)
  linkAddresses(parser.linkify)
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
