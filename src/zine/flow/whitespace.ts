import type { Inline } from './flow.ts'

/** Blanks that HTML folds (HTML, 4.2 of CSS Text): a no-break space is none of them. */
const BLANKS = /[ \t\n\r\f]+/g

/** Characters that nobody sees and no face has. */
const INVISIBLE = /[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]/g

/** Text as it can be printed: whole characters, none of them for machines. */
export const printable = (text: string): string => text.toWellFormed().replace(INVISIBLE, '')

/** Folds the blanks of a paragraph, and takes away those at its ends. */
export function foldBlanks(nodes: readonly Inline[]): readonly Inline[] {
  const folded = foldIn(nodes, { isAfterBlank: true })
  return trimEnd(folded)
}

interface FoldState {
  isAfterBlank: boolean
}

function foldIn(nodes: readonly Inline[], state: FoldState): readonly Inline[] {
  return nodes.flatMap((node): readonly Inline[] => {
    if (node.kind === 'text') {
      let text = node.text.replace(BLANKS, ' ')
      if (state.isAfterBlank && text.startsWith(' ')) text = text.slice(1)
      if (text === '') return []
      state.isAfterBlank = text.endsWith(' ')
      return [{ kind: 'text', text }]
    }
    if (node.kind === 'break') {
      state.isAfterBlank = true
      return [node]
    }
    if ('children' in node) {
      const children = foldIn(node.children, state)
      return children.length === 0 ? [] : [{ ...node, children }]
    }
    if (node.kind !== 'note') state.isAfterBlank = false
    return [node]
  })
}

function trimEnd(all: readonly Inline[]): readonly Inline[] {
  const nodes = all.slice(0, all.findLastIndex(({ kind }) => kind !== 'break') + 1)
  const last = nodes.at(-1)
  if (!last) return nodes
  const before = nodes.slice(0, -1)
  if (last.kind === 'text') {
    const text = last.text.replace(/ $/, '')
    return text === '' ? trimEnd(before) : [...before, { kind: 'text', text }]
  }
  if (!('children' in last)) return nodes
  const children = trimEnd(last.children)
  return children.length === 0 ? trimEnd(before) : [...before, { ...last, children }]
}
