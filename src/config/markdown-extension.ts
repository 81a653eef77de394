import type { ExtendMarkdown } from '../core/types.ts'
import { reason } from '../core/source.ts'

/** Why `markdown` cannot change a parser like the program's, as the end of a sentence; undefined when it can. */
export async function extensionFault(extend: ExtendMarkdown): Promise<string | undefined> {
  const [{ default: markdownIt }, { default: footnotes }, { default: definitionLists }] = await Promise.all([
    import('markdown-it'),
    import('markdown-it-footnote'),
    import('markdown-it-deflist'),
  ])
  try {
    const result = extend(markdownIt({ html: true, linkify: true }).use(footnotes).use(definitionLists))
    return result instanceof Promise
      ? 'is asynchronous: import its plug-ins above the configuration'
      : undefined
  } catch (error) {
    return `failed: ${reason(error)}`
  }
}
