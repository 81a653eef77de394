import type { Diagnostic } from '../model.ts'
import { position } from '../source.ts'
import type { Report } from './report.ts'

/** Stable: a field is added, never renamed or removed, while `version` stays 1. Lines and columns count from 1. */
export const report: Report = ({ diagnostics, summary }) =>
  `${JSON.stringify({ version: 1, summary, diagnostics: diagnostics.map(describe) }, null, 2)}\n`

const describe = ({ code, severity, message, hint, file, span }: Diagnostic) => ({
  code,
  severity,
  message,
  hint,
  file: file?.path,
  start: file && span && position(file.text, span[0]),
  end: file && span && position(file.text, span[1]),
})
