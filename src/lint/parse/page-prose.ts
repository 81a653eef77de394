import type { ExtendMarkdown } from '../../core/types.ts'
import type { Document } from '../../document/document.ts'
import { wholeContent } from './content.ts'
import { scanHtml } from './html.ts'
import type { Language } from '../../document/language.ts'
import { scanMarkdown, type InlineOutline } from './markdown.ts'
import { Prose } from './prose.ts'
import { findTemplates } from '../../document/template-tags.ts'

export interface PageProse {
  readonly prose: Prose
  /** In Markdown. */
  readonly outline: InlineOutline | undefined
}

/** Finds the prose of a document's body; front matter is not part of it. */
export function findProse(
  document: Document,
  lang: Language | undefined,
  extend?: ExtendMarkdown,
): PageProse {
  const { file, format, bodyStart } = document
  const markdown = format === 'markdown'
  const prose = new Prose(lang, findTemplates(file.text, { markdown }))
  if (markdown) return { prose, outline: scanMarkdown(file.text, bodyStart, { prose, extend }) }
  scanHtml(wholeContent(file.text.slice(bodyStart), bodyStart), prose)
  return { prose, outline: undefined }
}
