import { createHash } from 'node:crypto'
import type { Diagnostic, Severity } from '../../core/types.ts'
import { lineSpan, position } from '../../core/source.ts'
import { escapeJson, visible } from '../../core/visible.ts'
import type { Report } from './reporter.ts'

const severities: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', info: 'info' }

/**
 * GitLab’s Code Quality report. A finding’s fingerprint is made of its rule, its file and the words of its line, and not of the line’s number, so
 * that it stays the same finding when something is written above it; equal ones are counted.
 */
export const report: Report = ({ diagnostics }) => {
  const met = new Map<string, number>()
  const issues = diagnostics.map(found => {
    const { code, severity, message, hint, file, span } = found
    const identity = identityOf(found)
    const nth = met.get(identity) ?? 0
    met.set(identity, nth + 1)
    const begin = file && span ? position(file.text, span[0]).line : 1
    return {
      description: visible(hint ? `${message} (${hint})` : message),
      check_name: code,
      fingerprint: createHash('sha256').update(`${identity}\0${nth}`).digest('hex'),
      severity: severities[severity],
      location: { path: file?.path ?? '.', lines: { begin } },
    }
  })
  return `${escapeJson(JSON.stringify(issues, null, 2))}\n`
}

function identityOf({ code, file, span, message }: Diagnostic): string {
  if (!file || !span) return [code, file?.path, message].join('\0')
  const [start, end] = lineSpan(file.text, position(file.text, span[0]).line)
  return [code, file.path, file.text.slice(start, end).trim()].join('\0')
}
