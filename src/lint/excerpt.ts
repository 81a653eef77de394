import type { Edit, Span } from '../model.ts'

/** No further than this on either side. */
const REACH = 24

/** The words around a span of the source, as they are or as edits would make them, blanks made visible, on one line. */
export function excerpt(text: string, [start, end]: Span, edits: readonly Edit[] = []): string {
  let from = start
  while (from > 0 && start - from < REACH && !/\s/.test(text[from - 1] as string)) from--
  let to = end
  while (to < text.length && to - end < REACH && !/\s/.test(text[to] as string)) to++
  let shown = ''
  let at = from
  for (const { span, text: insert } of edits) {
    shown += text.slice(at, span[0]) + insert
    at = span[1]
  }
  return visible(shown + text.slice(at, to))
}

const visible = (text: string) =>
  text
    .replace(/&nbsp;|&#8239;|[\u00A0\u202F]/g, '⍽')
    .replace(/[ \t]*(?:\r\n|\n|\r)[ \t>]*/g, '⏎')
    .replace(/\t/g, ' ')
