import type { Diagnostic, Edit, ExtendMarkdown, SourceFile } from '../../core/types.ts'
import { lineSpan, position } from '../../core/source.ts'
import { readDocument } from '../../document/document.ts'
import { formatOf } from '../../document/formats.ts'
import { parserFor } from '../../document/markdown.ts'
import { applyEdits } from '../../lint/fix.ts'

/** How a page is judged while a comment is tried. */
export interface Judge {
  lint(file: SourceFile): readonly Diagnostic[]
  readonly markdown: ExtendMarkdown | undefined
}

/**
 * The comment that leaves one finding alone: at the end of the line before it, where it splits no paragraph, else on a line of its own.
 * Each is tried: the page must be rendered as before but for the comment, that finding be gone, and no other come. Undefined when no
 * place will do, as within code or a table.
 */
export function suppression(
  file: SourceFile,
  finding: Diagnostic,
  reason: string,
  judge: Judge,
): Edit | undefined {
  const { bodyStart } = readDocument(file)
  const at = finding.span?.[0] ?? 0
  if (at < bodyStart) return undefined
  const comment = `<!-- typography-next-line off: ${finding.code}, ${reason} -->`
  return candidates(file.text, at, bodyStart, comment).find(edit => isHarmless(file, finding, edit, judge))
}

function candidates(text: string, at: number, bodyStart: number, comment: string): readonly Edit[] {
  const { line } = position(text, at)
  const [start, end] = lineSpan(text, line)
  const newLine = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n'
  const prefix = /^[ \t>]*/.exec(text.slice(start, end))?.[0] ?? ''
  const own: Edit = { span: [start, start], text: `${prefix}${comment}${newLine}` }
  if (line === 1) return [own]
  const before = lineSpan(text, line - 1)
  if (before[0] < bodyStart || /^[ \t>]*$/.test(text.slice(...before))) return [own]
  return [{ span: [before[1], before[1]], text: ` ${comment}` }, own]
}

function isHarmless(file: SourceFile, finding: Diagnostic, edit: Edit, judge: Judge): boolean {
  const after = { ...file, text: applyEdits(file.text, [edit]) }
  if (rendered(after, judge, edit.text.trim()) !== rendered(file, judge, '')) return false
  const [at] = edit.span
  const place = ({ code, span = [0, 0] }: Diagnostic, shift: number) =>
    `${code} ${span[0] + (span[0] >= at ? shift : 0)}`
  const before = judge.lint(file)
  const left = new Set(judge.lint(after).map(each => place(each, 0)))
  const wanted = before.filter(({ code }) => code !== finding.code).map(each => place(each, edit.text.length))
  const allowed = new Set(before.map(each => place(each, edit.text.length)))
  return (
    !left.has(place(finding, edit.text.length)) &&
    wanted.every(each => left.has(each)) &&
    [...left].every(each => allowed.has(each))
  )
}

/** What readers get of a page, without one comment and the blanks around it. */
function rendered(file: SourceFile, { markdown }: Judge, comment: string): string {
  const body = file.text.slice(readDocument(file).bodyStart)
  const html = formatOf(file.path) === 'markdown' ? parserFor(markdown).render(body) : body
  return (comment === '' ? html : html.replace(comment, ''))
    .replace(/(?<![ \t])[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n')
    .trim()
}
