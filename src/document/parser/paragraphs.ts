import type { StateBlock } from 'markdown-it'

/** A paragraph of these lines, as markdown-it's rule has it. */
export function pushParagraph(state: StateBlock, content: string, map: [number, number]): void {
  state.push('paragraph_open', 'p', 1).map = map
  const inline = state.push('inline', '', 0)
  inline.content = content
  inline.map = [...map]
  inline.children = []
  state.push('paragraph_close', 'p', -1)
}
