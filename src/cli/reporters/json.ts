import type { Diagnostic } from '../../core/types.ts'
import { escapeJson } from '../../core/visible.ts'
import { position } from '../../core/source.ts'
import type { Report } from './reporter.ts'

/**
 * Stable: a field is added, never renamed or removed, while `version` stays 1. Lines and columns count from 1, offsets from 0;
 * columns and offsets are UTF-16 code units.
 */
export const report: Report = ({ diagnostics, summary, data }) =>
  `${escapeJson(JSON.stringify({ version: 1, summary, diagnostics: diagnostics.map(describe), data }, null, 2))}\n`

function describe({ code, severity, message, hint, file, span, fix }: Diagnostic) {
  const place = (offset: number) => file && position(file.text, offset)
  const edits = fix?.edits.map(({ span: [start, end], text }) => ({
    start: { ...place(start), offset: start },
    end: { ...place(end), offset: end },
    text,
  }))
  return {
    code,
    severity,
    message,
    hint,
    file: file?.path,
    start: span && place(span[0]),
    end: span && place(span[1]),
    fix: fix && { safe: fix.safe, edits },
  }
}
