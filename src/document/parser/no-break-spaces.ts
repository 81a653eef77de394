import type { MarkdownIt } from 'markdown-it'

const WRITTEN = '&nbsp;'

/** Reads what a set text is full of as markdown-it’s rule of entities does, which copies and searches the rest of the text for each. */
export function addNoBreakSpaces({ inline }: MarkdownIt): void {
  inline.ruler.before('entity', 'no_break_space', (state, silent) => {
    if (!state.src.startsWith(WRITTEN, state.pos)) return false
    if (!silent) {
      const token = state.push('text_special', '', 0)
      token.content = '\u00A0'
      token.markup = WRITTEN
      token.info = 'entity'
    }
    state.pos += WRITTEN.length
    return true
  })
}
