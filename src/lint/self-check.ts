import type { Token } from 'markdown-it'
import type { SourceFile } from '../model.ts'
import { createParser } from '../syntax.ts'
import { bodyStart, formatOf } from './document.ts'
import { findMarkup } from './html.ts'

/**
 * Whether two versions of a page say the same: the same tags, attributes and code in the same order, heading for heading
 * the same address, and the same text but for blanks, quotation marks, apostrophes and dashes.
 */
export function saysTheSame(before: SourceFile, after: SourceFile): boolean {
  const outline = formatOf(before.path) === 'html' ? outlineOfHtml : outlineOfMarkdown
  const [was, is] = [before, after].map(({ text }) => {
    const start = bodyStart(text)
    return `${letters(text.slice(0, start))}\0${outline(text.slice(start))}`
  })
  return was === is
}

let parser: ReturnType<typeof createParser> | undefined

function outlineOfMarkdown(body: string): string {
  parser ??= createParser()
  return outlineOf(parser.parse(body, {}))
}

function outlineOf(tokens: readonly Token[]): string {
  let outline = ''
  let heading = false
  let text = ''
  const flush = () => {
    outline += heading ? anchor(text) : letters(text)
    text = ''
  }
  for (const token of tokens) {
    if (token.type === 'text') text += token.content
    else if (token.type === 'softbreak') text += ' '
    else {
      flush()
      outline += mark(token)
    }
    if (token.type === 'heading_open') heading = true
    if (token.type === 'html_block') outline += outlineOfHtml(token.content)
    if (token.type === 'inline') {
      outline += heading ? headingOutline(token.children ?? []) : outlineOf(token.children ?? [])
      heading = false
    }
  }
  flush()
  return outline
}

/** The address of a heading comes from its text as a whole, across its markup. */
const headingOutline = (children: readonly Token[]) =>
  outlineOf(children) +
  anchor(children.map(({ type, content }) => (type.endsWith('break') ? ' ' : content)).join(''))

function mark({ type, tag, attrs, info, content, hidden }: Token): string {
  const own = type === 'inline' || type === 'html_block' ? '' : content
  return `<${type} ${tag} ${attrs?.map(pair => pair.join('=')).join(' ') ?? ''} ${info} ${own} ${hidden}>`
}

/** Tags, comments and template tags as they are, the text between them by its letters. */
function outlineOfHtml(html: string): string {
  let outline = ''
  let at = 0
  for (const [start, end] of findMarkup(html)) {
    outline += letters(html.slice(at, start)) + html.slice(start, end)
    at = end
  }
  return outline + letters(html.slice(at))
}

const blanksAndMarks = /(?:&nbsp;|&#8239;|[\s«‹»›„“‟”"'‘’‚‛‒–—―-])+/g

const letters = (text: string) => text.replace(blanksAndMarks, '')

/** Blanks and hyphens part words in an address, everything else that may change does not show. */
const anchor = (text: string) => text.replace(/[«‹»›„“‟”"'‘’‚‛‒–—―]+/g, '').replace(/[\s-]+/g, '-')
