import type { Token } from 'markdown-it'
import type { Edit, Span } from '../../core/types.ts'

/** A token of running text or of a soft line break, and what of the content it stands for. */
export interface TextToken {
  readonly token: Token
  readonly start: number
  readonly end: number
}

/** Makes edits, ascending and in offsets of the content, in the tokens that stand for it: those of markup stay as they are. */
export function editTokens(tokens: readonly TextToken[], edits: readonly Edit[]): void {
  let next = 0
  let edit = edits[next]
  for (const { token, start, end } of tokens) {
    if (!edit || edit.span[0] >= end) continue
    const source = end - start === token.content.length ? token.content : ''
    let text = ''
    let done = start
    while (edit && edit.span[0] < end) {
      const [from, to]: Span = edit.span
      if (from < done) throw new Error(`no text at ${from}`)
      text += source.slice(done - start, from - start) + edit.text
      done = Math.min(to, end)
      // What is left of it takes away the beginning of the next text.
      edit = to > end ? { span: [end, to], text: '' } : edits[++next]
    }
    if (done === start && text === '') continue
    token.content = text + source.slice(done - start)
    if (token.type === 'softbreak') token.type = 'text'
  }
  if (edit) throw new Error(`no text at ${edit.span[0]}`)
}
