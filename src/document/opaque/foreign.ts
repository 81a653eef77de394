import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'
import { isTemplate } from '../formats.ts'
import type { Document } from '../document.ts'
import { opaqueParts } from './opaque-parts.ts'

/** Names of the table that stand for what some other generator makes something of, and this program nothing. */
const FOREIGN =
  /^(?:template block|block of shortcodes|shortcode|(?:expression|tag|comment|include) of a template|wikilink|line of a (?:fenced div|generic block)|line of an admonition)$/

/** What may begin one of these; most pages have nothing of it. */
const MAY_BEGIN = /\{[{%#*]|\[\[|:::|\/\/\/|!!!|\?\?\?|===/

/** A warning for each line of a page of Markdown on which a reader would be shown another program’s syntax. */
export function foreignSyntax(document: Document): readonly Diagnostic[] {
  const { file, format, bodyStart, frontMatter } = document
  if (format !== 'markdown' || isTemplate(file.path) || frontMatter.fields.ejs === true) return []
  if (!MAY_BEGIN.test(file.text.slice(bodyStart))) return []
  const lines = new Set<string>()
  return opaqueParts(document).parts.flatMap(({ name, core }) => {
    const written = file.text.slice(...core)
    if (!FOREIGN.test(name) || /^\[\[toc\]\]$/i.test(written)) return []
    const line = `${name} ${file.text.lastIndexOf('\n', core[0])}`
    if (lines.has(line)) return []
    lines.add(line)
    const message = `Readers are shown “${written.replace(/\s+/g, ' ').slice(0, 40)}” as it stands: ${name}`
    const hint = 'write it in Markdown or HTML; as code, when it is meant to be read'
    return [diagnostic('markdown/foreign', message, { hint, file, span: core })]
  })
}
