import type { MarkdownIt } from 'markdown-it'
import type { Diagnostic, SourceFile, Span } from '../core/types.ts'
import { readDocument, type Document } from '../document/document.ts'
import { isTemplate } from '../document/formats.ts'
import { createParser } from '../document/markdown.ts'
import type { LintSettings } from './lint-settings.ts'
import { canTypesetInline, typesetInline } from './markdown-it-plugin.ts'

interface FoundInPage {
  /** Whether a finding of the page is withheld from its source. */
  readonly hasWithheld: boolean
  /** The page, if somebody has read it already. */
  readonly document?: Document | undefined
}

/**
 * Which findings of a page a build with `typography: 'fix'` sets by itself: the safe ones; and, where it sets the text in the place of its
 * source, those that are withheld from the source, but for a text that would then have another address in it.
 */
export function setByBuild(
  file: SourceFile,
  settings: LintSettings,
  { hasWithheld, document }: FoundInPage,
): (found: Diagnostic) => boolean {
  const isSafe = ({ fix }: Diagnostic) => fix?.safe === true
  if (!hasWithheld) return isSafe
  const read = document ?? readDocument(file)
  if (!isSetInPlace(read, settings)) return isSafe
  const left = leftByBuild(read, settings)
  return found =>
    (isSafe(found) || found.isWithheld === true) &&
    !left.some(([start, end]) => found.span && start <= found.span[0] && found.span[0] < end)
}

function isSetInPlace({ file, format, frontMatter }: Document, { markdown }: LintSettings): boolean {
  const isTemplated = isTemplate(file.path) || frontMatter.fields.ejs === true
  return format === 'markdown' && !isTemplated && markdown === undefined && canTypesetInline(file)
}

/** The texts that a build leaves alone: it says so, too. */
function leftByBuild({ file, bodyStart }: Document, settings: LintSettings): readonly Span[] {
  let found: readonly Diagnostic[] = []
  const parser: MarkdownIt = createParser()
  parser.core.ruler.at('inline', state => {
    found = typesetInline(state, file, settings)
  })
  parser.parse(file.text.slice(bodyStart), {})
  return found.flatMap(({ code, span }) => (code === 'lint/left-alone' && span ? [span] : []))
}
