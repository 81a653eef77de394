import { readSource } from '../../core/read-file.ts'
import type { Diagnostic, SourceFile } from '../../core/types.ts'
import { readDocument, type Document } from '../../document/document.ts'
import { languageOfPage } from '../../document/page-language.ts'
import { fieldsOfFolders } from '../../document/place/folder-defaults.ts'
import { readFileName } from '../../document/place/file-name.ts'
import { cacheLine, pageKey, type CachedPage } from '../../lint/cache.ts'
import { setByBuild } from '../../lint/set-by-build.ts'
import { isOnChangedLine } from './changed-lines.ts'
import { diffOf } from './input.ts'
import type { LintRun } from './run.ts'
import { lintText } from './text.ts'

/** What is to be said of a page. */
export interface ReportedPage {
  readonly diagnostics: readonly Diagnostic[]
  /** How many findings a build sets by itself, so that they are not reported. */
  readonly built: number
  /** The language of the page, when there are no rules for it. */
  readonly unruled?: string | undefined
}

/** What has come of a page that was linted; nothing is written yet. */
export interface LintedPage extends ReportedPage {
  /** With `--fix`, where there is something to set: the page as it was, and as it is to be written. */
  readonly change?: readonly [before: SourceFile, after: SourceFile] | undefined
  /** With `--diff`. */
  readonly difference?: string | undefined
  /** What the cache is to know of it: with a `change`, when that is written. */
  readonly kept?: CachedPage | undefined
}

export interface PageLinter {
  /** Reads and lints a page. */
  lint(path: string): Promise<LintedPage>
  /** What is to be said of a page whose findings are known. */
  sort(file: SourceFile, found: readonly Diagnostic[]): ReportedPage
  /** What a page's findings depend on besides its content. */
  variant(path: string): string
}

/** `isCached`: whether what is found will be kept. */
export function createPageLinter(run: LintRun, { isCached }: { readonly isCached: boolean }): PageLinter {
  const { root, config, settingsOf, mode, since } = run
  const isMeant = mode === 'report' || !since ? undefined : isOnChangedLine(since)
  const sort = sorter(run)
  // By its name and its folder a page may have another language than one of the same content.
  const variant = (path: string) =>
    config.lint.overrides.length > 0 ? path : `${readFileName(path).lang ?? ''} ${settingsOf(path).lang}`
  const kept = ({ path, text }: SourceFile, found: readonly Diagnostic[]): CachedPage | undefined =>
    isCached ? { key: pageKey(path, text, variant(path)), findings: cacheLine(found) } : undefined
  return {
    variant,
    sort: (file, found) => sort(file.path, found, () => readDocument(file)),
    async lint(path) {
      const { value: file, diagnostics: unread } = readSource(root, path)
      if (!file) return sort(path, unread, () => readDocument({ path, text: '' }))
      const document = readDocument(file)
      const {
        diagnostics: found,
        leftAlone,
        fixed,
      } = await lintText(document, settingsOf(path), mode, isMeant)
      const sorted = sort(path, leftAlone.length > 0 ? [...found, ...leftAlone] : found, () => document)
      if (mode === 'report') return { ...sorted, kept: kept(file, found) }
      if (fixed.text === file.text) return sorted
      if (mode === 'diff') return { ...sorted, difference: await diffOf(file, fixed) }
      // What is left alone in the page as it was, is not a finding of the page as it will be.
      return { ...sorted, change: [file, fixed], kept: leftAlone.length > 0 ? undefined : kept(fixed, found) }
    },
  }
}

/** A document that is read only when it is asked for: of a page without findings that the cache knows, nobody does. */
type Sorter = (path: string, found: readonly Diagnostic[], documentOf: () => Document) => ReportedPage

/** Of the findings of a page: which are reported, and what is only counted. */
function sorter(run: LintRun): Sorter {
  const isNew = run.since && isOnChangedLine(run.since)
  const judge = buildJudge(run)
  return (path, found, documentOf) => {
    const diagnostics: Diagnostic[] = []
    let built = 0
    let unruled: string | undefined
    let isBuilt: ((found: Diagnostic) => boolean) | undefined
    for (const each of found) {
      if (each.code === 'lint/no-rules') unruled = unruledName(documentOf(), run.settingsOf(path).lang)
      else if (isNew && !isNew(each)) continue
      else if ((isBuilt ??= judge(path, found, documentOf))(each)) built++
      else diagnostics.push(each)
    }
    return { diagnostics, built, unruled }
  }
}

/**
 * What a build with `typography: 'fix'` sets by itself need not be fixed in the source. `--fix`, `--diff` and editors work on the
 * source.
 */
function buildJudge({ root, config: { build, dirs }, settingsOf, mode, values }: LintRun) {
  const folderFields = fieldsOfFolders({ root, pages: dirs.pages })
  return (...[path, found, documentOf]: Parameters<Sorter>): ((found: Diagnostic) => boolean) => {
    if (mode !== 'report' || values.all || !path.startsWith(`${dirs.pages}/`)) return () => false
    const document = documentOf()
    const { typography = folderFields(path).typography ?? build.typography } = document.frontMatter.fields
    if (typography !== 'fix') return () => false
    const hasWithheld = found.some(({ isWithheld }) => isWithheld)
    const isSet = setByBuild(document.file, settingsOf(path), { hasWithheld, document })
    return each => /^imprimatur\/(?:front-matter|caption)$/.test(each.code) || isSet(each)
  }
}

/** What the summary calls the language of a page without rules. */
function unruledName(document: Document, siteLang: string): string {
  const { tag, isKnown } = languageOfPage(document, siteLang)
  return isKnown ? tag : 'not named'
}
