import pc from 'picocolors'
import { frameOf, type Frame } from '../frame.ts'
import type { Diagnostic, Severity } from '../model.ts'
import type { Report } from './report.ts'

type Colours = ReturnType<typeof pc.createColors>

/** For people, file by file: where, what, the line itself, what it would become, and what to do next; the sum last. */
export const report: Report = ({ diagnostics, summary }, colours) => {
  const paint = pc.createColors(colours)
  const blocks: string[] = []
  let path: string | undefined
  for (const found of diagnostics) {
    if (found.file?.path !== path && found.file) blocks.push(paint.bold(found.file.path))
    path = found.file?.path
    blocks.push(describe(found, paint))
  }
  const counts = count(diagnostics, paint)
  const parts = [...blocks, [counts, summary].filter(Boolean).join('\n')].filter(Boolean)
  return parts.length > 0 ? `${parts.join('\n\n')}\n` : ''
}

function describe(found: Diagnostic, paint: Colours): string {
  const { code, severity, message, hint, file } = found
  const colour = severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.cyan
  const frame = frameOf(found)
  const where = frame ? `${file?.path}:${frame.line}:${frame.column} ` : ''
  const lines = [`${where}${colour(severity)} ${paint.dim(code)}`, `  ${message}`]
  if (frame) lines.push(...draw(frame, paint))
  if (hint) lines.push(`  ${paint.green('→')} ${hint}`)
  return lines.join('\n')
}

/** The line with a mark under the part that is meant, and below it the line that a fix would make of it. */
function draw({ line, source, start, length, fixed }: Frame, paint: Colours): readonly string[] {
  const gutter = String(line)
  const margin = paint.dim(`${' '.repeat(gutter.length)} │`)
  return [
    `  ${paint.dim(`${gutter} │`)} ${source}`,
    `  ${margin} ${' '.repeat(start)}${paint.red('^'.repeat(length))}`,
    ...(fixed === undefined ? [] : [`  ${margin} ${paint.green(fixed)}`]),
  ]
}

const words: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['remark', 'remarks'],
}

function count(diagnostics: readonly Diagnostic[], paint: Colours): string {
  const sums = (Object.keys(words) as Severity[]).flatMap(severity => {
    const n = diagnostics.filter(found => found.severity === severity).length
    return n === 0 ? [] : [`${n} ${words[severity][n === 1 ? 0 : 1]}`]
  })
  return sums.length > 0 ? paint.bold(sums.join(', ')) : ''
}
