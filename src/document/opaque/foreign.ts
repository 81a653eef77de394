import { diagnostic } from '../../core/diagnostic.ts'
import { firstFrom } from '../../core/text/first-from.ts'
import type { Diagnostic } from '../../core/types.ts'
import { isTemplate } from '../formats.ts'
import type { Document } from '../document.ts'
import { findOpaque, opaqueSyntaxes, type OpaquePart } from './find-opaque.ts'
import { opaqueParts } from './opaque-parts.ts'
import { SignTable } from './signs.ts'
import { skip } from './syntax.ts'

const kinds = new Map(opaqueSyntaxes.map(({ name, isForeign }) => [name, isForeign]))

const foreignRows = new SignTable(opaqueSyntaxes.filter(({ isForeign }) => isForeign === true))

/** Whether one of those rows begins anywhere, be it in code: in most pages none does. */
function mayBeForeign(text: string, start: number): boolean {
  const finder = foreignRows.in(text)
  for (let at = finder.next(start); at < text.length; at = finder.next(at + 1))
    if (finder.rowsAt(at, start).some(({ begins }) => skip(begins, text, at) > at)) return true
  return false
}

type NamedPart = Pick<OpaquePart, 'name' | 'core'>

function foreignParts({ name, core }: NamedPart, text: string): readonly NamedPart[] {
  const kind = kinds.get(name)
  if (kind === true) return [{ name, core }]
  const written = text.slice(...core)
  if (kind !== 'perhaps' || !/\{[{%]/.test(written)) return []
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
  if (!mayBeForeign(file.text, bodyStart)) return []
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
