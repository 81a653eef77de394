import type { RendererRule, StateCore, Token } from 'markdown-it'
import type { ExtendMarkdown, Heading } from '../../core/types.ts'
import { createParser, type ReadInline } from '../../document/markdown.ts'
import { identifyHeadings } from '../../document/headings.ts'
import { renderMath } from '../../document/syntax/math-ml.ts'
import { tablesOfContents, type RepetitionEnvironment } from '../../document/syntax/repetition.ts'
import type { PictureSources } from '../pictures/picture-html.ts'
import { highlight } from './code/highlight.ts'
import { readAsides, readFigures, readTasks } from './known-blocks.ts'

/** What depends on the page and the site. */
export interface MarkdownContext {
  readonly lang: string
  /** The address that a link or image destination stands for. */
  resolve(destination: string): string
  /** In CSS pixels; undefined for what is not an image of this site. */
  imageSize(address: string): { readonly width: number; readonly height: number } | undefined
  /** Sets what the page's own reader does not read: captions. */
  typeset?(text: string): string
  /** Smaller copies of the image at an address, `width` pixels wide itself. */
  sourcesOf?(address: string, width: number): PictureSources | undefined
  /** Reads inline Markdown in the place of markdown-it's core rule. */
  readonly readInline?: ReadInline | undefined
  /** With it, a comment `<!--MARK N-->` stands before each block, N being its first line, from 0. */
  readonly mark?: string | undefined
}

export type Markdown = (text: string, context: MarkdownContext) => string

let own: Markdown | undefined

/** The same for every site that adds nothing to it, made once: with each change of its pages a dev session needs it again. */
export const markdownFor = (extend: ExtendMarkdown | undefined): Markdown =>
  extend ? createMarkdown(extend) : (own ??= createMarkdown())

/** Markdown to HTML. One parser serves all pages; what differs from page to page is in the environment. */
export function createMarkdown(extend?: ExtendMarkdown): Markdown {
  const parser = createParser(extend)
  parser.set({ highlight })
  parser.core.ruler.at('inline', readInline)
  parser.core.ruler.push('heading_ids', identifyHeadings)
  parser.core.ruler.push('table_of_contents', placeTableOfContents)
  parser.core.ruler.push('tasks', readTasks)
  parser.core.ruler.push(
    'asides',
    readAsides(({ env }) => (env as unknown as Environment).context.lang),
  )
  parser.core.ruler.push(
    'figures',
    readFigures(({ env }) => (env as unknown as Environment).context.typeset),
  )
  parser.core.ruler.push('links', resolveLinks)
  parser.core.ruler.push('lines', markLines)
  const { fence, code_block: codeBlock, image } = parser.renderer.rules
  Object.assign(parser.renderer.rules, {
    fence: reachable(fence as RendererRule),
    code_block: reachable(codeBlock as RendererRule),
    image: inPicture(image as RendererRule),
    table_open: (_tokens: Token[], _i: number, _options: unknown, env: unknown) =>
      `<div class="table" ${scrolling('table', env)}>\n<table>\n`,
    table_close: () => '</table>\n</div>\n',
    th_open: alignCell,
    td_open: alignCell,
    table_of_contents: renderTableOfContents,
    math_inline: mathRule,
    math_block: (tokens: Token[], i: number) => `${mathRule(tokens, i)}\n`,
    footnote_caption: (tokens: Token[], i: number) => footnoteNumber(tokens[i] as Token),
  } satisfies Record<string, RendererRule>)
  return (text, context) => parser.render(text, { context })
}

/** What scrolls has a `tabindex`, so that it scrolls by keyboard too, and a name for those who come to it so. */
const reachable =
  (rule: RendererRule): RendererRule =>
  (...call) =>
    rule(...call).replace(/^<pre/, `<pre ${scrolling('code', call[3])}`)

const scrolling = (kind: 'code' | 'table', env: unknown) => {
  const { lang } = (env as Environment).context
  const words = names[lang.slice(0, 2)] ?? names.en!
  return `tabindex="0" role="group" aria-label="${words[kind]}"`
}

const names: Readonly<Record<string, Readonly<Record<'code' | 'table', string>>>> = {
  en: { code: 'Code', table: 'Table' },
  ru: { code: 'Код', table: 'Таблица' },
}

/** The image among the smaller copies of itself. */
const inPicture =
  (rule: RendererRule): RendererRule =>
  (...call) => {
    const [tokens, i] = call
    const { sources = '' } = (tokens[i]?.meta ?? {}) as { readonly sources?: string }
    return sources === '' ? rule(...call) : `<picture>${sources}${rule(...call)}</picture>`
  }

/** State that core rules pass to renderer rules within one page. */
interface Environment {
  readonly context: MarkdownContext
  readonly headings: readonly Heading[]
}

/** Replaces markdown-it's core rule `inline`: reads with the page's own reader, where it has one. */
function readInline(state: StateCore): void {
  const { md, env, tokens } = state
  const { context } = env as unknown as Environment
  if (context.readInline) return context.readInline(state)
  for (const { type, content, children } of tokens)
    if (type === 'inline' && children) md.inline.parse(content, md, env, children)
}

function resolveLinks({ tokens, env }: StateCore): void {
  const { context } = env as unknown as Environment
  for (const { children } of tokens) {
    for (const token of children ?? []) {
      if (token.type === 'link_open') token.attrSet('href', context.resolve(String(token.attrGet('href'))))
      // On paper its address is not set once more.
      if (token.type === 'link_open' && token.info === 'auto') token.attrJoin('class', 'auto')
      if (token.type === 'image') measureImage(token, context)
    }
  }
}

function markLines(state: StateCore): void {
  const { mark } = (state.env as unknown as Environment).context
  if (mark === undefined) return
  state.tokens = state.tokens.flatMap(token => {
    if (!token.map || token.nesting < 0 || token.type === 'inline') return [token]
    const comment = new state.Token('html_block', '', 0)
    comment.content = `<!--${mark} ${token.map[0]}-->`
    return [comment, token]
  })
}

/**
 * The browser reserves the room of an image before it has come.
 * Entities and code in the text alternative are text to markdown-it only once they are marked as text (its text_join does not look into images).
 */
function measureImage(token: Token, { resolve, imageSize, sourcesOf }: MarkdownContext): void {
  const address = resolve(String(token.attrGet('src')))
  token.attrSet('src', address)
  for (const child of token.children ?? [])
    if (/^(?:text_special|code_inline)$/.test(child.type)) child.type = 'text'
  const size = imageSize(address)
  if (size) {
    token.attrSet('width', String(size.width))
    token.attrSet('height', String(size.height))
    const copies = sourcesOf?.(address, size.width)
    if (copies) token.meta = { ...(token.meta as object), sources: copies.sources }
    for (const [name, value] of Object.entries(copies?.attributes ?? {})) token.attrSet(name, value)
  }
  token.attrSet('loading', 'lazy')
  token.attrSet('decoding', 'async')
}

/** A class where markdown-it writes a style attribute, which a strict Content-Security-Policy forbids. */
const alignCell: RendererRule = (tokens, i, options, _env, self) => {
  const token = tokens[i] as Token
  const align = /text-align:(\w+)/.exec(String(token.attrGet('style')))?.[1]
  if (align) token.attrs = [['class', `align-${align}`]]
  return self.renderToken(tokens, i, options)
}

const mathRule = (tokens: Token[], i: number) => {
  const { content: tex, markup } = tokens[i] as Token
  return renderMath({ tex, isDisplay: markup === '$$' })
}

const footnoteNumber = ({ meta }: Token) => String((meta as { id: number }).id + 1)

/** A paragraph of `[[toc]]` alone becomes the page's table of contents. */
function placeTableOfContents({ tokens, env, Token }: StateCore): void {
  for (const i of tablesOfContents(tokens, env as RepetitionEnvironment).toReversed())
    tokens.splice(i - 1, 3, new Token('table_of_contents', 'nav', 0))
}

const renderTableOfContents: RendererRule = (_tokens, _i, _options, env) => {
  const { headings, context } = env as unknown as Environment
  const label = context.lang.startsWith('ru') ? 'Содержание' : 'Contents'
  const list = nestedList(headings.filter(({ level }) => level > 1))
  return `<nav class="toc" aria-label="${label}">\n${list}</nav>\n`
}

/** Headings as lists within lists; a skipped level is no list of its own. */
function nestedList(headings: readonly Heading[]): string {
  let html = ''
  for (let i = 0; i < headings.length;) {
    const { level, id, text } = headings[i] as Heading
    let end = i + 1
    while (end < headings.length && (headings[end] as Heading).level > level) end++
    html += `<li><a href="#${escapeHtml(id)}">${escapeHtml(text)}</a>${nestedList(headings.slice(i + 1, end))}</li>\n`
    i = end
  }
  return html && `<ol>\n${html}</ol>\n`
}

const escapeHtml = (text: string) =>
  text.replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)
