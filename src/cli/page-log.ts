import { position } from '../core/source.ts'
import type { Diagnostic, Severity } from '../core/types.ts'
import { visibleLine } from '../core/visible.ts'
import { fold, type Fold } from './reporters/fold.ts'

/** What the development server says of pages, as short as it can be: who looks at one sees the rest. */
export interface PageLog {
  /** What is wrong with a page that is open now; undefined when there is nothing to say, nor was before. */
  describe(address: string, diagnostics: readonly Diagnostic[]): string | undefined
}

export function createPageLog(): PageLog {
  const wrong = new Set<string>()
  return {
    describe(address, diagnostics) {
      if (diagnostics.length === 0) return wrong.delete(address) ? `${address}: nothing is left` : undefined
      wrong.add(address)
      const { decisions, folds } = fold(diagnostics)
      return [`${address}: ${count(diagnostics)}`, ...decisions.map(line), ...folds.map(foldedLine)].join(
        '\n',
      )
    },
  }
}

/** A line a finding … */
const line = (found: Diagnostic) =>
  `  ${[placeOf(found), found.severity, found.code, found.message.replace(/\s+/g, ' ')].filter(Boolean).join(' ')}`

/** … and one for all of a rule that `lint --fix` sets. */
const foldedLine = ({ first, count: times }: Fold) =>
  `  ${[placeOf(first), `${times} ×`, first.code].filter(Boolean).join(' ')}`

function placeOf({ file, span }: Diagnostic): string {
  const { line: row, column } = file && span ? position(file.text, span[0]) : {}
  return [file && visibleLine(file.path), row, column].filter(part => part !== undefined).join(':')
}

const words: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['remark', 'remarks'],
}

const count = (diagnostics: readonly Diagnostic[]) =>
  (Object.keys(words) as Severity[])
    .map(
      severity => [diagnostics.filter(each => each.severity === severity).length, words[severity]] as const,
    )
    .filter(([sum]) => sum > 0)
    .map(([sum, [one, many]]) => `${sum} ${sum === 1 ? one : many}`)
    .join(', ')
