import type { MarkdownIt } from 'markdown-it'
import { pushParagraph } from './paragraphs.ts'

/** markdown-it's own `maxNesting`: deeper than that, text is only text. */
export const DEEPEST = 100

/** Where markdown-it gives up, it leaves out the lines: they are a paragraph. */
export function keepDeepLines({ block }: MarkdownIt): void {
  const tokenize = block.tokenize.bind(block)
  block.tokenize = (state, start, end) => {
    const text = state.level < DEEPEST ? undefined : state.getLines(start, end, state.blkIndent, false).trim()
    if (text === undefined) return tokenize(state, start, end)
    state.line = end
    if (text === '') return
    Object.assign(state.env as object, { deepLine: (state.env as { deepLine?: number }).deepLine ?? start })
    pushParagraph(state, text, [start, end])
  }
}
