import type { MarkdownIt, StateCore, Token } from 'markdown-it'
import { diagnostic } from '../core/diagnostic.ts'
import type { Diagnostic, Edit, SourceFile, Span } from '../core/types.ts'
import { asEntities } from './parse/no-break-space.ts'
import { editContent, editsWithin, type Content } from './parse/content.ts'
import { SlowPattern } from '../document/opaque/own-patterns.ts'
import { readDocument, type Document } from '../document/document.ts'
import { scanHtml } from './parse/html.ts'
import { InlineScanner } from './parse/inline.ts'
import { safeEditsOf } from './lint.ts'
import type { LintSettings } from './lint-settings.ts'
import { proseTokens } from './parse/markdown.ts'
import { pageLanguage } from './page/page-language.ts'
import { Prose } from './parse/prose.ts'
import { opaqueParts, type OpaqueParts } from '../document/opaque/opaque-parts.ts'
import { patternFailed } from './failures.ts'
import { editTokens, type TextToken } from './parse/text-tokens.ts'

/** A block's inline Markdown or HTML that was read. */
interface Passage {
  readonly token: Token
  readonly content: Content
  /** Undefined for HTML. */
  readonly texts: readonly TextToken[] | undefined
}

/** An inline footnote is read twice, by the scanner and by its own rule, which numbers it. */
export const canTypesetInline = ({ text }: SourceFile): boolean => !text.includes('^[')

/**
 * Does for a page that is being rendered what markdown-it's core rule `inline` does, and sets the text: in its tokens, so that
 * no markup can come of it or be lost. Returns a diagnostic for each text that it left alone.
 */
export function typesetInline(
  state: StateCore,
  file: SourceFile,
  settings: LintSettings,
): readonly Diagnostic[] {
  const { md } = state
  const scanner = scanners.get(md) ?? new InlineScanner(md)
  scanners.set(md, scanner)
  const document = readDocument(file)
  let opaque: OpaqueParts
  try {
    opaque = opaqueParts(document, settings.opaque)
  } catch (error) {
    if (!(error instanceof SlowPattern)) throw error
    for (const { type, content, children } of state.tokens)
      if (type === 'inline') md.inline.parse(content, md, state.env, children ?? [])
    return [patternFailed(file, error)]
  }
  const lang = pageLanguage(document, settings)
  const prose = new Prose(lang, { source: file.text, opaque })
  const passages = readPassages(state, document, { prose, scanner })
  const { edits, diagnostics } = safeEditsOf(prose, document, { settings, lang })
  const failed: Diagnostic[] = [...diagnostics]
  let next = 0
  for (const { token, content, texts } of passages) {
    const { children } = token
    const [, end] = content.span
    const own: Edit[] = []
    for (let edit = edits[next]; edit && edit.span[0] < end; edit = edits[++next])
      own.push(withoutPrefix(edit))
    if (!texts || !children) {
      token.content = editContent(content, settings.noBreakSpace === 'entity' ? own.map(asEntities) : own)
      continue
    }
    if (
      own.length > 0 &&
      !typesetTexts(content, { texts, edits: editsWithin(content, own), children, linkify: md.linkify })
    )
      failed.push(leftAlone(file, content.span))
    scanner.finish(children)
  }
  return failed
}

/** A line break is taken from the source with the prefix of the line behind it, which the parser has taken off. */
const withoutPrefix = (edit: Edit): Edit =>
  edit.text.length > 1 && lineBreak.test(edit.text)
    ? { ...edit, text: edit.text.replace(lineBreak, '\n') }
    : edit

const lineBreak = /(?:\r\n?|\n)[ \t>]*/

const scanners = new WeakMap<MarkdownIt, InlineScanner>()

function readPassages(
  { md, env, tokens }: StateCore,
  { file, bodyStart }: Document,
  { prose, scanner }: { prose: Prose; scanner: InlineScanner },
): readonly Passage[] {
  const passages: Passage[] = []
  for (const { token, content, anchored, marker } of proseTokens(tokens, file.text, bodyStart)) {
    const children = token.children ?? []
    if (content && token.type === 'inline') {
      const texts = scanner.scan(content, { prose, env, anchored, marker, tokens: children })
      passages.push({ token, content, texts })
    } else if (content) {
      scanHtml(content, prose, { inMarkdown: true })
      passages.push({ token, content, texts: undefined })
    } else if (token.type === 'inline') md.inline.parse(token.content, md, env, children)
  }
  return passages
}

interface InlineContext {
  readonly texts: readonly TextToken[]
  readonly edits: readonly Edit[]
  readonly children: readonly Token[]
  readonly linkify: MarkdownIt['linkify']
}

/** Whether it was done: not when another address would be found in the text. */
function typesetTexts({ text }: Content, { texts, edits, children, linkify }: InlineContext): boolean {
  // There is a colon in no token when there is none in the text, nor an entity that may be one.
  const mayHaveAddress = text.includes(':') || text.includes('&')
  if (!mayHaveAddress || !children.some(({ type, content }) => type === 'text' && linkify.pretest(content))) {
    editTokens(texts, edits)
    return true
  }
  const before = addressesIn(children, linkify)
  const kept = texts.map(({ token: { type, content } }) => ({ type, content }))
  editTokens(texts, edits)
  if (addressesIn(children, linkify) === before) return true
  texts.forEach(({ token }, i) => Object.assign(token, kept[i]))
  return false
}

/** What markdown-it's core rule `linkify` will make links of. */
function addressesIn(tokens: readonly Token[], linkify: MarkdownIt['linkify']): string {
  let text = ''
  for (const { type, content } of tokens) text += type === 'text' ? content : '\n\n'
  const found = linkify.pretest(text) ? (linkify.match(text) ?? []) : []
  return found.map(({ url }) => url).join(' ')
}

const leftAlone = (file: SourceFile, span: Span): Diagnostic =>
  diagnostic('lint/left-alone', 'Set as the rules want it, this text would have another address in it', {
    hint: 'write the address between < and >',
    severity: 'warning',
    file,
    span,
  })
