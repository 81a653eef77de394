import type { SourceFile } from '../../core/types.ts'
import { wholeContent } from './content.ts'
import { scanHtml } from './html.ts'
import type { Language } from '../../document/language.ts'
import { scanMarkdown, type InlineOutline } from './markdown.ts'
import { Prose } from './prose.ts'
import { findTemplates } from '../../document/template-tags.ts'

export type Format = 'markdown' | 'html'

/** `.html` and `.ejs` are pages of tags; everything else is read as Markdown. */
export const formatOf = (path: string): Format => (/\.(?:html?|ejs)$/i.test(path) ? 'html' : 'markdown')

const fence = /^\uFEFF?---[ \t]*(?:\r?\n|\r)(?:[^]*?(?:\r?\n|\r))??---[ \t]*(?:\r?\n|\r|$)/

/** Where the body begins, behind the front matter or a byte order mark. */
export function bodyStart(text: string): number {
  if (text.startsWith('---') || text.startsWith('\uFEFF---')) return fence.exec(text)?.[0].length ?? 0
  return text.startsWith('\uFEFF') ? 1 : 0
}

/** The language that the front matter names, for a page read on its own. */
export const declaredLanguage = (text: string): string | undefined =>
  text.startsWith('---') || text.startsWith('\uFEFF---')
    ? /^lang:[ \t]*["']?([\w-]+)/m.exec(text.slice(0, bodyStart(text)))?.[1]
    : undefined

export interface Document {
  readonly prose: Prose
  /** In Markdown. */
  readonly outline: InlineOutline | undefined
}

/** Finds the prose of a page's body; front matter is not part of it. */
export function readDocument({ path, text }: SourceFile, lang: Language | undefined): Document {
  const markdown = formatOf(path) === 'markdown'
  const start = bodyStart(text)
  const prose = new Prose(lang, findTemplates(text, { markdown }))
  if (markdown) return { prose, outline: scanMarkdown(text, start, prose) }
  scanHtml(wholeContent(text.slice(start), start), prose)
  return { prose, outline: undefined }
}
