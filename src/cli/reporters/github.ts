import type { Diagnostic, Severity } from '../../core/types.ts'
import { visible } from '../../core/visible.ts'
import { position, type Position } from '../../core/source.ts'
import type { Report } from './reporter.ts'

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' }

/**
 * Workflow commands, which GitHub shows beside the lines. It shows ten of a kind in a step, so that what one code says of one
 * file is one annotation, at the first place, errors first; the sum follows as plain text.
 */
export const report: Report = ({ diagnostics, summary }) => {
  const groups = new Map<string, Diagnostic[]>()
  for (const found of diagnostics) {
    const key = JSON.stringify([found.severity, found.file?.path, found.code])
    groups.set(key, [...(groups.get(key) ?? []), found])
  }
  const order: readonly Severity[] = ['error', 'warning', 'info']
  const lines = order.flatMap(severity =>
    [...groups.values()].filter(([first]) => first?.severity === severity).map(annotate),
  )
  return [...lines, ...(summary === undefined ? [] : [visible(summary)])].map(line => `${line}\n`).join('')
}

function annotate(group: readonly Diagnostic[]): string {
  const { severity, code, message, hint, file, span } = group[0] as Diagnostic
  const place: Record<string, string | number> = {}
  if (file) place.file = file.path
  if (file && span) {
    const [start, end] = span.map(offset => position(file.text, offset)) as [Position, Position]
    Object.assign(place, { line: start.line, endLine: end.line })
    // Columns mean something only on one line.
    if (start.line === end.line)
      Object.assign(place, { col: start.column, endColumn: Math.max(start.column, end.column - 1) })
  }
  place.title = code
  const properties = Object.entries(place).map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
  const rest = group.length > 1 ? `\n${group.length - 1} more of this in the file` : ''
  return `::${commands[severity]} ${properties.join(',')}::${escapeData(`${message}${hint ? `\n${hint}` : ''}${rest}`)}`
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
const escapeData = (text: string) =>
  visible(text.replace(/\r\n?/g, '\n')).replaceAll('%', '%25').replaceAll('\n', '%0A')

const escapeProperty = (text: string) => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
