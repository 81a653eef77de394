import pc from 'picocolors'
import { frameOf, type Frame } from '../../core/code-frame.ts'
import type { Diagnostic, Severity } from '../../core/types.ts'
import { visible, visibleLine } from '../../core/visible.ts'
import type { Report } from './reporter.ts'

type Colours = ReturnType<typeof pc.createColors>

/** For people, file by file: where, what, the line itself, what it would become, and what to do next; the sum last. */
export const report: Report = ({ diagnostics, summary }, colours) => {
  const paint = pc.createColors(colours)
  const blocks: string[] = []
  let path: string | undefined
  for (const found of diagnostics) {
    if (found.file?.path !== path && found.file) blocks.push(paint.bold(visibleLine(found.file.path)))
    path = found.file?.path
    blocks.push(describe(found, paint))
  }
  const sums = [count(diagnostics, paint), summary === undefined ? '' : visible(summary)]
    .filter(Boolean)
    .join('\n')
  if (sums) blocks.push(sums)
  return blocks.length > 0 ? `${blocks.join('\n\n')}\n` : ''
}

function describe(found: Diagnostic, paint: Colours): string {
  const { code, severity, message, hint, file } = found
  const colour = severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.cyan
  const frame = frameOf(found)
  const where = frame ? `${visibleLine(file?.path ?? '')}:${frame.line}:${frame.column} ` : ''
  const what = `${where}${colour(severity)} ${paint.dim(code)}\n  ${indented(message)}`
  return `${what}${frame ? draw(frame, paint) : ''}${hint ? `\n  ${paint.green('→')} ${indented(hint)}` : ''}`
}

/** No line of it looks like one of the report. */
const indented = (text: string) => visible(text).replaceAll('\n', '\n  ')

/** The line with a mark under the part that is meant, and below it the line that a fix would make of it. */
function draw({ line, source, start, length, fixed }: Frame, paint: Colours): string {
  const gutter = String(line)
  const margin = `\n  ${paint.dim(`${' '.repeat(gutter.length)} │`)} `
  const mark = `${' '.repeat(start)}${paint.red('^'.repeat(length))}`
  const better = fixed === undefined ? '' : `${margin}${paint.green(fixed)}`
  return `\n  ${paint.dim(`${gutter} │`)} ${source}${margin}${mark}${better}`
}

const words: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['remark', 'remarks'],
}

function count(diagnostics: readonly Diagnostic[], paint: Colours): string {
  const sums = { error: 0, warning: 0, info: 0 }
  for (const { severity } of diagnostics) sums[severity]++
  const told = (Object.keys(words) as Severity[])
    .filter(severity => sums[severity] > 0)
    .map(severity => `${sums[severity]} ${words[severity][sums[severity] === 1 ? 0 : 1]}`)
  return told.length > 0 ? paint.bold(told.join(', ')) : ''
}
