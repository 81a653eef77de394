import { closedLines, fixedLines, rawBlocks } from './line-forms.ts'
import { laidOutEnd } from './laid-out.ts'

/**
 * What a line of a document is, by its own form and by the lines around it, for any of the Markdown
 * dialects in use. Own code on purpose: what is measured with it must not agree with the linter by
 * sharing its mistakes.
 *
 * `fixed`: not a byte of it may change. `closed`: its words may be set, but none comes in or goes out at an end.
 * `text`: a line of a paragraph. `blank`: nothing.
 */
export interface Line {
  readonly start: number
  /** Without its line end. */
  readonly text: string
  readonly kind: 'fixed' | 'closed' | 'text' | 'blank'
  readonly what: string
  /** What stands before its words: indentation, `>`, a list marker. */
  readonly prefix: string
}

type Kind = Pick<Line, 'kind' | 'what'>

/** The lines of a document, in order. `mdx`: imports and exports are code. */
export function linesOf(text: string, { mdx }: { mdx: boolean }): Line[] {
  const raw = text.split(/\r\n|\n|\r/)
  const lines: Line[] = []
  const kinds = kindsOf(raw, mdx)
  const starts = /\r\n|\n|\r|$/g
  let start = 0
  for (const [index, line] of raw.entries()) {
    const { kind, what } = kinds[index] ?? { kind: 'text', what: 'paragraph' }
    lines.push({ start, text: line, kind, what, prefix: kind === 'fixed' ? '' : prefixOf(raw, index) })
    starts.lastIndex = start + line.length
    start += line.length + (starts.exec(text)?.[0].length ?? 0)
  }
  return lines
}

/** A number begins a list where no paragraph runs on, or as 1; else it is a word of the paragraph. */
function prefixOf(raw: readonly string[], index: number): string {
  const line = raw[index] ?? ''
  const marker = /^[\s>]*(?:[-*+:~]|(\d{1,9})[.)])(?=\s)[ \t]*(?:\[[ xX]\] )?/.exec(line)
  const footnote = /^[\s>]*\[\^[^\]]+\]:[ \t]*/.exec(line)
  if (footnote) return footnote[0]
  const before = (raw[index - 1] ?? '').replace(/^[\s>]+/, '')
  if (marker && (!marker[1] || marker[1] === '1' || before === '' || /^\d{1,9}[.)]\s|^[-*+]\s/.test(before)))
    return marker[0]
  return /^[\s>]*/.exec(line)?.[0] ?? ''
}

function kindsOf(raw: readonly string[], mdx: boolean): Kind[] {
  const kinds: Kind[] = []
  const fix = (end: number, what: string) => {
    while (kinds.length < end) kinds.push({ kind: 'fixed', what })
  }
  fix(frontMatterEnd(raw), 'front matter')
  let under: 'nothing' | 'list' | 'admonition' = 'nothing'
  let inMarkup = false
  while (kinds.length < raw.length) {
    const index = kinds.length
    const line = raw[index] ?? ''
    const words = line.replace(/^[\s>]+/, '').trimEnd()
    const afterBlank = (raw[index - 1] ?? '').replace(/^[\s>]+/, '') === ''
    if (/^\s*(?:!!!|\?{3}|===[!+]?\s)/.test(line)) under = 'admonition'
    else if (under !== 'admonition' && beginsList.test(line)) under = 'list'
    else if (words !== '' && afterBlank && !/^(?:\s|> {2})/.test(line))
      under = beginsList.test(line) ? 'list' : 'nothing'
    inMarkup = words !== '' && (inMarkup || markupBlock.test(words))
    const block =
      rawEnd(raw, index) ??
      laidOutEnd(raw, index) ??
      (inMarkup && !mdx ? undefined : blockEnd(raw, index, { mdx, nested: under !== 'nothing' }))
    if (block) fix(block.end, block.what)
    else if (words === '') kinds.push({ kind: 'blank', what: 'blank line' })
    else if (!mdx && under === 'nothing' && afterBlank && /^(?: {4}| {0,3}\t)/.test(line))
      fix(indentedEnd(raw, index), 'indented code')
    else if (under === 'admonition' && /^(?: {4}|\t)/.test(line))
      kinds.push({ ...kindOf(words, raw, index), what: 'admonition' })
    else kinds.push(kindOf(words, raw, index))
  }
  return kinds
}

const beginsList = /^[\s>]*(?:(?:[-*+:~]|\d{1,9}[.)])\s|\[\^[^\]]+\]:)/

function kindOf(words: string, raw: readonly string[], index: number): Kind {
  for (const [what, pattern] of fixedLines) if (pattern.test(words)) return { kind: 'fixed', what }
  if (/^[\s>]*>\s*(?:📘|👍|🚧|❗\ufe0f?)\s/u.test(raw[index] ?? ''))
    return { kind: 'closed', what: 'callout title' }
  for (const [what, pattern] of closedLines) if (pattern.test(words)) return { kind: 'closed', what }
  const isDelimiter = (line = '') => line.includes('|') && /^[\s>|:-]+$/.test(line)
  let first = index
  while (first > 0 && (raw[first] ?? '').includes('|') && !isDelimiter(raw[first])) first--
  if (words.includes('|') && (isDelimiter(raw[index + 1]) || isDelimiter(raw[first])))
    return { kind: 'closed', what: 'table row' }
  return { kind: 'text', what: 'paragraph' }
}

/** A block of markup goes on to the next blank line, and no fence begins in it (CommonMark, HTML block 6). */
const markupBlock =
  /^<\/?(?:address|article|aside|blockquote|center|dd|details|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|iframe|legend|li|main|menu|nav|ol|p|section|source|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:[\s/>]|$)/i

/** Raw elements, comments, template blocks of code that begin a line: where they end, if they do. */
function rawEnd(raw: readonly string[], index: number): { end: number; what: string } | undefined {
  const words = (raw[index] ?? '').replace(/^[\s>]+/, '')
  for (const [what, opening, closing] of rawBlocks) {
    const name = opening.exec(words)?.[1]
    if (name === undefined) continue
    const closes = new RegExp(closing(name), 'i')
    if (closes.test(words)) return undefined
    const end = raw.findIndex((line, at) => at > index && closes.test(line))
    if (end < 0) continue
    const fences = raw.slice(index, end).filter(line => /^\s*(?:`{3}|~{3})/.test(line)).length
    const after = raw.findIndex((line, at) => at > end && /^\s*(?:`{3}|~{3})\s*$/.test(line))
    return { end: fences % 2 === 1 && after > 0 && what === 'template block' ? after + 1 : end + 1, what }
  }
  return undefined
}

/** Fences, display math, TeX environments, imports and exports that begin at this line: where they end. */
function blockEnd(
  raw: readonly string[],
  index: number,
  { mdx, nested }: { mdx: boolean; nested: boolean },
): { end: number; what: string } | undefined {
  const line = raw[index] ?? ''
  const fence = /^([\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*)(`{3,}(?=[^`]*$)|~{3,})/.exec(line)
  if (fence) {
    const [, before = '', mark = ''] = fence
    // CommonMark 4.5: indented by three blanks at most, or by those of its list and some.
    const closing = new RegExp(`^${before === '' ? ' {0,3}' : '[\\s>]*'}${mark[0]}{${mark.length},}\\s*$`)
    // Not indented any more it has left its list, but for those who look for fences first: they find the next one, bare.
    const next = raw.findIndex((each, at) => at > index && fenceLine(mark).test(each))
    const isPaired = closing.test(raw[next] ?? '') && !leavesForHeading(raw.slice(index, next))
    const leaves = nested && /^\s/.test(line) && !isPaired
    const goesOn = before.includes('>') ? /^\s*>/ : leaves ? /^\s|^$/ : /^/
    let end = index + 1
    while (end < raw.length && !closing.test(raw[end] ?? '') && goesOn.test(raw[end] ?? '')) end++
    const closed = end < raw.length && closing.test(raw[end] ?? '')
    return { end: closed ? end + 1 : end, what: 'fenced code' }
  }
  const words = line.replace(/^[\s>]+/, '')
  const environment = /^\\begin\{(\w+\*?)\}/.exec(words)
  const opens = /^\$\$(?!.*\$\$)/.test(words) && !isInMath(raw, index)
  const closes = environment ? `\\end{${environment[1]}}` : opens ? '$$' : undefined
  if (closes) {
    for (let end = index + 1; end < raw.length && raw[end]?.trim() !== ''; end++) {
      if (raw[end]?.includes(closes)) return { end: end + 1, what: 'display math' }
    }
    if (environment && line.includes(closes)) return { end: index + 1, what: 'display math' }
  }
  if (mdx && /^(?:import\s[^]*from|import\s+['"]|export\s)/.test(line)) {
    let end = index + 1
    while (end < raw.length && raw[end]?.trim() !== '') end++
    return { end, what: 'import or export' }
  }
  return undefined
}

/** Whether math that began in the words above ends here. */
function isInMath(raw: readonly string[], index: number): boolean {
  let first = index
  while (first > 0 && raw[first - 1]?.replace(/^[\s>]+/, '') !== '') first--
  return (raw.slice(first, index).join('\n').match(/\$\$/g)?.length ?? 0) % 2 === 1
}

/** A heading behind a blank line, which nobody takes for a comment of code. */
const leavesForHeading = (lines: readonly string[]) =>
  lines.some((line, at) => /^#{2,6}\s/.test(line) && lines[at - 1]?.trim() === '')

const fenceLine = (mark: string) => new RegExp(`^[\\s>]*${mark[0]}{${mark.length},}`)

function indentedEnd(raw: readonly string[], index: number): number {
  let end = index + 1
  for (let next = end; next < raw.length; next++) {
    if (/^(?: {4}| {0,3}\t)/.test(raw[next] ?? '')) end = next + 1
    else if (raw[next]?.trim() !== '') break
  }
  return end
}

/** The number of lines that are front matter of whatever kind: YAML, TOML, JSON, Hexo's, Pelican's. */
function frontMatterEnd(raw: readonly string[]): number {
  let first = 0
  while (first < raw.length && raw[first]?.replace('\uFEFF', '').trim() === '') first++
  const opening = (raw[first] ?? '').replace('\uFEFF', '').trimEnd()
  const lineAfter = (pattern: RegExp) => {
    const end = raw.findIndex((line, index) => index > first && pattern.test(line))
    return end < 0 ? 0 : end + 1
  }
  if (/^---(?:\s*\w+)?$/.test(opening)) return lineAfter(/^(?:---|\.\.\.)\s*$/)
  if (opening.startsWith('%{')) return lineAfter(/^---\s*$/)
  if (opening === '+++') return lineAfter(/^\+\+\+\s*$/)
  if (opening === '{') return lineAfter(/^\}\s*$/)
  if (!/^[A-Za-z][\w-]*:(?:\s|$)/.test(opening)) return 0
  const blank = raw.findIndex((line, index) => index > first && line.trim() === '')
  const end = blank < 0 ? raw.length : blank
  const fields = raw.slice(first, end)
  const closing = fields.findIndex(line => /^-{3,}\s*$/.test(line))
  if (closing > 0) return first + closing + 1
  return fields.every(line => /^(?:[A-Za-z][\w-]*:|\s+\S)/.test(line)) ? end : 0
}
