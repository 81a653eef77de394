import { codeInBrackets, pairedTags } from './line-forms.ts'
import { linesOf, type Line } from './lines.ts'

/** A stretch of a document that is not prose: not a byte of it may change. */
export interface Piece {
  readonly start: number
  readonly end: number
  readonly what: string
}

const braced = String.raw`\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}`
const attribute = String.raw`(?:[^\s"'<>/={}]+(?:\s*=\s*(?:"(?:\{\{[^]*?\}\}|\{%[^]*?%\}|[^"])*"|'[^']*'|${braced}|[^\s"'=<>\`{}]+))?|${braced})`
const sticky = (source: string, flags = '') => new RegExp(source, `y${flags}`)

/** A hyphen that is escaped where no word is beside it: lest it begin a list, or by a converter. */
export const escapedDash = String.raw`(?<=(?:^|[\s>\u00A0]|&nbsp;)[*_[]*|\|\s*)\\-(?=[\s\u00A0]|&nbsp;|$)`

/** TeX in escaped brackets, if what is inside looks like it: an escaped bracket may be just that. */
const bracketedMath =
  /\\\((?=(?:(?!\\\))[^])*(?:\\[a-zA-Z]|[=^_]))(?:(?!\\\))[^])*\\\)|\\\[(?=(?:(?!\\\])[^])*(?:\\[a-zA-Z]|[=^_]))(?:(?!\\\])[^])*\\\]/y

/** `far`: it may go on over blank lines. */
interface Syntax {
  readonly what: string
  readonly pattern: RegExp
  readonly far?: boolean
}

/** In the order in which they are tried at a place; the first that fits takes it. */
const syntaxes: readonly Syntax[] = [
  { what: 'math', pattern: bracketedMath },
  { what: 'TeX command', pattern: sticky(String.raw`\\[A-Za-z]{2,}\*?\{(?:[^{}\n]|\{[^{}\n]*\})*\}`) },
  { what: 'escape', pattern: sticky(String.raw`(?!${escapedDash})\\[!-/:-@\[-\`{-~]`) },
  { what: 'code', pattern: sticky(String.raw`(?<!\`)(\`+)(?!\`)[^]*?[^\`]\1(?!\`)`) },
  {
    what: 'comment',
    pattern: sticky(String.raw`<!--(?:(?!\n<!--)[^])*?-->|<!\[CDATA\[[^]*?\]\]>`),
    far: true,
  },
  { what: 'template tag', pattern: sticky(String.raw`<%[^]*?%>|<\?[^]*?\?>`), far: true },
  {
    what: 'raw element',
    pattern: sticky(String.raw`<(script|style|pre|textarea|svg|math)(?![\w-])[^>]*>[^]*?</\1>`, 'i'),
    far: true,
  },
  {
    what: 'code element',
    pattern: sticky(String.raw`<(code|kbd|samp|tt|var)(?![\w-])[^>]*>[^]*?</\1>`, 'i'),
  },
  {
    what: 'template block',
    pattern: sticky(String.raw`\{%-?\s*(${pairedTags})\b[^]*?\{%-?\s*end\1\b[^]*?%\}`),
    far: true,
  },
  {
    what: 'template block',
    pattern: sticky(
      String.raw`\{\{([<%])\s*(highlight|mermaid|code[\w-]*|math|raw)(?![\w-])(?![^}]*/\s*[>%]\}\})[^]*?\{\{\1\s*/\s*\2\s*[>%]\}\}`,
    ),
    far: true,
  },
  {
    what: 'code in brackets',
    pattern: sticky(String.raw`\[(${codeInBrackets})(?!\w)[^\]\n]*\](?![(\[])[^]*?\[/(?:(?=block)\w+|\1)\]`),
    far: true,
  },
  {
    what: 'block between commands',
    pattern: sticky(
      String.raw`(?:\\|(?<=^[ \t>]*)@)(code|verbatim|dot|msc|htmlonly|latexonly|php)\b[^]*?[@\\]end\1\b|(?<=^[ \t>]*)@start([a-z]+)\b[^]*?@end\2\b`,
      'm',
    ),
    far: true,
  },
  { what: 'formula', pattern: sticky(String.raw`[@\\]f([$[])[^]*?[@\\]f[$\]]`) },
  {
    what: 'extension of kramdown',
    pattern: sticky(String.raw`\{::(nomarkdown|comment)\}[^]*?\{:/(?:\1)?\}`),
    far: true,
  },
  {
    what: 'remark',
    pattern: sticky(String.raw`(?<=^[ \t>]*)%%[ \t]*$[^]*?^[ \t>]*%%[ \t]*$`, 'm'),
    far: true,
  },
  {
    what: 'remark',
    pattern: sticky(String.raw`%%[^]*?%%|\{--[^]*?--\}|\{~~[^]*?~~\}|\{>>[^]*?<<\}|\{!![^]*?!!\}`),
  },
  {
    what: 'tag in brackets',
    pattern: sticky(
      String.raw`\[(?:(?:name|time|color)=|=+\d|(?:image|file):(?=\S)|\.[a-z][\w-]*(?=[:\]]))[^\]\n]*\](?![(\[])`,
    ),
  },
  {
    what: 'field in brackets',
    pattern: sticky(String.raw`\[[\p{L}_][\p{L}\w -]*::\s[^[\]\n]*\](?![(\[])`, 'u'),
  },
  {
    what: 'element of Hiccup',
    pattern: sticky(String.raw`\[:[a-z][\w.#-]*\s+(?=[{"[])[^\n]*\](?=[ \t]*$)`, 'm'),
  },
  {
    what: 'keys',
    pattern: sticky(String.raw`\+\+(?:[a-z\d][\w-]*|"[^"\n]*")(?:\+(?:[a-z\d][\w-]*|"[^"\n]*"))*\+\+`),
  },
  { what: 'label or milestone', pattern: sticky(String.raw`(?<![^\s])[~%]"[^"\n]*"(?=[\s,.;:)]|$)`) },
  { what: 'name of a block', pattern: sticky(String.raw`(?<=[ \t])\^[A-Za-z\d][\w-]*(?=[ \t]*$)`, 'm') },
  {
    what: 'name of a text',
    pattern: sticky(String.raw`(?<=^[ \t>]*)\((?:ref:[^()\s]+|@[\w-]*)\)(?=\s)`, 'm'),
  },
  { what: 'term of a glossary', pattern: sticky(String.raw`<<glossary:[^<>\n]+>>`) },
  { what: 'address', pattern: sticky(String.raw`<xref:[^<>\n]*>`) },
  {
    what: 'data or code in braces',
    pattern: sticky(
      String.raw`\{\s*(?:(?:"[^"\n]*"|[A-Za-z_][\w-]*):\s|[A-Za-z_$][\w$]*(?:\.[A-Za-z_$]|\(|\s*(?:&&|\|\||\?\?|[!=]==?)\s)|@[a-z]+\s)(?:[^{}]|\{[^{}]*\})*\}`,
    ),
  },
  { what: 'shortcode', pattern: sticky(String.raw`\{\{[<%][^]*?[>%]\}\}`), far: true },
  {
    what: 'template tag',
    pattern: sticky(String.raw`\{%[^]*?%\}|\{\{[^]*?\}\}+|\{#\s[^]*?\s#\}|\{\*[^]*?\*\}`),
    far: true,
  },
  {
    what: 'MDX expression',
    pattern: sticky(String.raw`\{\/\*[^]*?\*\/\}|\{(?:'[^'\n]*'|"[^"\n]*"|\`[^\`]*\`)\}`),
  },
  {
    what: 'attribute list',
    pattern: sticky(
      String.raw`\{(?::|\s*(?:[#.][\w-]|[\w-]+(?:=|\s*=\s*["'])))(?:(?!\n\s*\n)[^{}]|\{\{[^{}]*\}\})*\}`,
    ),
  },
  {
    what: 'value of an attribute',
    pattern: sticky(
      String.raw`(?<=[\w-])=(?:"(?:\{\{[^\n]*?\}\}|\{%[^\n]*?%\}|[^"\n])*"|'(?:\{\{[^\n]*?\}\}|\{%[^\n]*?%\}|[^'\n])*')(?=[\s\])}>/,;.|&]|$)`,
    ),
  },
  { what: 'label of a term', pattern: sticky(String.raw`\[\*[^\]\n]+\]:`) },
  { what: 'wikilink', pattern: sticky(String.raw`!?\[\[[^\]\n]+\]\](?!\()`) },
  { what: 'address', pattern: sticky(String.raw`<(?:[a-z][a-z\d+.-]+:[^\s<>]*|[^\s<>@]+@[^\s<>]+)>`, 'i') },
  { what: 'tag', pattern: sticky(String.raw`</?[A-Za-z][\w.:-]*(?:\s+${attribute})*\s*/?>`) },
  { what: 'math', pattern: sticky(String.raw`\$\$[^]+?\$\$`) },
  {
    what: 'math',
    pattern: sticky(String.raw`\$(?=[^\s$])[^$\n]*?[^\s$\\](?<![\\@]f)\$(?!\d)|\$[^\s$]\$(?!\d)`),
  },
  { what: 'link destination', pattern: sticky(String.raw`\]\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)`) },
  { what: 'reference label', pattern: sticky(String.raw`\]\[[^\]\n]+\]`) },
  { what: 'footnote or callout mark', pattern: sticky(String.raw`\[(?:\^[^\]\s]+|![\w-]+)\]`) },
  {
    what: 'address',
    pattern: sticky(
      String.raw`(?:https?|ftp|mailto|tel):[^\s<>"'«»“”‘’()\[\]|\`]*[\w/#=&]|www\.[\w-]+\.[\w./-]*\w`,
    ),
  },
]

const mdxExpression: Syntax = { what: 'MDX expression', pattern: sticky(braced) }
const beginsSomething = /[\\`<{![$\]=@%~+^(hfmtw]/g

/** Everything inside the lines of prose that is none, in order, none overlapping. */
export function piecesOf(text: string, lines: readonly Line[], { mdx }: { mdx: boolean }): Piece[] {
  const pieces: Piece[] = []
  const definitions = new Set<string>()
  for (const { text: line, what } of lines)
    if (what === 'link definition') definitions.add(label(/\[([^\]]*)\]/.exec(line)?.[1] ?? ''))
  const known = mdx ? [...syntaxes, mdxExpression] : syntaxes
  let from = 0
  for (const { start, end } of paragraphs(text, lines)) {
    if (start > from) from = start
    while (from < end) {
      beginsSomething.lastIndex = from
      const at = beginsSomething.exec(text)?.index ?? text.length
      if (at >= end) break
      const piece = pieceAt(text, at, end, known) ?? shortcutAt(text, at, definitions)
      if (piece) pieces.push(piece)
      from = piece?.end ?? at + 1
    }
  }
  return pieces
}

function pieceAt(text: string, at: number, end: number, known: readonly Syntax[]): Piece | undefined {
  if (/[a-z]/.test(text[at] ?? '') && /\w/.test(text[at - 1] ?? '')) return undefined
  for (const { what, pattern, far } of known) {
    pattern.lastIndex = at
    const found = pattern.exec(far ? text : text.slice(0, end))
    if (found) return { start: at, end: at + found[0].length, what }
  }
  return undefined
}

/** `[text]` and `[text][]` whose text is the name of a definition. */
function shortcutAt(text: string, at: number, definitions: ReadonlySet<string>): Piece | undefined {
  if (text[at] !== '[' || definitions.size === 0) return undefined
  const found = /^\[([^\][]+)\](?:\[\])?(?![[(])/.exec(text.slice(at, at + 1000))
  if (!found || !definitions.has(label(found[1] ?? ''))) return undefined
  return { start: at, end: at + found[0].length, what: 'reference label' }
}

const label = (written: string) => written.trim().replace(/\s+/g, ' ').toLowerCase()

/** Paragraphs, headings, list items, rows of tables: what inline syntax does not cross, as offsets. */
export function paragraphs(text: string, lines: readonly Line[]): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = []
  let open: { start: number; end: number } | undefined
  for (const line of lines) {
    const end = line.start + line.text.length
    if (line.kind === 'blank' || line.kind === 'fixed') open = undefined
    else if (open && !beginsAnew(line)) open.end = end
    else found.push((open = { start: line.start, end }))
    // A heading is a line (CommonMark 4.2).
    if (line.what === 'heading') open = undefined
  }
  return found.filter(({ start }) => start < text.length)
}

const beginsAnew = ({ prefix, what }: Line) =>
  /[^\s>]/.test(prefix) || what === 'heading' || what === 'table row' || what === 'callout title'

/** Lines and pieces of the document at this path. */
export function readingOf(path: string, text: string): { lines: Line[]; pieces: Piece[] } {
  const mdx = path.endsWith('.mdx')
  const lines = linesOf(text, { mdx })
  return { lines, pieces: piecesOf(text, lines, { mdx }) }
}
