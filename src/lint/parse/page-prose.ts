import type { ExtendMarkdown } from '../../core/types.ts'
import type { Document } from '../../document/document.ts'
import { wholeContent } from './content.ts'
import { scanHtml } from './html.ts'
import type { Language } from '../../document/language.ts'
import { scanMarkdown, type InlineOutline } from './markdown.ts'
import { Prose } from './prose.ts'
import type { OpaqueParts } from '../../document/opaque/opaque-parts.ts'

export interface PageProse {
  readonly prose: Prose
  /** In Markdown. */
  readonly outline: InlineOutline | undefined
}

interface ProseContext {
  readonly lang: Language | undefined
  readonly opaque: OpaqueParts
  readonly extend: ExtendMarkdown | undefined
}

/** Finds the prose of a document's body; front matter is not part of it. */
export function findProse(document: Document, { lang, opaque, extend }: ProseContext): PageProse {
  const { file, format, bodyStart } = document
  const markdown = format === 'markdown'
  const prose = new Prose(lang, { source: file.text, opaque })
  if (markdown) return { prose, outline: scanMarkdown(file, bodyStart, { prose, extend }) }
  scanHtml(wholeContent(file.text.slice(bodyStart), bodyStart), prose)
  return { prose, outline: undefined }
}
