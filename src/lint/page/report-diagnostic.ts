import type { Diagnostic, Edit, Span } from '../../core/types.ts'
import type { JoinedText } from '../engine/joined-text.ts'
import { severityOf } from '../rule-diagnostic.ts'
import type { RuleReport } from '../rules/rule-report.ts'
import type { Suppressions } from '../suppression.ts'
import type { PageToLint } from './read-page.ts'

/** A report as a diagnostic, unless it is suppressed; what it proposes is the author's to decide. */
export function reportDiagnostic(
  { rule: code, message, hint, literally = '', swaps = [], span: [first, end] }: RuleReport,
  { file, settings, rule }: PageToLint,
  { joined, suppressions }: { joined: JoinedText; suppressions: Suppressions },
): Diagnostic | undefined {
  // Of a paragraph in another language there is one thing to say.
  if (joined.isOther(first) && code !== 'imprimatur/homoglyph') return undefined
  const span: Span = [joined.span(first)[0], joined.span(end - 1)[1]]
  if (!file.text.startsWith(literally, span[0]) || suppressions.suppress(span, code)) return undefined
  const edits = swaps.map(([from, middle, to]): Edit => {
    const [a, b, c] = [joined.span(from)[0], joined.span(middle)[0], joined.span(to - 1)[1]]
    return { span: [a, c], text: file.text.slice(b, c) + file.text.slice(a, b) }
  })
  const fix = edits.length > 0 ? { safe: false, edits } : undefined
  const found = rule(code)
  return {
    code: found.code,
    severity: severityOf(found, settings.rules, joined.lang),
    message,
    hint,
    file,
    span,
    fix,
  }
}
