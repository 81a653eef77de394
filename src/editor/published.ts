import type { Diagnostic as Published, DiagnosticSeverity as Severities } from 'vscode-languageserver'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { Diagnostic, Severity, Span } from '../core/types.ts'
import { manualAddress } from '../lint/rules/manual.ts'
import { rangeOf } from './positions.ts'
import { DiagnosticSeverity } from './protocol.ts'

const severities: Readonly<Record<Severity, Severities>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
}

/** Diagnostics of a document as an editor shows them, each once; those that are tolerated are hints. */
export function published(
  document: TextDocument,
  found: readonly Diagnostic[],
  tolerated: ReadonlySet<Diagnostic> = new Set(),
): Published[] {
  const met = new Set<string>()
  const carried = carriedTo(document.getText())
  return found.flatMap(each => {
    const span = carried(each)
    const key = JSON.stringify([each.code, span, each.message])
    if (!span || met.has(key)) return []
    met.add(key)
    return [
      {
        range: rangeOf(document, span),
        severity: tolerated.has(each) ? DiagnosticSeverity.Hint : severities[each.severity],
        code: each.code,
        ...aboutCode(each.code),
        source: 'imprimatur',
        message: each.hint === undefined ? each.message : `${each.message}\n${each.hint}`,
      },
    ]
  })
}

/** LSP 3.16, `codeDescription`. */
function aboutCode(code: string): Pick<Published, 'codeDescription'> {
  const href = manualAddress(code)
  return href === undefined ? {} : { codeDescription: { href } }
}

/**
 * Where what a diagnostic is about stands in a text that was edited since; undefined when it was itself edited. What has no place is at the
 * beginning.
 */
function carriedTo(text: string): (diagnostic: Diagnostic) => Span | undefined {
  const known = new Map<string, Edited>()
  return ({ file, span }) => {
    if (!file || !span) return [0, 0]
    if (file.text === text) return span
    const edited = known.get(file.text) ?? compare(file.text, text)
    known.set(file.text, edited)
    const { first, last, shift } = edited
    if (span[1] <= first) return span
    return span[0] >= file.text.length - last ? [span[0] + shift, span[1] + shift] : undefined
  }
}

/** How many characters two texts have in common before and behind what differs, and how much longer the other one is. */
interface Edited {
  readonly first: number
  readonly last: number
  readonly shift: number
}

function compare(before: string, after: string): Edited {
  const shorter = Math.min(before.length, after.length)
  let [first, last] = [0, 0]
  while (first < shorter && before[first] === after[first]) first++
  while (last < shorter - first && before.at(-1 - last) === after.at(-1 - last)) last++
  return { first, last, shift: after.length - before.length }
}
