import { bodyStart, readDocument } from '../../src/document/document.ts'
import { canTypesetInline, typesetInline } from '../../src/lint/markdown-it-plugin.ts'
import { lintSource, type LintSettings } from '../../src/lint/lint.ts'
import { fixSource } from '../../src/lint/fix.ts'
import type { ReadInline } from '../../src/document/markdown.ts'
import { createMarkdown } from '../../src/build/render/render-markdown.ts'

const markdown = createMarkdown()

/**
 * What is wrong with the way a page is set while it is rendered: it has to be the page that its fixed source renders to, and,
 * where a fix of the source is withheld, to differ from that in blanks and marks only.
 */
export function faultInPlace(text: string, lang: string): string | undefined {
  const file = { path: 'page.md', text }
  if (!canTypesetInline(file) || readDocument(file).diagnostics.length > 0) return undefined
  const settings: LintSettings = { lang, noBreakSpace: 'entity', rules: { 'imprimatur/front-matter': 'off' } }
  const render = (source: string, readInline?: ReadInline) =>
    markdown(source, { lang, resolve: destination => destination, imageSize: () => undefined, readInline })
  const found = lintSource(file, settings)
  const { value: fixed = file, diagnostics: withheld } = fixSource(file, found)
  let leftAlone = 0
  const inSource = render(fixed.text.slice(bodyStart(fixed)))
  const body = text.slice(bodyStart(file))
  const inPlace = render(body, state => (leftAlone = typesetInline(state, file, settings).length))
  const isWhole = withheld.length === 0 && found.every(({ severity, fix }) => severity === 'info' || fix)
  if (leftAlone > 0 && isWhole) return 'left alone'
  const same = isWhole ? characters(inSource) === characters(inPlace) : bare(inPlace) === bare(render(body))
  return same ? undefined : `in place ${inPlace}\nin the source ${inSource}`
}

const characters = (html: string) =>
  html
    .replace(/\n[ \t]+/g, '\n')
    .replaceAll('&nbsp;', '\u00A0')
    .replaceAll('&#8239;', '\u202F')

const bare = (html: string) => characters(html).replace(/&quot;|[\s«‹»›„“‟”"'‘’‚‛‒–—―-]+/g, '')
