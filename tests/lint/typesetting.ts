import { bodyStart, readDocument } from '../../src/document/document.ts'
import { canTypesetInline, typesetInline } from '../../src/lint/markdown-it-plugin.ts'
import { lintSource } from '../../src/lint/lint.ts'
import type { LintSettings } from '../../src/lint/lint-settings.ts'
import { fixSource } from '../../src/lint/fix.ts'
import type { ReadInline } from '../../src/document/markdown.ts'
import { createMarkdown } from '../../src/build/render/render-markdown.ts'
import { escape as escapeHtml } from '../../src/core/html.ts'
import { everyWritten } from './fix.ts'

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
  const reported = lintSource(file, settings)
  const { value: fixed = file, diagnostics: withheld } = fixSource(file, reported)
  let leftAlone = 0
  const inSource = render(fixed.text.slice(bodyStart(fixed)))
  const body = text.slice(bodyStart(file))
  const inPlace = render(body, state => (leftAlone = typesetInline(state, file, settings).length))
  const isWhole = withheld.length === 0 && reported.every(({ severity, fix }) => severity === 'info' || fix)
  if (leftAlone > 0 && isWhole) return 'left alone'
  const read = isWhole ? characters : bare
  const [wanted, found] = [read(isWhole ? inSource : render(body)), read(inPlace)]
  return wanted === found ? undefined : `in place ${firstDifference(wanted, found)}`
}

const characters = (html: string) =>
  html
    .replace(/\n[ \t]+/g, '\n')
    .replaceAll('&nbsp;', '\u00A0')
    .replaceAll('&#8239;', '\u202F')

/** Without what a rule may write, as a character or as an entity. */
const bare = (html: string) => characters(html).replace(written, '')

const written = new RegExp(
  [...new Set(everyWritten)]
    .flatMap(character => [escapeHtml(character), character])
    .map(text => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .concat('\\s')
    .join('|'),
  'gu',
)

/** Where two texts begin to differ, with so much of both around it that the place can be found. */
export function firstDifference(expected: string, found: string): string {
  let at = 0
  while (at < expected.length && expected[at] === found[at]) at++
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 40), at + 40))
  return `at ${at}: ${around(found)} instead of ${around(expected)}`
}
