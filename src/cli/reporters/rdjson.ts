import type { Severity, SourceFile, Span } from '../../core/types.ts'
import { lineSpan, position } from '../../core/source.ts'
import { escapeJson, visible } from '../../core/visible.ts'
import type { Report } from './reporter.ts'

const severities: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', info: 'INFO' }

/** Reviewdog Diagnostic Format, as one JSON object: with suggestions, which a reviewer takes by a click. */
export const report: Report = ({ diagnostics }) => {
  const found = diagnostics.map(({ code, severity, message, hint, file, span, fix }) => ({
    message: visible(hint ? `${message}\n${hint}` : message),
    ...(file && { location: { path: file.path, ...(span && { range: rangeOf(file, span) }) } }),
    severity: severities[severity],
    code: { value: code },
    ...(file &&
      fix && { suggestions: fix.edits.map(edit => ({ range: rangeOf(file, edit.span), text: edit.text })) }),
  }))
  return `${escapeJson(JSON.stringify({ source: { name: 'imprimatur' }, diagnostics: found }, null, 2))}\n`
}

const rangeOf = (file: SourceFile, [start, end]: Span) => ({
  start: placeOf(file, start),
  end: placeOf(file, end),
})

/** Both count from 1; a column is a byte of UTF-8 (`reviewdog.proto`, Position). */
function placeOf({ text }: SourceFile, offset: number) {
  const { line } = position(text, offset)
  return { line, column: Buffer.byteLength(text.slice(lineSpan(text, line)[0], offset)) + 1 }
}
