import type { MarkdownIt, Token } from 'markdown-it'
import type { ExtendMarkdown, SourceFile } from '../../core/types.ts'
import { bodyToParse, createParser, normalizeMarkdown, parseBody } from '../../document/markdown.ts'
import { findOpaque } from '../../document/opaque/find-opaque.ts'
import { blockContent, lineAt, linesOf, matching, rowContents } from './block-content.ts'
import { wholeContent, type Content } from './content.ts'
import { scanHtml } from './html.ts'
import { InlineScanner } from './inline.ts'
import type { Prose } from './prose.ts'

interface Scanner {
  readonly parser: MarkdownIt
  readonly inline: InlineScanner
}

/** Of the program's own Markdown, and of each that a configuration has added to. */
let ownScanner: Scanner | undefined
const scanners = new WeakMap<ExtendMarkdown, Scanner>()

/**
 * `[label]: a word` is text, and would become a reference definition if its words were tied (CommonMark 4.7): one that has two
 * long words in its first line would not, for no rule ties those.
 */
const nearlyReference = /^\[(?:[^\]\\]|\\[^])+\]:(?!.*\p{Ll}{5} \p{Ll}{5})/u
const isNearlyReference = (text: string) => text.startsWith('[') && nearlyReference.test(text)

/**
 * What inline Markdown is made of, its letters left out: two texts with one outline differ in their words only. Given the tokens that a
 * scanner has read it as, it is not read again; they are of no use afterwards.
 */
export type InlineOutline = (text: string, read?: Token[]) => string

/** Finds the prose of a Markdown body that begins at `bodyStart`. Gives back what can read a part of it again. */
export function scanMarkdown(
  { path, text: source }: SourceFile,
  bodyStart: number,
  { prose, extend }: { readonly prose: Prose; readonly extend?: ExtendMarkdown | undefined },
): InlineOutline {
  const { parser, inline } = scannerFor(extend)
  const env = {}
  const tokens: Token[] = []
  const body = normalizeMarkdown(bodyToParse(path, source.slice(bodyStart)))
  parseBody(parser, path, () => parser.block.parse(body, parser, env, tokens))
  for (const { token, content, anchored, isParagraph, mayBeFigure, marker } of proseTokens(
    tokens,
    source,
    bodyStart,
  )) {
    if (!content) continue
    if (isParagraph) prose.paragraphs.push(content)
    if (token.type === 'inline') inline.scan(content, { prose, env, anchored, mayBeFigure, marker })
    else scanHtml(content, prose, { inMarkdown: true })
  }
  for (const row of rowsWithDollars(tokens, source, bodyStart)) prose.recheckAlso(row)
  return (text, read) => {
    const tokens = read ? inline.finishAll(text, read) : (parser.parseInline(text, env)[0]?.children ?? [])
    return tokens.map(outlineOf).join('') + mathIn(text)
  }
}

/** A block's inline Markdown or HTML. */
export interface ProseToken {
  readonly token: Token
  /** Undefined when it is no prose. */
  readonly content: Content | undefined
  /** A heading: its text makes an address. */
  readonly anchored: boolean
  readonly isParagraph?: boolean
  /** Not in a tight list, where its paragraph has no tags. */
  readonly mayBeFigure?: boolean
  /** How much of it at the beginning is a list's marker to any other parser: a term of a list of definitions is one line, whatever it is. */
  readonly marker?: number
}

/** Goes through the blocks of a Markdown body that begins at `bodyStart`. */
export function* proseTokens(
  tokens: readonly Token[],
  source: string,
  bodyStart: number,
): Generator<ProseToken> {
  const lines = linesOf(source, bodyStart)
  let row: readonly Content[] = []
  let cell = 0
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token
    const anchored = tokens[i - 1]?.type === 'heading_open'
    if (token.type === 'tr_open' && token.map) {
      row = rowContents(source, lineAt(lines, token.map[0]))
      cell = 0
    } else if (token.type === 'inline') {
      const content = token.map ? blockContent(source, lines, token) : matching(row[cell++], token)
      const isParagraph = tokens[i - 1]?.type === 'paragraph_open'
      const read = content && !isNearlyReference(content.text) ? content : undefined
      const isTerm = tokens[i - 1]?.type === 'dt_open'
      const mayBeFigure = isParagraph && tokens[i - 1]?.hidden === false
      yield {
        token,
        content: read,
        anchored,
        isParagraph,
        mayBeFigure,
        marker: isTerm ? markerLength(token.content) : 0,
      }
    } else if (token.type === 'html_block') {
      yield { token, content: blockContent(source, lines, token), anchored }
    }
  }
}

const markerLength = (text: string) => /^(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*/.exec(text)?.[0].length ?? 0

/** A dollar in one cell of a table and one in the next may make math, where the table's bar counts for nothing. */
function rowsWithDollars(tokens: readonly Token[], source: string, bodyStart: number): readonly Content[] {
  if (!source.includes('$', bodyStart)) return []
  const rows = tokens.filter(({ type }) => type === 'tr_open')
  if (rows.length === 0) return []
  const lines = linesOf(source, bodyStart)
  return rows
    .flatMap(({ map }) => (map ? [lineAt(lines, map[0])] : []))
    .filter(([start, end]) => source.slice(start, end).includes('$'))
    .map(([start, end]) => wholeContent(source.slice(start, end), start))
}

/** What is opaque in a text with a dollar, which the parser does not know. */
function mathIn(text: string): string {
  if (!text.includes('$')) return ''
  return findOpaque(text, { format: 'markdown' })
    .map(({ core }) => text.slice(...core))
    .join('\n\n')
}

function outlineOf({ type, tag, attrs, content }: Token): string {
  if (type === 'text' || type === 'text_special') return content.replace(/[^*_~=`[\]<]+/g, '')
  if (type === 'softbreak') return ''
  // What its title says may be the caption of a figure.
  const own = type === 'image' ? attrs?.map(([name, value]) => (name === 'title' ? name : value)) : attrs
  return `<${type} ${tag} ${own?.join(' ') ?? ''} ${type === 'code_inline' || type === 'html_inline' ? content : ''}>`
}

function scannerFor(extend: ExtendMarkdown | undefined): Scanner {
  if (!extend) return (ownScanner ??= createScanner())
  const scanner = scanners.get(extend) ?? createScanner(extend)
  scanners.set(extend, scanner)
  return scanner
}

function createScanner(extend?: ExtendMarkdown): Scanner {
  const parser = createParser(extend)
  // Where an address leads is of no interest here.
  parser.normalizeLink = parser.normalizeLinkText = address => address
  return { parser, inline: new InlineScanner(parser) }
}
