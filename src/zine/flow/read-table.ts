import { largest } from '../../core/lists/long-lists.ts'
import type { Block, Cell, Table } from './flow.ts'
import { textOf } from './flow.ts'
import { attribute, hasClass, isElement, type HtmlElement } from './html-tree.ts'
import type { Reader, Scope } from './reader.ts'

/** Characters between two columns. */
const GAP = 3
/** A word is not broken where it is shorter than this. */
const BREAKABLE = 20

/** Reads a table, and finds how wide its columns are to be; one that is wider than the paper is set row by row. */
export function readTable(element: HtmlElement, reader: Reader, scope: Scope): readonly Block[] {
  const captionOf = element.childNodes.find(child => isElement(child) && child.tagName === 'caption')
  const caption = captionOf && isElement(captionOf) ? reader.line(captionOf.childNodes, scope) : []
  const rows = [...rowsOf(element)].map(row => ({
    isHead: isElement(row.parentNode as HtmlElement) && (row.parentNode as HtmlElement).tagName === 'thead',
    cells: row.childNodes.flatMap(child =>
      isElement(child) && /^t[dh]$/.test(child.tagName) ? [readCell(child, reader, scope)] : [],
    ),
  }))
  const full = rows.filter(({ cells }) => cells.length > 0)
  const columns = largest(
    full.map(({ cells }) => sum(cells.map(cell => cell.columns))),
    0,
  )
  if (columns === 0) return []
  const all = full.map(({ cells }) => padded(cells, columns))
  // The first rows of headings alone, where no `thead` says so.
  let headRows = full.findLastIndex(({ isHead }) => isHead) + 1
  if (headRows === 0 && all.length > 1 && all[0]!.every(({ isHead }) => isHead)) headRows = 1
  const { widths, isTooWide } = measure(all, columns, reader.lineWidth)
  if (isTooWide) {
    reader.report(
      'zine/table',
      `A table of ${columns} columns is wider than the paper`,
      'it is set row by row; make it narrower, or choose a larger paper',
      element,
    )
  }
  const table: Table = {
    kind: 'table',
    caption,
    head: all.slice(0, headRows),
    body: all.slice(headRows),
    widths,
    isUnrolled: isTooWide,
  }
  return [table]
}

function* rowsOf(element: HtmlElement): Generator<HtmlElement> {
  for (const child of element.childNodes) {
    if (!isElement(child)) continue
    if (child.tagName === 'tr') yield child
    else if (/^t(?:head|body|foot)$/.test(child.tagName)) yield* rowsOf(child)
  }
}

const MOST_SPANNED = 50

function readCell(element: HtmlElement, reader: Reader, scope: Scope): Cell {
  const span = (name: string) => {
    const written = Number(attribute(element, name) ?? 1)
    return Number.isInteger(written) && written > 0 && written <= MOST_SPANNED ? written : 1
  }
  const written =
    attribute(element, 'align') ?? /text-align:\s*(\w+)/.exec(attribute(element, 'style') ?? '')?.[1]
  const align =
    hasClass(element, /^align-right$/) || written === 'right'
      ? 'right'
      : hasClass(element, /^align-center$/) || written === 'center'
        ? 'center'
        : 'left'
  if (attribute(element, 'rowspan') !== undefined && attribute(element, 'rowspan') !== '1') {
    const hint = 'it is printed in the first of them; repeat it in the others where that matters'
    reader.report(
      'zine/unprintable',
      'A cell that reaches over several rows cannot be printed so',
      hint,
      element,
    )
  }
  return {
    blocks: reader.blocks(element.childNodes, scope),
    align,
    isHead: element.tagName === 'th',
    columns: span('colspan'),
  }
}

const EMPTY: Cell = { blocks: [], align: 'left', isHead: false, columns: 1 }

function padded(cells: readonly Cell[], columns: number): readonly Cell[] {
  const missing = columns - sum(cells.map(cell => cell.columns))
  return [...cells, ...Array.from({ length: missing }, () => EMPTY)]
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

/** In characters: a column has room for its longest word, and of the rest its share by what it holds. */
function measure(rows: readonly (readonly Cell[])[], columns: number, lineWidth: number) {
  const least = Array.from({ length: columns }, () => 2)
  const whole = Array.from({ length: columns }, () => 2)
  for (const row of rows) {
    let column = 0
    for (const cell of row) {
      const text = plain(cell.blocks)
      // Headings are bold.
      const bold = cell.isHead ? 1.2 : 1
      const word = Math.min(
        BREAKABLE,
        bold *
          largest(
            text.split(/[ \n]/).map(each => each.length),
            0,
          ),
      )
      if (cell.columns === 1) {
        least[column] = Math.max(least[column]!, word)
        whole[column] = Math.max(whole[column]!, Math.min(text.length, 400))
      }
      column += cell.columns
    }
  }
  const room = lineWidth - GAP * (columns - 1)
  const spare = room - sum(least)
  const wanted = whole.map((each, i) => Math.max(0, each - least[i]!))
  const share = Math.min(1, sum(wanted) === 0 ? 0 : spare / sum(wanted))
  return {
    widths: least.map((each, i) => each + GAP + wanted[i]! * Math.max(0, share)),
    isTooWide: spare < 0,
  }
}

function plain(blocks: readonly Block[]): string {
  return blocks
    .map(block => {
      if ('children' in block) return textOf(block.children)
      if (block.kind === 'code') return block.text
      if (block.kind === 'list') return block.items.map(plain).join('\n')
      return 'blocks' in block ? plain(block.blocks) : ''
    })
    .join('\n')
}
