import { append } from '../../core/lists/long-lists.ts'
import type { Diagnostic, Edit } from '../../core/types.ts'
import type { Language } from '../../document/language.ts'
import type { Finding } from '../engine/edits.ts'
import { LANGUAGE, reportOthers } from './other-languages.ts'
import { RuleDiagnostic, severityOf, type RuleInUse } from '../rule-diagnostic.ts'
import { changedCharacters, changesText } from '../safety/text-changes.ts'
import { splitParagraphs } from './split-paragraphs.ts'
import type { Segment } from '../parse/cells.ts'
import { CAPTION, FRONT_MATTER, type PageToLint, type ParsedText } from './read-page.ts'
import type { RuleResults } from './run-on-segments.ts'

/** What was found as diagnostics, in the order of the source. */
export function report(page: PageToLint, parsed: ParsedText, found: RuleResults): readonly Diagnostic[] {
  const { document, file, settings, rule } = page
  const { suppressions, head, captions } = parsed
  const severity = severityOf(rule(LANGUAGE), settings.rules, page.lang)
  const others = reportOthers(parsed.text.prose, { file, severity, suppressions })
  const diagnostics: Diagnostic[] = [...suppressions.diagnostics, ...found.diagnostics, ...others]
  if (document.format === 'markdown')
    append(diagnostics, splitParagraphs(document, parsed.text.prose.comments, settings.markdown))
  const start = head.length > 0 ? document.bodyStart : 0
  const used = rulesInUse(page)
  for (const finding of found.findings) {
    const at = (finding.edits[0] as Edit).span[0]
    const spokenFor = at < start ? FRONT_MATTER : isIn(captions, at) ? CAPTION : undefined
    const each = spokenFor === undefined ? finding : inItsPlace(page, finding)
    if (each)
      diagnostics.push(
        new RuleDiagnostic(file, withSafety(page, each), used(spokenFor ?? finding.rule, finding.lang)),
      )
  }
  append(diagnostics, suppressions.unused())
  return diagnostics.toSorted((a, b) => (a.span?.[0] ?? 0) - (b.span?.[0] ?? 0))
}

const isIn = (segments: readonly Segment[], at: number) =>
  segments.some(({ pieces }) => (pieces[0]?.from ?? Infinity) <= at && at < (pieces.at(-1)?.to ?? 0))

/** A finding without the edits that change nothing there; undefined when that is all of it. */
function inItsPlace({ file, rule }: PageToLint, finding: Finding): Finding | undefined {
  const edits = finding.edits.filter(({ span, text }) => file.text.slice(...span) !== text)
  return edits.length > 0 ? { ...finding, edits, writes: rule(finding.rule).writes } : undefined
}

/** Rules with their weight, which is worked out once for all findings of a page. */
export function rulesInUse({
  settings,
  rule,
}: PageToLint): (code: string, lang: Language | undefined) => RuleInUse {
  const known = new Map<Language | undefined, Map<string, RuleInUse>>()
  let last:
    { readonly code: string; readonly lang: Language | undefined; readonly rule: RuleInUse } | undefined
  return (code, lang) => {
    // Most findings of a text are of one rule.
    if (last?.code === code && last.lang === lang) return last.rule
    let byCode = known.get(lang)
    if (!byCode) known.set(lang, (byCode = new Map()))
    let found = byCode.get(code)
    if (!found) {
      const severity = severityOf(rule(code), settings.rules, lang)
      byCode.set(code, (found = { rule: rule(code), severity, settings }))
    }
    last = { code, lang, rule: found }
    return found
  }
}

/** Of a rule that may write anything: which characters it wrote, and whether letters or digits are among them. */
function withSafety(page: PageToLint, finding: Finding): Finding {
  if (!page.rule(finding.rule).writesText) return finding
  return { ...finding, isUnsafe: writesLetters(page, finding), writes: changedCharacters(page.file, finding) }
}

/** Whether a finding changes letters or digits, and nobody has said that it may. */
export function writesLetters({ rule, file, settings }: PageToLint, finding: Finding): boolean {
  const { writesText, isTextAllowed } = rule(finding.rule)
  return settings.fix !== 'unsafe' && writesText === true && !isTextAllowed && changesText(file, finding)
}
