import type { Span } from '../core/types.ts'

const closers: Readonly<Record<string, string>> = { '<%': '%>', '{{': '}}', '{%': '%}' }

/**
 * Template tags: `<% … %>`, `{{ … }}` and `{% … %}`, in source order. Those in braces end on the line where they begin;
 * in Markdown none reaches over a blank line. Linear in the text.
 */
export function findTemplates(text: string, { markdown }: { readonly markdown: boolean }): readonly Span[] {
  const spans: Span[] = []
  const opener = /<%|\{\{|\{%/g
  const next = new Map<string, number>()
  for (let match = opener.exec(text); match; match = opener.exec(text)) {
    const closer = closers[match[0]] as string
    let found = next.get(closer) ?? 0
    if (found < match.index + 2 && found >= 0)
      next.set(closer, (found = text.indexOf(closer, match.index + 2)))
    if (found < 0) continue
    if (found - match.index > LONGEST && closer !== '%>') continue
    const inside = found - match.index > LONGEST ? '' : text.slice(match.index, found)
    if (closer === '%>' ? markdown && /\n[ \t]*\r?\n/.test(inside) : inside.includes('\n')) continue
    spans.push([match.index, found + 2])
    opener.lastIndex = found + 2
  }
  return spans
}

/** A tag in braces is one line long; what seems longer is text. */
const LONGEST = 10_000

/** The first span that ends behind `offset`. */
export function firstAfter(spans: readonly Span[], offset: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle] as Span)[1] <= offset) low = middle + 1
    else high = middle
  }
  return low
}
