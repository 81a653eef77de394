import type { MarkdownIt, StateBlock } from 'markdown-it'

/**
 * Takes a paragraph whose first line can begin nothing else, before every rule has been asked there, and all that may end a paragraph
 * at each further line twice, once for a heading. For a parser whose rules of blocks are the program's own.
 */
export function takePlainParagraphs({ block, utils }: MarkdownIt): void {
  // Its types have not got it yet.
  const { asciiTrim } = utils as unknown as { readonly asciiTrim: (text: string) => string }
  block.ruler.before('table', 'plain_paragraph', (state, start, end) => {
    if (indent(state, start) >= 4 || mayBeginBlock(state, start)) return false
    const line = paragraphEnd(state, start, end)
    if (line === undefined) return false
    const text = state.getLines(start, line, state.blkIndent, false)
    state.line = line
    pushParagraph(state, asciiTrim(text), [start, line])
    return true
  })
}

/** Undefined where the lines may be a heading, a table or terms after all. */
function paragraphEnd(state: StateBlock, start: number, end: number): number | undefined {
  const rules = state.md.block.ruler.getRules('paragraph')
  const { parentType } = state
  state.parentType = 'paragraph'
  let line = start + 1
  for (; line < end && !state.isEmpty(line); line++) {
    if (!mayBeginBlock(state, line) || indent(state, line) >= 4) continue
    if (mayRuleLineAbove(state, line)) break
    // A line that goes on with a quotation though it has no mark of it.
    if ((state.sCount[line] ?? 0) < 0) continue
    if (rules.some(rule => rule(state, line, end, true))) break
  }
  state.parentType = parentType
  const isTerm = line === start + 1 && line < end && state.isEmpty(line)
  const beneath = isTerm ? line + 1 : line
  return beneath < end && mayRuleLineAbove(state, beneath) ? undefined : line
}

const indent = ({ sCount, blkIndent }: StateBlock, line: number) => (sCount[line] ?? 0) - blkIndent

const startOf = ({ bMarks, tShift }: StateBlock, line: number) => (bMarks[line] ?? 0) + (tShift[line] ?? 0)

/** Whether the line may begin a block, by its first characters. */
function mayBeginBlock(state: StateBlock, line: number): boolean {
  const at = startOf(state, line)
  const code = state.src.charCodeAt(at)
  const sign = code < 128 ? signs[code] : NONE
  return sign === ALONE || (sign === WITH_MORE && !isLetter(state.src.charCodeAt(at + 1)))
}

/** Whether the line may make a heading, a table or a term of the one above it: an item of a list does not. */
function mayRuleLineAbove(state: StateBlock, line: number): boolean {
  const at = startOf(state, line)
  const sign = state.src[at] ?? ''
  if (sign !== '-') return '|:~='.includes(sign)
  const text = state.skipSpaces(at + 1)
  return text === at + 1 || text >= (state.eMarks[line] ?? 0)
}

const NONE = 0
/** Begins a block, whatever stands behind it. */
const ALONE = 1
/** Begins one with its like, a blank or a digit behind it, or at the line's end: never with a letter. */
const WITH_MORE = 2

const signs = new Uint8Array(128)
for (const sign of '<>[') signs[sign.charCodeAt(0)] = ALONE
for (const sign of '#$*+-:=_`|~0123456789') signs[sign.charCodeAt(0)] = WITH_MORE

const isLetter = (code: number) =>
  code >= 128 || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)

/** A paragraph of these lines, as markdown-it's rule has it. */
export function pushParagraph(state: StateBlock, content: string, map: [number, number]): void {
  state.push('paragraph_open', 'p', 1).map = map
  const inline = state.push('inline', '', 0)
  inline.content = content
  inline.map = [...map]
  inline.children = []
  state.push('paragraph_close', 'p', -1)
}
