import type { StateCore, Token } from 'markdown-it'
import { figureImage } from '../../document/syntax/figures.ts'

/** Core rules for blocks that readers know from elsewhere, and that are plain text in CommonMark. Each looks at finished inline tokens. */

type Make = (type: string, tag: string, nesting: -1 | 0 | 1) => Token

const maker =
  ({ Token }: StateCore): Make =>
  (type, tag, nesting) =>
    new Token(type, tag, nesting)

function textToken(make: Make, content: string): Token {
  const token = make('text', '', 0)
  token.content = content
  return token
}

/** Not as an escape or an entity, which are text. */
const isWritten = (inline: Token | undefined) => inline?.content.startsWith('[') === true

const LIST_OPENS = new Set(['bullet_list_open', 'ordered_list_open'])
const LIST_CLOSES = new Set(['bullet_list_close', 'ordered_list_close'])
const TASK = /^\[([ xX])\][ \u00A0]+/

/** GFM, task list items: `- [ ] to do`, `- [x] done`. A box nobody can tick, and its words are its label. */
export function readTasks(state: StateCore): void {
  const { tokens } = state
  const make = maker(state)
  const lists: Token[] = []
  tokens.forEach((token, i) => {
    if (LIST_OPENS.has(token.type)) lists.push(token)
    if (LIST_CLOSES.has(token.type)) lists.pop()
    if (token.type !== 'list_item_open' || tokens[i + 1]?.type !== 'paragraph_open') return
    const inline = tokens[i + 2]
    const first = inline?.children?.[0]
    const [marker, done = ' '] =
      (first?.type === 'text' && isWritten(inline) && TASK.exec(first.content)) || []
    if (!inline?.children || !first || marker === undefined) return
    first.content = first.content.slice(marker.length)
    const box = make('task_box', 'input', 0)
    box.attrs = [
      ['type', 'checkbox'],
      ['disabled', ''],
      ...(done === ' ' ? [] : [['checked', ''] as [string, string]]),
    ]
    inline.children = [
      make('task_open', 'label', 1),
      box,
      textToken(make, ' '),
      ...inline.children,
      make('task_close', 'label', -1),
    ]
    const list = lists.at(-1)
    if (list && list.attrGet('class') !== 'tasks') list.attrJoin('class', 'tasks')
  })
}

const NOTE = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \u00A0]*$/i

const titles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: { note: 'Note', tip: 'Tip', important: 'Important', warning: 'Warning', caution: 'Caution' },
  ru: { note: 'Примечание', tip: 'Совет', important: 'Важно', warning: 'Внимание', caution: 'Осторожно' },
}

/** GitHub's alerts: a quotation whose first line is `[!NOTE]` is an aside. */
export const readAsides =
  (langOf: (state: StateCore) => string) =>
  (state: StateCore): void => {
    const { tokens } = state
    const make = maker(state)
    for (let i = tokens.length - 3; i >= 0; i--) {
      const open = tokens[i]
      if (open?.type !== 'blockquote_open') continue
      const [paragraph, inline] = tokens.slice(i + 1, i + 3)
      const [first, second] = inline?.children ?? []
      if (paragraph?.type !== 'paragraph_open' || first?.type !== 'text' || !isWritten(inline)) continue
      const kind = NOTE.exec(first.content)?.[1]?.toLowerCase()
      if (kind === undefined || !inline?.children || (second && second.type !== 'softbreak')) continue
      const close = closing(tokens, i)
      open.tag = close.tag = 'aside'
      open.attrs = [['class', kind === 'note' ? kind : `note ${kind}`]]
      const words = titles[langOf(state).slice(0, 2)] ?? titles.en!
      const title = make('inline', '', 0)
      title.children = [textToken(make, words[kind] ?? kind)]
      title.content = words[kind] ?? kind
      const titleOpen = make('paragraph_open', 'p', 1)
      titleOpen.attrs = [['class', 'note-title']]
      const head = [titleOpen, title, make('paragraph_close', 'p', -1)]
      for (const token of head) token.block = true
      inline.children = inline.children.slice(2)
      tokens.splice(i + 1, inline.children.length === 0 ? 3 : 0, ...head)
    }
  }

/** The token that closes the one at `i`. */
function closing(tokens: readonly Token[], i: number): Token {
  const { level, type } = tokens[i] as Token
  const end = type.replace(/_open$/, '_close')
  return tokens.slice(i).find(token => token.type === end && token.level === level) as Token
}

/** `![alt](a.png "words")` alone in a paragraph: a figure, and the words are its caption, as `typeset` sets them. */
export const readFigures =
  (typesetOf: (state: StateCore) => ((text: string) => string) | undefined) =>
  (state: StateCore): void => {
    const { tokens } = state
    const typeset = typesetOf(state) ?? (text => text)
    const make = maker(state)
    tokens.forEach((open, i) => {
      if (open.type !== 'paragraph_open' || open.hidden) return
      const [inline, close] = tokens.slice(i + 1, i + 3)
      if (!inline?.children || !close) return
      const { children } = inline
      const image = figureImage(children)
      const caption = image?.attrGet('title')
      if (!image || typeof caption !== 'string') return
      image.attrs = (image.attrs ?? []).filter(([name]) => name !== 'title')
      open.tag = close.tag = 'figure'
      children.push(
        make('caption_open', 'figcaption', 1),
        textToken(make, typeset(caption)),
        make('caption_close', 'figcaption', -1),
      )
    })
  }
