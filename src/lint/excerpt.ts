import type { Edit, Span } from '../core/types.ts'

/** No further than this on either side. */
const REACH = 24

/** The words around a span of the source, as they are and as edits would make them, blanks made visible, on one line. */
export function excerpts(
  text: string,
  [start, end]: Span,
  edits: readonly Edit[],
): readonly [before: string, after: string] {
  let from = start
  while (from > 0 && start - from < REACH && !isBlank(text, from - 1)) from--
  let to = end
  while (to < text.length && to - end < REACH && !isBlank(text, to)) to++
  let edited = ''
  let at = from
  for (const { span, text: insert } of edits) {
    edited += text.slice(at, span[0]) + insert
    at = span[1]
  }
  return [visible(text.slice(from, to)), visible(edited + text.slice(at, to))]
}

const isBlank = (text: string, at: number) => {
  const code = text.charCodeAt(at)
  return code === 0x20 || code === 0x0a || ((code < 0x20 || code > 0x7e) && /\s/.test(text[at] as string))
}

const visible = (text: string) =>
  text.replace(/&nbsp;|&#8239;|[\u00A0\u202F]|(?:(?<![ \t])[ \t]+)?(?:\r\n|\n|\r)[ \t>]*|\t/g, found =>
    found === '\t' ? ' ' : /[\r\n]/.test(found) ? '⏎' : '⍽',
  )
