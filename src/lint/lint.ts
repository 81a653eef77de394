import type { Diagnostic, Edit, SourceFile } from '../core/types.ts'
import { fragment, readDocument, type Document } from '../document/document.ts'
import { languageOf } from '../document/language.ts'
import { languageOfPage } from '../document/page-language.ts'
import { markdownFailed } from '../document/markdown.ts'
import { SlowPattern } from '../document/opaque/own-patterns.ts'
import { patternFailed } from './failures.ts'
import type { LintSettings } from './lint-settings.ts'
import { report, rulesInUse, writesLetters } from './page/report.ts'
import { parsePage, readPage, type Lang, type ParsedText } from './page/read-page.ts'
import { runOnSegments, type RuleResults } from './page/run-on-segments.ts'
import { pageLanguage, ruledLanguage, withoutRules } from './page/page-language.ts'
import { asCharacter } from './parse/no-break-space.ts'
import type { Prose } from './parse/prose.ts'
import { recheckInline } from './safety/recheck-inline.ts'
import { Suppressions } from './suppression.ts'

/** What is to be set otherwise in a page, in source order. Every fix is safe but those of front matter, unless its rule is on. */
export function lintSource(file: SourceFile, settings: LintSettings): readonly Diagnostic[] {
  const document = readDocument(file)
  return lintDocument(document, settings, pageLanguage(document, settings))
}

/** The same, and whether there are rules for the page's language at all; `document` is the file, if somebody has read it already. */
export function lintPage(
  file: SourceFile,
  settings: LintSettings,
  document: Document = readDocument(file),
): readonly Diagnostic[] {
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
  { settings, lang }: { readonly settings: LintSettings; readonly lang: Lang },
): { readonly edits: readonly Edit[]; readonly diagnostics: readonly Diagnostic[] } {
  const page = readPage(document, settings, lang)
  const suppressions = new Suppressions(document.file, prose.comments, page.rules.codes)
  const parsed = { text: { prose, outline: undefined }, head: [], captions: [], suppressions }
  const { findings, diagnostics } = runOnSegments(page, parsed, { write: asCharacter, reports: false })
  const edits: Edit[] = []
  const used = rulesInUse(page)
  for (const finding of findings) {
    // A build, as `--fix`, makes the fixes of every rule but those that weigh nothing.
    if (used(finding.rule, finding.lang).severity === 'info' || writesLetters(page, finding)) continue
    for (const edit of finding.edits) edits.push(edit)
  }
  return { edits: edits.toSorted((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1]), diagnostics }
}

const recheck = ({ text: { prose, outline } }: ParsedText, { findings, uncertain }: RuleResults) =>
  outline
    ? recheckInline(
        findings,
        { places: uncertain, contents: prose.risky, read: prose.read },
        prose.contents,
        outline,
      )
    : findings
