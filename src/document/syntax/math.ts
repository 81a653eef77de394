import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it'
import { firstFrom } from '../../core/text/first-from.ts'
import { endsMath, MATH } from '../opaque/tex.ts'

/**
 * TeX between dollars, `$…$` in a line and `$$…$$` as a block, in tokens `math_inline` and `math_block` whose content it is. Delimited as
 * the linter has it (opaque/tex.ts), and narrower: no letter or digit beside it, as in US$5/A$6.
 */
export function addMath(parser: MarkdownIt): void {
  parser.inline.ruler.before('escape', 'math_inline', readInline)
  parser.block.ruler.before('fence', 'math_block', readBlock, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  })
}

const CLOSE = /(?<!\\)\$/g
const BESIDE = /[\p{L}\p{N}$]/u

function readInline(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state
  if (src[pos] !== '$' || BESIDE.test(src[pos - 1] ?? '')) return false
  const isDisplay = src.startsWith('$$', pos)
  const end = isDisplay ? endOfDisplay(src, pos) : endOfInline(src, pos)
  if (end === undefined || end > posMax || BESIDE.test(src[end] ?? '')) return false
  const markup = isDisplay ? '$$' : '$'
  const content = src.slice(pos + markup.length, end - markup.length).trim()
  if (content === '' || (!isDisplay && isProse(content))) return false
  if (!silent) Object.assign(state.push('math_inline', 'math', 0), { markup, content })
  state.pos = end
  return true
}

/**
 * Two words beside each other that are neither commands nor their arguments: text between two prices, or two variables of a shell. Or one
 * word in capitals, which some template fills in.
 */
const isProse = (content: string) =>
  /^[A-Z_]{4,}$/.test(content) ||
  /\p{L}{3}(?=[^\p{L}\\]*?\s)[^\p{L}\\]+\p{L}{3}/u.test(
    content.replace(/\\[a-z]+\*?(?:\s*\{[^{}]*\})*/gi, '\\'),
  )

/** Whether a text may have a formula, told from its dollars alone, wherever they stand: what is one is one by this, too. */
export function mayHaveMath(text: string): boolean {
  if (text.includes('$$')) return true
  const close = closeIn(text)
  for (let pos = text.indexOf('$'); pos >= 0; pos = text.indexOf('$', pos + 1)) {
    if (BESIDE.test(text[pos - 1] ?? '')) continue
    const end = endOfInline(text, pos, close)
    if (end !== undefined && !BESIDE.test(text[end] ?? '')) return true
  }
  return false
}

function endOfDisplay(src: string, pos: number): number | undefined {
  const close = src.indexOf('$$', pos + 2)
  return close < 0 || src[pos + 2] === '$' ? undefined : close + 2
}

/** The first dollar that nothing escapes, at a place or behind it. */
const closeIn = (src: string) =>
  firstFrom(from => {
    CLOSE.lastIndex = from
    return CLOSE.exec(src)?.index ?? -1
  })

function endOfInline(src: string, pos: number, close = closeIn(src)): number | undefined {
  MATH.lastIndex = pos
  if (!MATH.test(src)) return undefined
  const end = close(pos + 1) + 1
  return end < Infinity && endsMath(src, end) ? end : undefined
}

/** From a line that begins with `$$` to the first that ends with it, without a blank one between. */
function readBlock(state: StateBlock, from: number, to: number, silent: boolean): boolean {
  const lineOf = (line: number) =>
    state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trimEnd()
  if (!state.src.startsWith('$$', (state.bMarks[from] ?? 0) + (state.tShift[from] ?? 0))) return false
  const first = lineOf(from)
  if (!first.startsWith('$$') || first.startsWith('$$$') || (state.sCount[from] ?? 0) - state.blkIndent >= 4)
    return false
  let last = from
  if (first.indexOf('$$', 2) < 0) {
    do {
      last++
      if (last >= to || state.isEmpty(last) || (state.sCount[last] ?? 0) < state.blkIndent) return false
    } while (!lineOf(last).includes('$$'))
  }
  const text = state.getLines(from, last + 1, state.blkIndent, false).trim()
  const content = text.slice(2, -2).trim()
  if (text.length < 5 || text.indexOf('$$', 2) !== text.length - 2 || content === '') return false
  if (silent) return true
  state.line = last + 1
  Object.assign(state.push('math_block', 'math', 0), {
    markup: '$$',
    content,
    map: [from, last + 1],
    block: true,
  })
  return true
}
