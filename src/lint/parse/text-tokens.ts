import type { Token } from 'markdown-it'
import type { Edit } from '../../core/types.ts'

/** A token of running text or of a soft line break, and what of the content it stands for. */
export interface TextToken {
  readonly token: Token
  readonly start: number
  readonly end: number
}

/** Makes edits, ascending and in offsets of the content, in the tokens that stand for it: those of markup stay as they are. */
export function editTokens(tokens: readonly TextToken[], edits: readonly Edit[]): void {
  const left = edits.toReversed()
  for (const { token, start, end } of tokens) {
    const source = end - start === token.content.length ? token.content : ''
    let text = ''
    let done = start
    for (let edit = left.at(-1); edit && edit.span[0] < end; edit = left.at(-1)) {
      const [from, to] = edit.span
      if (from < done) throw new Error(`no text at ${from}`)
      left.pop()
      text += source.slice(done - start, from - start) + edit.text
      done = Math.min(to, end)
      if (to > end) left.push({ span: [end, to], text: '' })
    }
    if (done === start && text === '') continue
    token.content = text + source.slice(done - start)
    if (token.type === 'softbreak') token.type = 'text'
  }
  if (left.length > 0) throw new Error(`no text at ${left.at(-1)?.span[0]}`)
}
