// Longer than 250 lines: the steps that a page takes, and what each hands to the next, are read from top to bottom.
import type { OwnWords, Preset, RuleLevels, RuleSettings } from '../config/lint-config.ts'
import type { RuleDefinition } from '../config/rule-definition.ts'
import type { Diagnostic, Edit, ExtendMarkdown, SourceFile, Span } from '../core/types.ts'
import { fragment, readDocument, type Document } from '../document/document.ts'
import { languageOf, type Language } from '../document/language.ts'
import { languageOfPage } from '../document/page-language.ts'
import { markdownFailed } from '../document/markdown.ts'
import { opaqueParts } from '../document/opaque/opaque-parts.ts'
import { SlowPattern } from '../document/opaque/own-patterns.ts'
import { findingsOf, type Finding, type WriteBlank } from './engine/edits.ts'
import { runRules } from './engine/engine.ts'
import { JoinedText } from './engine/joined-text.ts'
import { segmentsByLanguage, type Segment } from './parse/cells.ts'
import { findProse, type PageProse } from './parse/page-prose.ts'
import { frontMatterSegments } from './parse/front-matter-segments.ts'
import { asCharacter, writerFor } from './parse/no-break-space.ts'
import type { Prose } from './parse/prose.ts'
import { patternFailed, ruleFailed } from './failures.ts'
import { LANGUAGE, reportOthers, setApart } from './other-languages.ts'
import { pageLanguage, ruledLanguage, withoutRules } from './page-language.ts'
import { isSafe, RuleDiagnostic, severityOf, type RuleInUse } from './rule-diagnostic.ts'
import type { RuleReport } from './rules/rule-report.ts'
import type { Rule } from './rules/rule.ts'
import { isEnabled, ruleSet, type RuleSet } from './rules/rule-set.ts'
import { recheckInline } from './safety/recheck-inline.ts'
import { splitParagraphs } from './split-paragraphs.ts'
import { Suppressions } from './suppression.ts'
import { changedCharacters, changesText } from './safety/text-changes.ts'

/** Undefined when no rule knows it. */
type Lang = Language | undefined

export interface LintSettings {
  /** The language of a page that names none. */
  readonly lang: string
  readonly noBreakSpace: 'entity' | 'character'
  /** Levels other than a rule's own, by its code, or by `en:` and its code for one language. */
  readonly rules: RuleLevels
  /** What is set otherwise in a rule, by its code and the setting's name. */
  readonly settings?: RuleSettings | undefined
  /** Whether fixes that write letters or digits count as safe. */
  readonly fix?: 'safe' | 'unsafe' | undefined
  /** The set of rules; `typograf` when absent. */
  readonly preset?: Preset | undefined
  /** The author’s own words. */
  readonly words?: OwnWords | undefined
  /** Rules besides the program's, which run before those. */
  readonly ownRules?: readonly RuleDefinition[]
  /** Regular expressions, the flags of which are `gmu`: what they match is opaque. */
  readonly opaque?: readonly string[]
  /** What is added to the parser of Markdown, which is called once for every function of this kind. */
  readonly markdown?: ExtendMarkdown | undefined
}

/** What is to be set otherwise in a page, in source order. Every fix is safe but those of front matter, unless its rule is on. */
export function lintSource(file: SourceFile, settings: LintSettings): readonly Diagnostic[] {
  const document = readDocument(file)
  return lintDocument(document, settings, pageLanguage(document, settings))
}

/** The same, and whether there are rules for the page's language at all. */
export function lintPage(file: SourceFile, settings: LintSettings): readonly Diagnostic[] {
  const document = readDocument(file)
  // Letters are counted for it: in a page of 6 KB that costs a twentieth of all.
  const page = languageOfPage(document, settings.lang)
  return [...withoutRules(document, page), ...lintDocument(document, settings, ruledLanguage(page))]
}

/** The same for a text that is no page: `---` or `Title: …` at its beginning is text. */
export const lintFragment = (file: SourceFile, settings: LintSettings): readonly Diagnostic[] =>
  lintDocument(fragment(file), settings, languageOf(settings.lang))

function lintDocument(document: Document, settings: LintSettings, lang: Lang): readonly Diagnostic[] {
  // Nothing is set in what cannot be read: where its body begins, and in which language it is, nobody knows.
  if (document.diagnostics.length > 0) return document.diagnostics
  try {
    return lintReadable(document, settings, lang)
  } catch (error) {
    if (error instanceof SlowPattern) return [patternFailed(document.file, error)]
    if (!settings.markdown) throw error
    return [markdownFailed(document.file, error)]
  }
}

function lintReadable(document: Document, settings: LintSettings, lang: Lang): readonly Diagnostic[] {
  // The page's language, and the rules.
  const page = readPage(document, settings, lang)
  // Its prose: segments of one language each, made of cells that know their place in the source.
  const parsed = parsePage(page)
  // Every rule on the segments of each language, joined to one text: what each would change, and what it only reports.
  const found = runOnSegments(page, parsed, { reports: true })
  // That the page still says the same: what would change its markup is withheld.
  const findings = recheck(parsed, found)
  // Diagnostics, in the order of the source.
  return report(page, parsed, { ...found, findings })
}

/**
 * The safe fixes of a document that has no front matter any more, in source order: what `lintSource` finds, without a word about
 * it, and with no-break spaces as characters. The diagnostics are those of rules that failed.
 */
export function safeEditsOf(
  prose: Prose,
  document: Document,
  settings: LintSettings,
): { readonly edits: readonly Edit[]; readonly diagnostics: readonly Diagnostic[] } {
  const page = readPage(document, settings, pageLanguage(document, settings))
  const suppressions = new Suppressions(document.file, prose.comments, page.rules.codes)
  const parsed = { text: { prose, outline: undefined }, head: [], suppressions }
  const { findings, diagnostics } = runOnSegments(page, parsed, { write: asCharacter, reports: false })
  const edits = findings
    .filter(
      finding =>
        !writesLetters(page, finding) && isSafe(page.rule(finding.rule), settings.rules, finding.lang),
    )
    .flatMap(finding => finding.edits)
  return { edits: edits.toSorted((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1]), diagnostics }
}

interface PageToLint {
  readonly document: Document
  readonly file: SourceFile
  readonly settings: LintSettings
  readonly lang: Lang
  readonly rules: RuleSet
  enabled(rule: string, lang: Language | undefined): boolean
  rule(code: string): Rule
}

function readPage(document: Document, settings: LintSettings, lang: Lang): PageToLint {
  const rules = ruleSet(settings.ownRules)
  return {
    document,
    file: document.file,
    settings,
    lang,
    rules,
    enabled: (code, inLanguage) => isEnabled(code, { rules, levels: settings.rules, lang: inLanguage }),
    rule: code => rules.byCode.get(code) as Rule,
  }
}

interface ParsedText {
  readonly text: PageProse
  /** What of the front matter is set. */
  readonly head: readonly Segment[]
  readonly suppressions: Suppressions
}

function parsePage({ document, settings, lang, rules, enabled }: PageToLint): ParsedText {
  const text = findProse(document, {
    lang,
    opaque: opaqueParts(document, settings.opaque),
    extend: settings.markdown,
  })
  return {
    text,
    head: enabled(FRONT_MATTER, lang) ? frontMatterSegments(document, { lang, own: settings.opaque }) : [],
    suppressions: new Suppressions(document.file, text.prose.comments, rules.codes),
  }
}

interface RuleResults {
  readonly findings: readonly Finding[]
  /** What rules report, and of rules that failed. */
  readonly diagnostics: readonly Diagnostic[]
  /** Offsets of no-break spaces that, written as entities, might be too much for a star beside them. */
  readonly uncertain: ReadonlySet<number>
}

function runOnSegments(
  page: PageToLint,
  { text: { prose, outline }, head, suppressions }: ParsedText,
  { write: given, reports }: { write?: WriteBlank; reports: boolean },
): RuleResults {
  const { file, settings, rules, enabled } = page
  const findings: Finding[] = []
  const diagnostics: Diagnostic[] = []
  const uncertain = new Set<number>()
  const failed = new Map<string, string>()
  const all = [...head, ...prose.segments]
  if (enabled(LANGUAGE, page.lang)) setApart(all)
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

const recheck = ({ text: { prose, outline } }: ParsedText, { findings, uncertain }: RuleResults) =>
  outline
    ? recheckInline(findings, { places: uncertain, contents: prose.risky }, prose.contents, outline)
    : findings

function report(page: PageToLint, parsed: ParsedText, found: RuleResults): readonly Diagnostic[] {
  const { document, file, settings, rule } = page
  const { suppressions, head } = parsed
  const severity = severityOf(rule(LANGUAGE), settings.rules, page.lang)
  const others = reportOthers(parsed.text.prose, { file, severity, suppressions })
  const diagnostics: Diagnostic[] = [...suppressions.diagnostics, ...found.diagnostics, ...others]
  if (document.format === 'markdown')
    diagnostics.push(...splitParagraphs(document, parsed.text.prose.comments, settings.markdown))
  const start = head.length > 0 ? document.bodyStart : 0
  const used = rulesInUse(page)
  for (const finding of found.findings) {
    const at = (finding.edits[0] as Edit).span[0]
    const each = at < start ? inFrontMatter(page, finding) : finding
    const by = used(at < start ? FRONT_MATTER : finding.rule, finding.lang)
    if (each) diagnostics.push(new RuleDiagnostic(file, withSafety(page, each), by))
  }
  diagnostics.push(...suppressions.unused())
  return diagnostics.toSorted((a, b) => (a.span?.[0] ?? 0) - (b.span?.[0] ?? 0))
}

/** A report as a diagnostic, unless it is suppressed; what it proposes is the author's to decide. */
function reportDiagnostic(
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

const FRONT_MATTER = 'imprimatur/front-matter'

/** A finding without the edits that change nothing there; undefined when that is all of it. */
function inFrontMatter({ file, rule }: PageToLint, finding: Finding): Finding | undefined {
  const edits = finding.edits.filter(({ span, text }) => file.text.slice(...span) !== text)
  return edits.length > 0 ? { ...finding, edits, writes: rule(finding.rule).writes } : undefined
}

/** Rules with their weight, which is worked out once for all findings of a page. */
function rulesInUse({ settings, rule }: PageToLint): (code: string, lang: Lang) => RuleInUse {
  const known = new Map<Lang, Map<string, RuleInUse>>()
  return (code, lang) => {
    let byCode = known.get(lang)
    if (!byCode) known.set(lang, (byCode = new Map()))
    let found = byCode.get(code)
    if (!found) {
      const severity = severityOf(rule(code), settings.rules, lang)
      byCode.set(code, (found = { rule: rule(code), severity, settings }))
    }
    return found
  }
}

/** Of a rule that may write anything: which characters it wrote, and whether letters or digits are among them. */
function withSafety(page: PageToLint, finding: Finding): Finding {
  if (!page.rule(finding.rule).writesText) return finding
  return { ...finding, isUnsafe: writesLetters(page, finding), writes: changedCharacters(page.file, finding) }
}

/** Whether a finding changes letters or digits, and nobody has said that it may. */
function writesLetters({ rule, file, settings }: PageToLint, finding: Finding): boolean {
  const { writesText, isTextAllowed } = rule(finding.rule)
  return settings.fix !== 'unsafe' && writesText === true && !isTextAllowed && changesText(file, finding)
}
