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
  for (let i = 0; i < tokens.length && edit; i++) {
    const text = tokens[i] as TextToken
    const { token, start, end } = text
    const behind = tokens[i + 1]?.start
    if (!isOf(edit, end, behind)) continue
    let content = ''
    let done = start
    while (edit && isOf(edit, end, behind)) {
      const [from, to]: Span = edit.span
      if (from < done) throw new Error(`no text at ${from}`)
      content += written(text, done, from) + edit.text
      done = Math.min(to, end)
      // What is left of it takes away the beginning of the next text.
      edit = to > end ? { span: [end, to], text: '' } : edits[++next]
    }
    token.content = content + written(text, done, end)
    if (token.type === 'softbreak') token.type = 'text'
  }
  if (edit) throw new Error(`no text at ${edit.span[0]}`)
}

/** Whether an edit is of the text that ends here: what is put in before markup is, too, when the next text begins behind that. */
const isOf = ({ span: [from, to] }: Edit, end: number, next: number | undefined) =>
  from < end || (to === end && next !== end)

/** What stands for a part of the content; of a line break, and of what is written as an escape, all or nothing. */
function written({ token: { type, content }, start, end }: TextToken, from: number, to: number): string {
  if (end - start === content.length) return content.slice(from - start, to - start)
  return from > start || to < end ? '' : type === 'softbreak' ? '\n' : content
}
