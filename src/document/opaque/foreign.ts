import { diagnostic } from '../../core/diagnostic.ts'
import { firstFrom } from '../../core/text/first-from.ts'
import type { Diagnostic } from '../../core/types.ts'
import { isTemplate } from '../formats.ts'
import type { Document } from '../document.ts'
import { findOpaque, type OpaquePart } from './find-opaque.ts'
import { opaqueParts } from './opaque-parts.ts'

/** Names of the table that stand for what some other generator makes something of, and this program nothing. */
const FOREIGN =
  /^(?:template block|block of shortcodes|block of a shortcode in brackets|shortcode|(?:expression|tag|comment|include) of a template|wikilink|block between commands|diagram of PlantUML|formula of Doxygen|extension of kramdown|comment of Obsidian|echo of Blade|deletion or remark|line of a break with data|(?:block|line) of Org|line of a (?:fenced div|generic block)|line of an admonition|grid table|table of columns|fields of a slide|drawer of Org|field in brackets|element of Hiccup|keys|term of a glossary|line of (?:a target|a percent sign|tabs or slides|a property))$/

/** What may begin one of these; most pages have nothing of it. */
const MAY_BEGIN =
  /\{(?:[{%#*~]|!!|::|--|>>)|%%|@end|[@\\](?:f[$[{]|end[a-z])|\+{3} |\[\[|\[\/|#\+|:::|\/\/\/|!!!|\?\?\?|===|\+[-=:]{2}|\+\+[\w"']|::[ \t]|:END:|\)=|<<gl|-{3}[ \t]*[\r\n-]|-{2} |\[:|@(?:tab|alert|slide)|^[ \t>]*%[ \t]/m

/** What it has in it may be some other program’s, too: `a="{{ b }}"`. */
const MAY_HOLD =
  /^(?:value of an attribute|attribute list|destination of a link with blanks|tag of JSX or Vue)$/

type NamedPart = Pick<OpaquePart, 'name' | 'core'>

function foreignParts({ name, core }: NamedPart, text: string): readonly NamedPart[] {
  if (FOREIGN.test(name)) return [{ name, core }]
  const written = text.slice(...core)
  if (!MAY_HOLD.test(name) || !/\{[{%]/.test(written)) return []
  // Without its first sign, it is no longer what it was.
  const inner = written.slice(1)
  const from = core[0] + 1
  return findOpaque(inner, { format: 'markdown' })
    .filter(part => name !== 'tag of JSX or Vue' || part.name === 'value of an attribute')
    .flatMap(part => foreignParts(part, inner))
    .map(part => ({ name: part.name, core: [from + part.core[0], from + part.core[1]] }))
}

/** No code that is indented is looked at from further below its beginning. */
const FAR = 5000
const INDENTED = /^(?: {4}| {0,3}\t)/

/** Whether a place is in code that is indented (CommonMark 4.4), and in no list: its readers are meant to see it as it stands. */
function isInIndentedCode(text: string, at: number): boolean {
  const from = Math.max(0, at - FAR)
  const near = text.slice(from, at)
  const lines = linesUp(near.includes('\r') ? near.replace(/\r\n?/g, '\n') : near)
  if (!INDENTED.test(lines.next().value ?? '')) return false
  let isBlankBelow = false
  let line = lines.next().value
  for (; line !== undefined && (line.trim() === '' || INDENTED.test(line)); line = lines.next().value)
    isBlankBelow = line.trim() === ''
  if (!isBlankBelow) return false
  for (; line !== undefined && line.trim() !== ''; line = lines.next().value)
    if (IN_LIST.test(line)) return false
  return line !== undefined || from === 0
}

/** The lines of a text from its last one up, as far as they are asked for. */
function* linesUp(text: string): Generator<string, undefined> {
  for (let end = text.length, start; end >= 0; end = start - 1) {
    start = end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1
    yield text.slice(start, end)
  }
}

/** A line that begins something that what is indented below may belong to, or goes on in it. */
const IN_LIST = /^(?:\s|(?:[-*+:~]|\d{1,9}[.)]|\[\^[^\]]+\]:)\s)/

/** A warning for each line of a page of Markdown on which a reader would be shown another program’s syntax. */
export function foreignSyntax(document: Document): readonly Diagnostic[] {
  const { file, format, bodyStart, frontMatter } = document
  if (format !== 'markdown' || isTemplate(file.path) || frontMatter.fields.ejs === true) return []
  if (!MAY_BEGIN.test(file.text.slice(bodyStart))) return []
  const lines = new Set<string>()
  const lineEnd = firstFrom(from => file.text.indexOf('\n', from))
  const parts = opaqueParts(document).parts.flatMap(part => foreignParts(part, file.text))
  return parts.flatMap(({ name, core }) => {
    const line = `${name} ${lineEnd(core[0])}`
    if (lines.has(line)) return []
    const written = file.text.slice(...core)
    if (/^\[\[toc\]\]$/i.test(written) || isInIndentedCode(file.text, core[0])) return []
    lines.add(line)
    const message = `Readers are shown “${written.replace(/\s+/g, ' ').slice(0, 40)}” as it stands: ${name}`
    const hint = 'write it in Markdown or HTML; as code, when it is meant to be read'
    return [diagnostic('markdown/foreign', message, { hint, file, span: core })]
  })
}
