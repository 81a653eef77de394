import type { Diagnostic, Span } from '../model.ts'
import { position } from '../source.ts'
import type { Report } from './report.ts'

/**
 * Stable: a field is added, never renamed or removed, while `version` stays 1. Lines and columns count from 1, offsets from 0;
 * columns and offsets are UTF-16 code units.
 */
export const report: Report = ({ diagnostics, summary }) =>
  `${JSON.stringify({ version: 1, summary, diagnostics: diagnostics.map(describe) }, null, 2)}\n`

function describe({ code, severity, message, hint, file, span, fix }: Diagnostic) {
  const range = ([start, end]: Span) => ({
    start: file && { ...position(file.text, start), offset: start },
    end: file && { ...position(file.text, end), offset: end },
  })
  const edits = fix?.edits.map(edit => ({ ...range(edit.span), text: edit.text }))
  const place = file && span ? range(span) : {}
  return { code, severity, message, hint, file: file?.path, ...place, fix: fix && { safe: fix.safe, edits } }
}
