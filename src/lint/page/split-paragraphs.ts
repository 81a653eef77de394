import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic, Edit, ExtendMarkdown, SourceFile, Span } from '../../core/types.ts'
import { lineSpan, position } from '../../core/source.ts'
import { parserFor } from '../../document/markdown.ts'
import type { Comment } from '../parse/prose.ts'

/**
 * The suppression comments that split a paragraph: a comment that begins a line ends the one before it, and what follows is
 * another (CommonMark 4.6, start condition 2). Behind the words of the line before it, it is a part of the paragraph.
 */
export function splitParagraphs(
  { file, bodyStart }: { readonly file: SourceFile; readonly bodyStart: number },
  comments: readonly Comment[],
  extend: ExtendMarkdown | undefined,
): readonly Diagnostic[] {
  const candidates = comments.filter(
    ({ text, span }) => /^typography\b/.test(text) && isBetweenLines(file.text, span),
  )
  if (candidates.length === 0) return []
  const first = position(file.text, bodyStart).line
  const lines = splittingLines(file.text.slice(bodyStart), extend)
  return candidates
    .filter(({ span }) => lines.has(position(file.text, span[0]).line - first))
    .map(({ span }) =>
      diagnostic('lint/suppression', 'This comment splits the paragraph in two', {
        hint: 'put it at the end of the line before, behind a blank',
        file,
        span,
        fix: { safe: false, edits: movedUp(file.text, span) },
      }),
    )
}

/** Whether it is alone on its line, and neither the line before nor the one behind is blank. */
function isBetweenLines(text: string, [start, end]: Span): boolean {
  const { line } = position(text, start)
  const [from, to] = lineSpan(text, line)
  const around = text.slice(from, start) + text.slice(end, to)
  const isWritten = (other: number) => other > 0 && !/^[ \t>]*$/.test(text.slice(...lineSpan(text, other)))
  return /^[ \t>]*$/.test(around) && isWritten(line - 1) && to < text.length && isWritten(line + 1)
}

/** The lines, counted from 0, of HTML that stands between two paragraphs without a blank line. */
function splittingLines(body: string, extend: ExtendMarkdown | undefined): ReadonlySet<number> {
  const lines = new Set<number>()
  const tokens = parserFor(extend).parse(body, {})
  for (const [i, { type, map }] of tokens.entries()) {
    const before = tokens[i - 3]
    const after = tokens[i + 1]
    const isSplit = before?.type === 'paragraph_open' && after?.type === 'paragraph_open'
    if (type !== 'html_block' || !map || !isSplit) continue
    if (before.map?.[1] === map[0] && after.map?.[0] === map[1] && map[1] - map[0] === 1) lines.add(map[0])
  }
  return lines
}

function movedUp(text: string, [start, end]: Span): readonly Edit[] {
  const { line } = position(text, start)
  const [, above] = lineSpan(text, line - 1)
  const [, below] = lineSpan(text, line)
  return [{ span: [above, below], text: ` ${text.slice(start, end)}` }]
}
