import type { Paper } from '../issue/paper.ts'

/** A page of the zine, from 1; undefined for an empty one. */
export type BookletPage = number | undefined

/** Two pages side by side, as they are printed. */
export type Spread = readonly [left: BookletPage, right: BookletPage]

/**
 * How pages are put on sheets that are printed on both sides, laid in one another and folded: two sides a sheet, from the outermost
 * to the innermost. Empty pages make their number one of four; they stand before the last `closing` pages, which stay the last.
 */
export function impose(pages: number, closing: number): readonly Spread[] {
  const numbers = Array.from({ length: pages }, (_, n) => n + 1)
  const blanks = Array.from<undefined>({ length: (4 - (pages % 4)) % 4 })
  const all: readonly BookletPage[] = [
    ...numbers.slice(0, pages - closing),
    ...blanks,
    ...numbers.slice(pages - closing),
  ]
  return Array.from({ length: all.length / 2 }, (_, side) => {
    const [early, late] = [all[side], all[all.length - 1 - side]]
    return side % 2 === 0 ? [late, early] : [early, late]
  })
}

/** The booklet in Typst, of the finished pages in zine.pdf. */
export function bookletSource(spreads: readonly Spread[], { sheet, width, height }: Paper): string {
  const page = (number: BookletPage) =>
    number === undefined
      ? '[]'
      : `image("/zine.pdf", page: ${number}, width: ${width}mm, height: ${height}mm)`
  // A sheet may be a little wider than two pages: the fold is in its middle.
  const sides = spreads.map(([left, right]) => `side(${page(left)}, ${page(right)})`)
  return `#set document(title: json("/zine.json").title, date: none)
#set page(width: ${sheet.width}mm, height: ${sheet.height}mm, margin: 0pt)
#let side(left, right) = page(grid(columns: (1fr, 1fr), rows: 100%, align: (end + horizon, start + horizon), left, right))
#${sides.join('\n#')}
`
}
