import { codes, type Code } from '../core/codes.ts'
import type { RuleLevel } from '../config/config.ts'
import type { Diagnostic, Edit, Fix, Severity, SourceFile, Span } from '../core/types.ts'
import { asCharacter, asEntity, inMarkdown } from './parse/no-break-space.ts'
import type { Segment } from './parse/cells.ts'
import { bodyStart, declaredLanguage, readDocument } from './parse/document.ts'
import { recheckInline } from './safety/recheck-inline.ts'
import { findingsOf, type Finding, type WriteBlank } from './engine/edits.ts'
import type { RuleReport } from './rule-report.ts'
import { runRules } from './engine/engine.ts'
import { excerpts } from './excerpt.ts'
import { frontMatterSegments } from './parse/front-matter.ts'
import { JoinedText } from './engine/joined-text.ts'
import { languageOf, type Language } from '../document/language.ts'
import type { Prose } from './parse/prose.ts'
import { ruleNames } from './rule-names.ts'
import { Suppressions } from './suppression.ts'

export interface LintSettings {
  /** The language of a page that names none. */
  readonly lang: string
  readonly noBreakSpace: 'entity' | 'character'
  /** Levels other than a rule's own. */
  readonly rules: Readonly<Record<string, RuleLevel>>
}

/** What is to be set otherwise in a page, in source order. Every fix is safe but those of front matter, unless its rule is on. */
export function lintSource(file: SourceFile, settings: LintSettings): readonly Diagnostic[] {
  const lang = pageLanguage(file, settings)
  const enabled = isEnabled(settings)
  const { prose, outline } = readDocument(file, lang)
  const head = enabled('imprimatur/front-matter') ? frontMatterSegments(file, lang) : []
  const suppressions = new Suppressions(file, prose.comments, ruleNames)
  const places = new Set<number>()
  const findings: Finding[] = []
  const diagnostics: Diagnostic[] = [...suppressions.diagnostics]
  const add = (found: Diagnostic | undefined) => found && diagnostics.push(found)
  for (const [language, segments] of byLanguage([...head, ...prose.segments])) {
    const joined = new JoinedText(file.text, segments, suppressions)
    const buffer = runRules(joined.text, { lang: language, enabled, permission: joined })
    const write = writerFor(file, settings, joined, outline && places)
    for (const finding of findingsOf(buffer, joined, file.text, write)) findings.push(finding)
    for (const report of buffer.reports)
      add(reportDiagnostic(report, { file, joined, settings, suppressions }))
  }
  const uncertain = { places, contents: prose.risky }
  const rechecked = outline ? recheckInline(findings, uncertain, prose.contents, outline) : findings
  const start = head.length > 0 ? bodyStart(file.text) : 0
  for (const finding of rechecked)
    add(
      (finding.edits[0] as Edit).span[0] < start
        ? inFrontMatter(file, finding, settings)
        : new RuleDiagnostic(file, finding, settings),
    )
  diagnostics.push(...suppressions.unused())
  return diagnostics.toSorted((a, b) => (a.span?.[0] ?? 0) - (b.span?.[0] ?? 0))
}

/**
 * The safe fixes of a document that has no front matter any more, in source order: what `lintSource` finds, without a word about it,
 * and with no-break spaces as characters.
 */
export function safeEditsOf(prose: Prose, file: SourceFile, settings: LintSettings): readonly Edit[] {
  const suppressions = new Suppressions(file, prose.comments, ruleNames)
  const edits: Edit[] = []
  for (const [lang, segments] of byLanguage(prose.segments)) {
    const joined = new JoinedText(file.text, segments, suppressions)
    const buffer = runRules(joined.text, {
      lang,
      enabled: isEnabled(settings),
      permission: joined,
      reports: false,
    })
    for (const { rule, edits: own } of findingsOf(buffer, joined, file.text, asCharacter))
      if (isSafe(rule, settings)) for (const edit of own) edits.push(edit)
  }
  return edits.toSorted((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1])
}

/** The language of a page, if there are rules for it. */
export const pageLanguage = ({ text }: SourceFile, { lang }: LintSettings): Language | undefined =>
  languageOf(declaredLanguage(text) ?? lang)

const isEnabled =
  ({ rules }: LintSettings) =>
  (rule: string) =>
    rules[rule] !== 'off'

const isSafe = (rule: string, settings: LintSettings) => severityOf(rule, settings) !== 'info'

interface ReportContext {
  readonly file: SourceFile
  readonly joined: JoinedText
  readonly settings: LintSettings
  readonly suppressions: Suppressions
}

/** A report as a diagnostic, unless it is suppressed; what it proposes is the author's to decide. */
function reportDiagnostic(
  report: RuleReport,
  { file, joined, settings, suppressions }: ReportContext,
): Diagnostic | undefined {
  const { rule, message, hint, literally = '', swaps = [] } = report
  const span: Span = [joined.span(report.span[0])[0], joined.span(report.span[1] - 1)[1]]
  if (!file.text.startsWith(literally, span[0]) || suppressions.suppress(span, rule)) return undefined
  const edits = swaps.map(([from, middle, to]): Edit => {
    const [start, between, end] = [joined.span(from)[0], joined.span(middle)[0], joined.span(to - 1)[1]]
    return { span: [start, end], text: file.text.slice(between, end) + file.text.slice(start, between) }
  })
  const fix = edits.length > 0 ? { safe: false, edits } : undefined
  return { code: rule as Code, severity: severityOf(rule, settings), message, hint, file, span, fix }
}

function byLanguage(segments: readonly Segment[]): readonly (readonly [Language, readonly Segment[]])[] {
  const groups = new Map<Language, Segment[]>()
  for (const segment of segments) {
    const { lang } = segment
    if (!lang) continue
    const group = groups.get(lang)
    if (group) group.push(segment)
    else groups.set(lang, [segment])
  }
  return [...groups]
}

/**
 * In YAML nobody could see a no-break space, and a layout puts it in with `typeset()`; so it is an ordinary one there, which
 * makes most changes none.
 */
function writerFor(
  { text }: SourceFile,
  { noBreakSpace }: LintSettings,
  joined: JoinedText,
  uncertain: Set<number> | undefined,
): WriteBlank {
  const start = bodyStart(text)
  const write =
    noBreakSpace === 'character' ? asCharacter : uncertain ? inMarkdown(text, joined, uncertain) : asEntity
  return start === 0 ? write : (blank, span, cell) => (span[0] < start ? ' ' : write(blank, span, cell))
}

function inFrontMatter(file: SourceFile, finding: Finding, settings: LintSettings): Diagnostic | undefined {
  const edits = finding.edits.filter(({ span, text }) => file.text.slice(...span) !== text)
  if (edits.length === 0) return undefined
  return new RuleDiagnostic(file, { ...finding, rule: 'imprimatur/front-matter', edits }, settings)
}

function severityOf(rule: string, { rules }: LintSettings): Severity {
  const level = rules[rule]
  return level === 'error' ? 'error' : level === 'warn' ? 'warning' : codes[rule as Code].severity
}

/** A place that departs from a rule. It is put into words only when somebody reads it: most are fixed unread. */
class RuleDiagnostic implements Diagnostic {
  readonly code: Code
  readonly file: SourceFile
  readonly span: Span
  private readonly finding: Finding
  private readonly settings: LintSettings

  constructor(file: SourceFile, finding: Finding, settings: LintSettings) {
    const { rule, edits } = finding
    this.code = rule as Code
    this.settings = settings
    this.file = file
    this.finding = finding
    const [first, last] = [edits[0] as Edit, edits.at(-1) as Edit]
    this.span = first === last ? first.span : [first.span[0], last.span[1]]
  }

  get severity(): Severity {
    return severityOf(this.code, this.settings)
  }

  get fix(): Fix | undefined {
    const { edits, withheld } = this.finding
    return withheld ? undefined : { safe: isSafe(this.code, this.settings), edits }
  }

  get message(): string {
    const [before, after] = excerpts(this.file.text, this.span, this.finding.edits)
    return `\`${before}\` should be \`${after}\``
  }

  get hint(): string {
    const wanted = codes[this.code].title
    return this.finding.withheld ? `${wanted}; set it by hand: a fix here would change the Markdown` : wanted
  }
}
