import type { Diagnostic } from '../../core/types.ts'
import { ruleFailed } from '../failures.ts'
import { findingsOf, type Finding, type WriteBlank } from '../engine/edits.ts'
import { runRules } from '../engine/engine.ts'
import { JoinedText } from '../engine/joined-text.ts'
import { LANGUAGE, setApart } from './other-languages.ts'
import { segmentsByLanguage } from '../parse/cells.ts'
import { writerFor } from '../parse/no-break-space.ts'
import type { PageToLint, ParsedText } from './read-page.ts'
import { reportDiagnostic } from './report-diagnostic.ts'

export interface RuleResults {
  readonly findings: readonly Finding[]
  /** What rules report, and of rules that failed. */
  readonly diagnostics: readonly Diagnostic[]
  /** Offsets of no-break spaces that, written as entities, might be too much for a star beside them. */
  readonly uncertain: ReadonlySet<number>
}

/** Runs every rule on the segments of each language, joined to one text. */
export function runOnSegments(
  page: PageToLint,
  { text: { prose, outline }, head, captions, suppressions }: ParsedText,
  { write: given, reports }: { write?: WriteBlank; reports: boolean },
): RuleResults {
  const { file, settings, rules, enabled } = page
  const findings: Finding[] = []
  const diagnostics: Diagnostic[] = []
  const uncertain = new Set<number>()
  const failed = new Map<string, string>()
  const all = [...head, ...captions, ...prose.segments]
  if (enabled(LANGUAGE, page.lang)) setApart(all, file.text)
  for (const [lang, segments] of segmentsByLanguage(all)) {
    const joined = new JoinedText(file.text, segments, { suppressions, keep: settings.words?.keep })
    const buffer = runRules(joined.text, {
      lang,
      preset: settings.preset ?? 'typograf',
      words: settings.words,
      rules,
      settings: settings.settings,
      levels: settings.rules,
      permission: joined,
      reports,
      failed: (rule, why) => void failed.set(rule, why),
    })
    const write = given ?? writerFor(page.document, settings, joined, outline && uncertain)
    for (const finding of findingsOf(buffer, joined, file.text, write)) findings.push(finding)
    for (const each of buffer.reports) {
      if (joined.isKept(each.span)) continue
      const found = reportDiagnostic(each, page, { joined, suppressions })
      if (found) diagnostics.push(found)
    }
  }
  for (const [rule, why] of failed) diagnostics.push(ruleFailed(file, rule, why))
  // What a rule did before it failed is half of what it wants.
  const whole = failed.size > 0 ? findings.filter(({ rule }) => !failed.has(rule)) : findings
  return { findings: whole, diagnostics, uncertain }
}
